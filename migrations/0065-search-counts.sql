-- What entries that match divide by, read once from the table. Never by reading all of it: the caller bounds what matches.
CREATE FUNCTION search_facets(of_agency integer, wanted tsquery)
RETURNS TABLE (kind text, unit_id integer, column_id bigint, genre text, validity text, year integer) LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off SET jit = off
SET max_parallel_workers_per_gather = 0 AS $$
BEGIN
  RETURN QUERY SELECT e.kind, e.unit_id, e.column_id, e.genre, e.validity, extract(year FROM e.published_on)::integer
    FROM search_entries e WHERE e.words @@ wanted AND e.agency_id + 0 = of_agency;
END $$;
