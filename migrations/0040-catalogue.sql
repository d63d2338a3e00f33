-- 主动公开: the catalogue, its items and their versions, and the reviews without which nothing is public.

-- 栏目: a tree per agency; addresses stay when names change.
CREATE TABLE catalogue_columns (
  agency_id integer NOT NULL REFERENCES agencies (id),
  id bigint GENERATED ALWAYS AS IDENTITY,
  parent_id bigint,
  slug text NOT NULL CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  -- What the law or the year asks the column for.
  kind text NOT NULL CHECK (kind IN ('statutory', 'key-area', 'guide', 'rules', 'reports', 'news', 'notice', 'topic', 'other')),
  -- ColumnType of the page labels (国办发〔2017〕47号).
  page_type text NOT NULL DEFAULT '信息公开目录',
  description text NOT NULL DEFAULT '',
  keywords text NOT NULL DEFAULT '',
  unit_id integer,
  -- Longest time without anything new, in days; null: not expected to change.
  update_days smallint CHECK (update_days BETWEEN 1 AND 3660),
  -- Fields that items of the column must fill besides those of every item.
  required text[] NOT NULL DEFAULT '{}',
  -- Steps of review; empty: those of the agency.
  review_steps text[] NOT NULL DEFAULT '{}',
  position integer NOT NULL,
  closed_on date,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, parent_id) REFERENCES catalogue_columns (agency_id, id),
  FOREIGN KEY (agency_id, unit_id) REFERENCES units (agency_id, id),
  CHECK (parent_id IS NULL OR parent_id <> id)
);
CREATE UNIQUE INDEX catalogue_columns_by_slug ON catalogue_columns (agency_id, slug);
CREATE INDEX catalogue_columns_below ON catalogue_columns (agency_id, parent_id, position, id);

-- Addresses a column had before; they lead to it for ever.
CREATE TABLE catalogue_old_slugs (
  agency_id integer NOT NULL,
  slug text NOT NULL,
  column_id bigint NOT NULL,
  PRIMARY KEY (agency_id, slug),
  FOREIGN KEY (agency_id, column_id) REFERENCES catalogue_columns (agency_id, id)
);

-- Last serial of the index numbers of a year.
CREATE TABLE index_numbers (
  agency_id integer NOT NULL REFERENCES agencies (id),
  year smallint NOT NULL CHECK (year BETWEEN 1949 AND 2100),
  last integer NOT NULL CHECK (last >= 1),
  PRIMARY KEY (agency_id, year)
);

-- 政府信息: one item of the catalogue. What lists show is a copy of its live version, written when that is published.
CREATE TABLE items (
  agency_id integer NOT NULL REFERENCES agencies (id),
  id bigint GENERATED ALWAYS AS IDENTITY,
  index_number text NOT NULL CHECK (length(index_number) BETWEEN 3 AND 60),
  unit_id integer NOT NULL,
  -- Key of an import; importing it again changes nothing.
  source_id text,
  state text NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn', 'discarded')),
  live_version integer,
  title text NOT NULL DEFAULT '',
  abstract text NOT NULL DEFAULT '',
  column_id bigint,
  -- 体裁分类, 主题分类, 发文字号.
  genre text NOT NULL DEFAULT '',
  subject text NOT NULL DEFAULT '',
  document_number text NOT NULL DEFAULT '',
  issuing_body text NOT NULL DEFAULT '',
  formed_on date,
  -- 发布日期: of the first publication; figures count by it.
  published_on date,
  published_at timestamptz(3),
  amended_on date,
  -- 规范性文件 and 规章.
  normative text NOT NULL DEFAULT 'none' CHECK (normative IN ('none', 'normative', 'rule')),
  validity text NOT NULL DEFAULT 'in-force' CHECK (validity IN ('in-force', 'amended', 'repealed', 'expired')),
  validity_on date,
  replaced_by bigint,
  withdrawn_on date,
  withdrawal_reason text NOT NULL DEFAULT '',
  withdrawal_ground text NOT NULL DEFAULT '',
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, unit_id) REFERENCES units (agency_id, id),
  FOREIGN KEY (agency_id, column_id) REFERENCES catalogue_columns (agency_id, id),
  FOREIGN KEY (agency_id, replaced_by) REFERENCES items (agency_id, id),
  CHECK ((state IN ('published', 'withdrawn')) = (live_version IS NOT NULL)),
  CHECK ((live_version IS NULL) = (published_on IS NULL)),
  CHECK ((state = 'withdrawn') = (withdrawn_on IS NOT NULL)),
  CHECK (state <> 'withdrawn' OR withdrawal_reason <> '')
);
CREATE UNIQUE INDEX items_by_index_number ON items (agency_id, index_number);
CREATE UNIQUE INDEX items_by_source ON items (agency_id, source_id) WHERE source_id IS NOT NULL;
CREATE INDEX items_newest ON items (agency_id, published_on DESC, id DESC) WHERE state = 'published';
CREATE INDEX items_of_column ON items (agency_id, column_id, published_on DESC, id DESC) WHERE state = 'published';
CREATE INDEX items_of_unit ON items (agency_id, unit_id, published_on DESC, id DESC) WHERE state = 'published';
CREATE INDEX items_normative ON items (agency_id, normative, formed_on, id) WHERE normative <> 'none';
CREATE INDEX items_desk ON items (agency_id, unit_id, state, id DESC);

