-- 网上申请和查询: what keeps machines from flooding the office and from guessing query codes.

-- How often something was tried since `first_at`, by keyed digest of the number or the visitor's address.
CREATE TABLE request_attempts (
  agency_id integer NOT NULL REFERENCES agencies (id),
  kind text NOT NULL CHECK (kind IN ('file', 'send', 'send-slowly', 'track-number', 'track-address')),
  key_digest text NOT NULL CHECK (key_digest ~ '^[0-9a-f]{64}$'),
  attempts integer NOT NULL CHECK (attempts >= 0),
  first_at timestamptz(3) NOT NULL,
  PRIMARY KEY (agency_id, kind, key_digest)
);
CREATE INDEX request_attempts_old ON request_attempts (first_at);

-- Proofs of work that were used; each is good once.
CREATE TABLE request_spent_proofs (
  agency_id integer NOT NULL REFERENCES agencies (id),
  salt text NOT NULL CHECK (salt ~ '^[\w-]{16,64}$'),
  expires_at timestamptz(3) NOT NULL,
  PRIMARY KEY (agency_id, salt)
);
CREATE INDEX request_spent_proofs_expired ON request_spent_proofs (expires_at);

-- Files of a form that is not sent yet; sent, they become `request_files`.
CREATE TABLE request_draft_files (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  token_digest text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('attachment', 'identity')),
  sealed_digest text NOT NULL CHECK (sealed_digest ~ '^[0-9a-f]{64}$'),
  -- Name, type, size and digest of the content.
  details_sealed text NOT NULL,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, token_digest) REFERENCES request_drafts (agency_id, token_digest)
);
CREATE INDEX request_draft_files_of_draft ON request_draft_files (agency_id, token_digest, id);
