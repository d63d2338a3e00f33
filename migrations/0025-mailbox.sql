-- Letters that were taken from the office's mailbox: each is taken once, whatever happens between the database and the
-- mail server. The keyed digest covers its Message-ID and what it says; nothing of the letter itself is here.
CREATE TABLE mailbox_letters (
  digest text PRIMARY KEY CHECK (digest ~ '^[0-9a-f]{64}$'),
  received_at timestamptz NOT NULL,
  taken_at timestamptz NOT NULL
);
