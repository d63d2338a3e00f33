-- 邮件申请: letters of the office's mailbox, waiting for somebody to say whether they are requests.

CREATE TABLE request_mail_drafts (
  agency_id integer NOT NULL REFERENCES agencies (id),
  id bigint GENERATED ALWAYS AS IDENTITY,
  -- Binds what is sealed to this row.
  token text NOT NULL CHECK (token ~ '^[0-9a-f]{32}$'),
  -- Null once the content went: with the form it became, or some time after it was put aside.
  sender_sealed text,
  subject_sealed text,
  text_sealed text,
  -- What could not be taken, a sentence each.
  notes_sealed text,
  -- When the mail server took it in; the day it came is counted from this.
  received_at timestamptz(3) NOT NULL,
  taken_at timestamptz(3) NOT NULL,
  -- Attachments kept when it was taken.
  files smallint NOT NULL CHECK (files BETWEEN 0 AND 100),
  state text NOT NULL CHECK (state IN ('new', 'registered', 'dismissed')),
  form_id bigint,
  reason text CHECK (reason IN ('automatic', 'advertising', 'consultation', 'complaint', 'repeated', 'other')),
  decided_by integer,
  decided_by_name text,
  decided_at timestamptz(3),
  cleared_on date,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, form_id) REFERENCES request_forms (agency_id, id),
  FOREIGN KEY (agency_id, decided_by) REFERENCES staff (agency_id, id),
  CHECK ((state = 'registered') = (form_id IS NOT NULL)),
  CHECK ((state = 'dismissed') = (reason IS NOT NULL)),
  CHECK ((state = 'new') = (decided_at IS NULL)),
  CHECK (num_nulls(sender_sealed, subject_sealed, text_sealed, notes_sealed) IN (0, 4)),
  CHECK ((sender_sealed IS NULL) = (cleared_on IS NOT NULL)),
  CHECK (cleared_on IS NULL OR state <> 'new')
);
CREATE INDEX request_mail_drafts_by_state ON request_mail_drafts (agency_id, state, received_at DESC, id DESC);
CREATE INDEX request_mail_drafts_of_form ON request_mail_drafts (agency_id, form_id) WHERE form_id IS NOT NULL;
CREATE INDEX request_mail_drafts_put_aside ON request_mail_drafts (agency_id, decided_at)
  WHERE state = 'dismissed' AND cleared_on IS NULL;

-- Attachments of a letter that is not registered; registered, they become `request_files`.
CREATE TABLE request_mail_files (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  draft_id bigint NOT NULL,
  sealed_digest text NOT NULL CHECK (sealed_digest ~ '^[0-9a-f]{64}$'),
  -- Name, type, size and digest of the content.
  details_sealed text NOT NULL,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, draft_id) REFERENCES request_mail_drafts (agency_id, id)
);
CREATE INDEX request_mail_files_of_draft ON request_mail_files (agency_id, draft_id, id);
