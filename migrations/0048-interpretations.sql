-- 政策解读: which documents an item interprets, and the plan made for it when the document was drafted (解读方案).
ALTER TABLE item_versions
  -- Who interprets in which form until when, or why none is needed.
  ADD COLUMN interpretation_plan text NOT NULL DEFAULT '' CHECK (length(interpretation_plan) <= 1000),
  -- Items of the same agency that this one interprets.
  ADD COLUMN interprets bigint[] NOT NULL DEFAULT '{}' CHECK (cardinality(interprets) <= 50);

-- What interprets a document.
CREATE INDEX item_versions_interpreting ON item_versions USING gin (interprets)
  WHERE state = 'published' AND interprets <> '{}';
