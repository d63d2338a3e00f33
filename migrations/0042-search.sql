-- 全站检索: one index over everything public, written in the transaction that publishes.

CREATE TABLE search_entries (
  agency_id integer NOT NULL REFERENCES agencies (id),
  id bigint GENERATED ALWAYS AS IDENTITY,
  -- What it is (`item`, `report`, `answer` …) and which one of these.
  kind text NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
  ref text NOT NULL CHECK (length(ref) BETWEEN 1 AND 200),
  source_id text,
  href text NOT NULL,
  title text NOT NULL,
  -- Plain text for excerpts and phrases; its beginning when it is long.
  body text NOT NULL,
  document_number text NOT NULL DEFAULT '',
  unit_id integer,
  column_id bigint,
  genre text NOT NULL DEFAULT '',
  validity text NOT NULL DEFAULT '',
  published_on date,
  -- Words of the title; of everything. Every word begins with the agency's mark, so that lists of words never mix.
  title_words tsvector NOT NULL,
  words tsvector NOT NULL,
  PRIMARY KEY (agency_id, id)
  -- Long values go beside the table, so that its rows are read many a page.
) WITH (toast_tuple_target = 256, autovacuum_analyze_scale_factor = 0.05);
CREATE UNIQUE INDEX search_entries_by_ref ON search_entries (agency_id, kind, ref);
CREATE INDEX search_entries_newest ON search_entries (agency_id, published_on DESC NULLS LAST, id DESC);
-- Short pending lists: what was just published costs the next reader little.
CREATE INDEX search_entries_titles ON search_entries USING gin (title_words) WITH (gin_pending_list_limit = 512);
CREATE INDEX search_entries_words ON search_entries USING gin (words) WITH (gin_pending_list_limit = 1024);
-- How common words are is read from the planner's statistics.
ALTER TABLE search_entries ALTER COLUMN words SET STATISTICS 300, ALTER COLUMN title_words SET STATISTICS 200;

-- The newest entries whose words match. Never by reading the table: a common word is bounded by the caller, by weeks.
CREATE FUNCTION search_matches(of_agency integer, wanted tsquery, most integer)
RETURNS TABLE (id bigint, published_on date) LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off SET jit = off AS $$
BEGIN
  RETURN QUERY SELECT e.id, e.published_on FROM search_entries e WHERE e.words @@ wanted AND e.agency_id + 0 = of_agency
    ORDER BY e.published_on DESC NULLS LAST, e.id DESC LIMIT most;
END $$;

CREATE FUNCTION search_title_matches(of_agency integer, wanted tsquery, most integer)
RETURNS TABLE (id bigint, published_on date) LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off SET jit = off AS $$
BEGIN
  RETURN QUERY SELECT e.id, e.published_on FROM search_entries e WHERE e.title_words @@ wanted AND e.agency_id + 0 = of_agency
    ORDER BY e.published_on DESC NULLS LAST, e.id DESC LIMIT most;
END $$;

-- 没有找到结果的搜索: what was looked for in vain, without who looked.
CREATE TABLE search_misses (
  agency_id integer NOT NULL REFERENCES agencies (id),
  query text NOT NULL CHECK (length(query) BETWEEN 2 AND 40),
  times integer NOT NULL DEFAULT 1,
  first_on date NOT NULL,
  last_on date NOT NULL,
  PRIMARY KEY (agency_id, query)
);
CREATE INDEX search_misses_often ON search_misses (agency_id, times DESC, query);
