-- Public pages are kept as long as the content revision of their agency stands: whatever else they show raises it as well.
CREATE FUNCTION raise_content_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO content_revisions (agency_id, revision) VALUES (NEW.agency_id, 1)
    ON CONFLICT (agency_id) DO UPDATE SET revision = content_revisions.revision + 1;
  RETURN NULL;
END $$;

-- Whose site a host name shows depends on every agency.
CREATE FUNCTION raise_every_content_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO content_revisions (agency_id, revision) SELECT id, 1 FROM agencies ORDER BY id
    ON CONFLICT (agency_id) DO UPDATE SET revision = content_revisions.revision + 1;
  RETURN NULL;
END $$;

CREATE TRIGGER agencies_are_shown AFTER INSERT OR UPDATE OF code, name, short_name, parent_id, site, demonstration, closed_on ON agencies
  FOR EACH STATEMENT EXECUTE FUNCTION raise_every_content_revision();
CREATE TRIGGER units_are_shown AFTER UPDATE OF name, position ON units
  FOR EACH ROW EXECUTE FUNCTION raise_content_revision();
CREATE TRIGGER reports_are_shown AFTER UPDATE OF published_on ON report_versions
  FOR EACH ROW EXECUTE FUNCTION raise_content_revision();
INSERT INTO content_revisions (agency_id, revision) SELECT id, 1 FROM agencies ON CONFLICT DO NOTHING;

-- Columns an item stands in besides its own.
CREATE INDEX item_versions_further ON item_versions USING gin (further_columns)
  WHERE state = 'published' AND further_columns <> '{}';
-- What an item took the place of.
CREATE INDEX items_replacing ON items (agency_id, replaced_by) WHERE replaced_by IS NOT NULL;
-- Whether the public may read a file.
CREATE INDEX item_files_by_digest ON item_files (agency_id, item_id, digest);
