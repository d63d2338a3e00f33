-- The site map, which is kept as other public pages are, names published answers.
CREATE TRIGGER request_publications_are_shown AFTER UPDATE OF state ON request_publications
  FOR EACH ROW WHEN (NEW.state = 'published' OR OLD.state = 'published') EXECUTE FUNCTION raise_content_revision();