-- 版本: what an item says, said or is to say. A version that was published never changes.
CREATE TABLE item_versions (
  agency_id integer NOT NULL,
  item_id bigint NOT NULL,
  version integer NOT NULL CHECK (version >= 1),
  state text NOT NULL CHECK (state IN ('draft', 'in-review', 'approved', 'published', 'superseded', 'discarded')),
  -- Where it stands in review: the step that comes next.
  step text NOT NULL DEFAULT '',
  -- Raised with every save; who saved an older one is told.
  revision integer NOT NULL DEFAULT 1,
  title text NOT NULL DEFAULT '' CHECK (length(title) <= 300),
  abstract text NOT NULL DEFAULT '' CHECK (length(abstract) <= 2000),
  -- Sanitised HTML, and the same as plain text for scanning and search.
  body text NOT NULL DEFAULT '',
  plain text NOT NULL DEFAULT '',
  column_id bigint,
  further_columns bigint[] NOT NULL DEFAULT '{}',
  genre text NOT NULL DEFAULT '',
  subject text NOT NULL DEFAULT '',
  document_number text NOT NULL DEFAULT '',
  issuing_body text NOT NULL DEFAULT '',
  source text NOT NULL DEFAULT '',
  keywords text[] NOT NULL DEFAULT '{}',
  formed_on date,
  normative text NOT NULL DEFAULT 'none' CHECK (normative IN ('none', 'normative', 'rule')),
  -- 公开属性, decided where the document is made.
  attribute text NOT NULL DEFAULT 'proactive' CHECK (attribute IN ('proactive', 'on-request', 'closed')),
  attribute_reason text NOT NULL DEFAULT '',
  next_review_on date,
  -- Where it is to appear: website, wechat, weibo, gazette, other.
  channels text[] NOT NULL DEFAULT '{website}',
  -- When it is to appear; null: as soon as it is approved.
  publish_at timestamptz(3),
  -- 紧急发布: put out before its review, which is due then.
  urgent_reason text NOT NULL DEFAULT '',
  review_due_on date,
  -- What the amendment is, for readers.
  amendment text NOT NULL DEFAULT '',
  -- Findings of the scan that were let stand, with the reason: [{key, reason, by, at}].
  let_stand jsonb NOT NULL DEFAULT '[]',
  author_id integer,
  hands integer[] NOT NULL DEFAULT '{}',
  created_at timestamptz(3) NOT NULL,
  saved_at timestamptz(3) NOT NULL,
  submitted_at timestamptz(3),
  published_at timestamptz(3),
  -- SM3 of what was published.
  digest text NOT NULL DEFAULT '',
  PRIMARY KEY (agency_id, item_id, version),
  FOREIGN KEY (agency_id, item_id) REFERENCES items (agency_id, id),
  FOREIGN KEY (agency_id, column_id) REFERENCES catalogue_columns (agency_id, id),
  FOREIGN KEY (agency_id, author_id) REFERENCES staff (agency_id, id),
  CHECK (attribute = 'proactive' OR attribute_reason <> '' OR state = 'draft'),
  CHECK ((urgent_reason <> '') = (review_due_on IS NOT NULL)),
  CHECK (state NOT IN ('published', 'superseded') OR (published_at IS NOT NULL AND digest <> '' AND attribute = 'proactive'))
);
CREATE UNIQUE INDEX item_versions_live ON item_versions (agency_id, item_id) WHERE state = 'published';
CREATE UNIQUE INDEX item_versions_open ON item_versions (agency_id, item_id) WHERE state IN ('draft', 'in-review', 'approved');
CREATE INDEX item_versions_in_review ON item_versions (agency_id, step, submitted_at) WHERE state = 'in-review';
CREATE INDEX item_versions_scheduled ON item_versions (publish_at) WHERE state = 'approved';
CREATE INDEX item_versions_to_review ON item_versions (agency_id, review_due_on) WHERE review_due_on IS NOT NULL;
CREATE INDEX item_versions_to_reassess ON item_versions (agency_id, next_review_on) WHERE attribute <> 'proactive';
ALTER TABLE items ADD FOREIGN KEY (agency_id, id, live_version) REFERENCES item_versions (agency_id, item_id, version)
  DEFERRABLE INITIALLY DEFERRED;

