-- 更正 of the gazette is reviewed by a second person like the issue itself; what was noted before stays as it is.
ALTER TABLE gazette_errata
  ADD COLUMN state text NOT NULL DEFAULT 'published' CHECK (state IN ('proposed', 'published', 'refused')),
  ADD COLUMN author_id integer,
  ADD COLUMN decided_by integer,
  ADD COLUMN decided_name text NOT NULL DEFAULT '',
  ADD COLUMN decided_at timestamptz(3),
  ADD COLUMN opinion text NOT NULL DEFAULT '' CHECK (length(opinion) <= 1000),
  ADD FOREIGN KEY (agency_id, author_id) REFERENCES staff (agency_id, id),
  ADD FOREIGN KEY (agency_id, decided_by) REFERENCES staff (agency_id, id),
  ADD CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
  ADD CHECK (state <> 'proposed' OR decided_by IS NULL),
  ADD CHECK (state <> 'refused' OR opinion <> '');
ALTER TABLE gazette_errata ALTER COLUMN state SET DEFAULT 'proposed';
CREATE INDEX gazette_errata_waiting ON gazette_errata (agency_id, id) WHERE state = 'proposed';

-- One person proposes, another decides, once; nothing else of it ever changes. Holds for whoever writes, also by hand.
CREATE FUNCTION guard_gazette_errata() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  decided text[] := ARRAY['state', 'noted_on', 'decided_by', 'decided_name', 'decided_at', 'opinion'];
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'proposed' OR NEW.author_id IS NULL THEN
      RAISE EXCEPTION 'a correction of the gazette begins as the proposal of a person';
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' OR OLD.state <> 'proposed' OR (to_jsonb(NEW) - decided) IS DISTINCT FROM (to_jsonb(OLD) - decided) THEN
    RAISE EXCEPTION 'corrections of the gazette do not change';
  END IF;
  IF NEW.state = 'proposed' OR NEW.decided_by IS NULL OR NEW.decided_by = OLD.author_id THEN
    RAISE EXCEPTION 'a correction of the gazette is decided by another person';
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER gazette_errata_stay ON gazette_errata;
CREATE TRIGGER gazette_errata_stay BEFORE INSERT OR UPDATE OR DELETE ON gazette_errata
  FOR EACH ROW EXECUTE FUNCTION guard_gazette_errata();

DROP TRIGGER gazette_errata_are_shown ON gazette_errata;
CREATE TRIGGER gazette_errata_are_shown AFTER UPDATE ON gazette_errata
  FOR EACH ROW WHEN (NEW.state = 'published') EXECUTE FUNCTION raise_content_revision();
