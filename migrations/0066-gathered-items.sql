-- Public items by the further columns they stand in (专题 and the like), so that such a list is read along an index as that of a
-- column of its own is, however much it gathers. What stands here follows from items and their live versions and from nothing else.
CREATE TABLE gathered_items (
  agency_id integer NOT NULL,
  column_id bigint NOT NULL,
  published_on date NOT NULL,
  item_id bigint NOT NULL,
  PRIMARY KEY (agency_id, column_id, published_on, item_id),
  FOREIGN KEY (agency_id, item_id) REFERENCES items (agency_id, id) ON DELETE CASCADE
);
CREATE INDEX gathered_items_of_item ON gathered_items (item_id);

-- The state is looked at afterwards: asked for with the rest, and before anything is known of the table (while history is loaded), it
-- would have the planner read an index of published items from one end to the other.
CREATE FUNCTION gather_item(of_agency integer, of_item bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  item record;
BEGIN
  SELECT i.state, i.published_on, v.further_columns INTO item FROM items i
    JOIN item_versions v ON v.agency_id = i.agency_id AND v.item_id = i.id AND v.version = i.live_version
    WHERE i.agency_id = of_agency AND i.id = of_item;
  IF item.state = 'published' THEN
    INSERT INTO gathered_items (agency_id, column_id, published_on, item_id)
      SELECT of_agency, c.id, item.published_on, of_item FROM unnest(item.further_columns) AS c (id) ON CONFLICT DO NOTHING;
  END IF;
END $$;

-- At the end of the transaction, when an item and its versions agree.
CREATE FUNCTION gather_shown_item() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The index of the agency would be read in vain.
  DELETE FROM gathered_items g WHERE g.item_id = NEW.id AND g.agency_id + 0 = NEW.agency_id;
  PERFORM gather_item(NEW.agency_id, NEW.id);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER items_gathered AFTER UPDATE ON items DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD.state, OLD.live_version, OLD.published_on) IS DISTINCT FROM (NEW.state, NEW.live_version, NEW.published_on))
  EXECUTE FUNCTION gather_shown_item();

CREATE FUNCTION gather_item_of_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM gather_item(NEW.agency_id, NEW.item_id);
  RETURN NULL;
END $$;
-- Items that come published, as history does.
CREATE CONSTRAINT TRIGGER item_versions_gathered AFTER INSERT ON item_versions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.state = 'published' AND NEW.further_columns <> '{}') EXECUTE FUNCTION gather_item_of_version();

INSERT INTO gathered_items (agency_id, column_id, published_on, item_id)
  SELECT DISTINCT i.agency_id, c.id, i.published_on, i.id FROM items i
    JOIN item_versions v ON v.agency_id = i.agency_id AND v.item_id = i.id AND v.version = i.live_version
    CROSS JOIN LATERAL unnest(v.further_columns) AS c (id)
  WHERE i.state = 'published' AND v.further_columns <> '{}';
DROP INDEX item_versions_further;