-- Files of a version; contents lie in the file store under their digest.
CREATE TABLE item_files (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  item_id bigint NOT NULL,
  version integer NOT NULL,
  position integer NOT NULL,
  -- `attachment`, or `picture` of the body.
  kind text NOT NULL CHECK (kind IN ('attachment', 'picture')),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  type text NOT NULL,
  bytes bigint NOT NULL CHECK (bytes >= 0),
  -- What it says, for search; read by a job.
  plain text NOT NULL DEFAULT '',
  -- The release gate let it pass.
  released boolean NOT NULL DEFAULT false,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, item_id, version) REFERENCES item_versions (agency_id, item_id, version)
);
CREATE INDEX item_files_of_version ON item_files (agency_id, item_id, version, position, id);

-- 公开审查: every decision on every version.
CREATE TABLE item_reviews (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  item_id bigint NOT NULL,
  version integer NOT NULL,
  -- 初审, 复审, 终审; `import`: published history, the import being its review; `withdrawal`.
  step text NOT NULL CHECK (step IN ('first', 'second', 'final', 'secrecy', 'import')),
  -- 通过, 修改后通过, 不通过, 报保密行政管理部门确定.
  result text NOT NULL CHECK (result IN ('passed', 'passed-with-changes', 'refused', 'referred')),
  reviewer_id integer,
  reviewer_name text NOT NULL,
  -- Whom he stood in for.
  on_behalf_of integer,
  opinion text NOT NULL DEFAULT '',
  basis text NOT NULL DEFAULT '',
  -- The last one the version needed.
  concluding boolean NOT NULL DEFAULT false,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, item_id, version) REFERENCES item_versions (agency_id, item_id, version),
  FOREIGN KEY (agency_id, reviewer_id) REFERENCES staff (agency_id, id),
  FOREIGN KEY (agency_id, on_behalf_of) REFERENCES staff (agency_id, id),
  CHECK (NOT concluding OR result IN ('passed', 'passed-with-changes'))
);
CREATE INDEX item_reviews_of_version ON item_reviews (agency_id, item_id, version, id);

-- 代为审查 while somebody is away.
CREATE TABLE review_delegations (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  from_id integer NOT NULL,
  to_id integer NOT NULL,
  from_on date NOT NULL,
  to_on date NOT NULL,
  revoked_on date,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, from_id) REFERENCES staff (agency_id, id),
  FOREIGN KEY (agency_id, to_id) REFERENCES staff (agency_id, id),
  CHECK (from_id <> to_id),
  CHECK (to_on >= from_on)
);
CREATE INDEX review_delegations_to ON review_delegations (agency_id, to_id, to_on);

