-- What somebody wrote last, by column: a new item begins the same way.
CREATE INDEX item_versions_of_author ON item_versions (agency_id, author_id, item_id DESC) WHERE author_id IS NOT NULL;
