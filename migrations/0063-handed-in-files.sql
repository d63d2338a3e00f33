-- 申请人提交的说明理由材料（711/35）和更正证据（711/41）: kinds of their own beside 补正材料, on the request and while a form waits.

ALTER TABLE request_files
  DROP CONSTRAINT request_files_kind_check,
  ADD CONSTRAINT request_files_kind_check CHECK (
    kind IN ('attachment', 'identity', 'scan', 'correction', 'explanation', 'evidence', 'opinion', 'record', 'released', 'proof'));

ALTER TABLE request_draft_files
  DROP CONSTRAINT request_draft_files_kind_check,
  ADD CONSTRAINT request_draft_files_kind_check CHECK (
    kind IN ('attachment', 'identity', 'scan', 'correction', 'explanation', 'evidence', 'opinion', 'record', 'released', 'proof'));