-- 有效性 of documents over time: amended, repealed, expired, with what replaced them and the clean-up it came from.
CREATE TABLE item_validity (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  item_id bigint NOT NULL,
  validity text NOT NULL CHECK (validity IN ('in-force', 'amended', 'repealed', 'expired')),
  from_on date NOT NULL,
  replaced_by bigint,
  ground text NOT NULL,
  by_name text NOT NULL,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, item_id) REFERENCES items (agency_id, id),
  FOREIGN KEY (agency_id, replaced_by) REFERENCES items (agency_id, id)
);
CREATE INDEX item_validity_of_item ON item_validity (agency_id, item_id, id);
CREATE INDEX item_validity_by_day ON item_validity (agency_id, validity, from_on);

-- Raised with every change of what the public sees: cached pages carry it.
CREATE TABLE content_revisions (
  agency_id integer PRIMARY KEY REFERENCES agencies (id),
  revision bigint NOT NULL
);

-- A version that was published stays as it was; only that another took its place is still written.
CREATE FUNCTION guard_published_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.state IN ('published', 'superseded') THEN RAISE EXCEPTION 'a published version is not deleted'; END IF;
    RETURN OLD;
  END IF;
  IF OLD.state IN ('published', 'superseded') AND (
    NEW.state NOT IN ('published', 'superseded')
    OR (to_jsonb(NEW) - 'state' - 'review_due_on' - 'urgent_reason') IS DISTINCT FROM (to_jsonb(OLD) - 'state' - 'review_due_on' - 'urgent_reason')) THEN
    RAISE EXCEPTION 'a published version does not change';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER item_versions_published BEFORE UPDATE OR DELETE ON item_versions FOR EACH ROW EXECUTE FUNCTION guard_published_versions();

-- 先审核后公开: nothing is published without a concluding review by somebody who wrote nothing of it; only an urgent one may
-- be reviewed afterwards. Holds for whoever writes, also by hand.
CREATE FUNCTION guard_publication() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'published' OR (TG_OP = 'UPDATE' AND OLD.state = 'published') THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' AND OLD.state = 'superseded' THEN RAISE EXCEPTION 'a superseded version does not return'; END IF;
  IF NEW.urgent_reason = '' AND NOT EXISTS (
    SELECT FROM item_reviews r WHERE r.agency_id = NEW.agency_id AND r.item_id = NEW.item_id AND r.version = NEW.version
      AND r.concluding AND (r.reviewer_id IS NULL AND r.step = 'import'
        OR r.reviewer_id IS NOT NULL AND r.reviewer_id IS DISTINCT FROM NEW.author_id AND NOT r.reviewer_id = ANY (NEW.hands))) THEN
    RAISE EXCEPTION 'item % version % has no approving review by another person', NEW.item_id, NEW.version;
  END IF;
  RETURN NEW;
END $$;
CREATE CONSTRAINT TRIGGER item_versions_reviewed AFTER INSERT OR UPDATE ON item_versions
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_publication();

-- Reviews are added, never changed.
CREATE FUNCTION guard_reviews() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a review does not change';
END $$;
CREATE TRIGGER item_reviews_stay BEFORE UPDATE OR DELETE ON item_reviews FOR EACH ROW EXECUTE FUNCTION guard_reviews();

-- What is public of an item is its live, published version.
CREATE FUNCTION guard_live_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'published' AND NOT EXISTS (
    SELECT FROM item_versions v WHERE v.agency_id = NEW.agency_id AND v.item_id = NEW.id AND v.version = NEW.live_version
      AND v.state = 'published') THEN
    RAISE EXCEPTION 'item % has no published version %', NEW.id, NEW.live_version;
  END IF;
  RETURN NEW;
END $$;
CREATE CONSTRAINT TRIGGER items_live AFTER INSERT OR UPDATE ON items
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_live_items();
