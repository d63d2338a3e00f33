-- 先审核后公开: passed reviews do not outweigh a failed one of the same revision; its content must change first.
CREATE FUNCTION refuse_failed_report_reviews() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM report_reviews r WHERE r.agency_id = NEW.agency_id AND r.report_id = NEW.report_id
      AND r.version = NEW.version AND r.revision = NEW.revision AND r.result = 'fail') THEN
    RAISE EXCEPTION 'a review has failed for version % of report % and nothing was changed since', NEW.version, NEW.report_id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER report_versions_no_failed_review BEFORE INSERT ON report_versions
  FOR EACH ROW EXECUTE FUNCTION refuse_failed_report_reviews();
