-- Lists over many requests: what they are sorted and narrowed by, kept beside each other so that no list reads the table.

ALTER TABLE requests
  -- State, channel, kind of applicant, and the result or the regime: everything a list narrows by, as one word.
  ADD COLUMN facet text COLLATE "C" NOT NULL GENERATED ALWAYS AS (
    state || ' ' || channel || ' ' || applicant_kind || ' ' || coalesce(result_code, regime, '')) STORED,
  -- Never null, so that a page of a list begins exactly behind the one before.
  ADD COLUMN received_key date NOT NULL GENERATED ALWAYS AS (coalesce(received_on, submitted_on)) STORED,
  ADD COLUMN due_key date NOT NULL GENERATED ALWAYS AS (coalesce(due_on, 'infinity'::date)) STORED;

CREATE INDEX requests_by_facet_received ON requests (agency_id, facet, received_key, id) INCLUDE (due_key, number);
CREATE INDEX requests_by_facet_due ON requests (agency_id, facet, due_key, id) INCLUDE (received_key, number);
CREATE INDEX requests_by_facet_number ON requests (agency_id, facet, number);
CREATE INDEX requests_in_order_received ON requests (agency_id, received_key, id);
CREATE INDEX requests_in_order_due ON requests (agency_id, due_key, id);

-- One unit's and one handler's requests are few enough to be sorted when asked; these say all that is needed for it.
DROP INDEX requests_of_unit;
CREATE INDEX requests_of_unit ON requests (agency_id, unit_id, facet) INCLUDE (id, due_key, received_key, number)
  WHERE unit_id IS NOT NULL;
DROP INDEX requests_of_handler;
CREATE INDEX requests_of_handler ON requests (agency_id, handler_id, facet) INCLUDE (id, due_key, received_key, number)
  WHERE handler_id IS NOT NULL;
-- Those who help with a case that another unit leads.
CREATE INDEX request_assignments_helping_units ON request_assignments (agency_id, unit_id, request_id)
  WHERE ended_at IS NULL AND NOT lead;
CREATE INDEX request_assignments_helping_handlers ON request_assignments (agency_id, handler_id, request_id)
  WHERE ended_at IS NULL AND NOT lead AND handler_id IS NOT NULL;
CREATE INDEX request_extensions_proposed ON request_extensions (agency_id, request_id) WHERE state = 'proposed';
CREATE INDEX requests_open_by_calendar ON requests (agency_id, calendar, id) WHERE due_on IS NOT NULL AND concluded_on IS NULL;

-- 常用筛选: what a person filters by again and again. Never what was searched for: that may be a name.
CREATE TABLE request_views (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  staff_id integer NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 20),
  query text NOT NULL CHECK (length(query) <= 500),
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, staff_id) REFERENCES staff (agency_id, id)
);
CREATE UNIQUE INDEX request_views_of_staff ON request_views (agency_id, staff_id, name);

-- 到期日历订阅: a secret address for calendar programs; only its digest is kept.
CREATE TABLE request_feeds (
  agency_id integer NOT NULL,
  staff_id integer NOT NULL,
  token_digest text NOT NULL UNIQUE CHECK (token_digest ~ '^[0-9a-f]{64}$'),
  -- Own cases, or every case its owner may see.
  scope text NOT NULL CHECK (scope IN ('mine', 'all')),
  made_at timestamptz(3) NOT NULL,
  PRIMARY KEY (agency_id, staff_id),
  FOREIGN KEY (agency_id, staff_id) REFERENCES staff (agency_id, id)
);

-- 催办: said once for a due date and a number of working days left; negative after it.
CREATE TABLE request_reminders (
  agency_id integer NOT NULL,
  request_id bigint NOT NULL,
  due_on date NOT NULL,
  days_left smallint NOT NULL,
  reminded_at timestamptz(3) NOT NULL,
  PRIMARY KEY (agency_id, request_id, due_on, days_left),
  FOREIGN KEY (agency_id, request_id) REFERENCES requests (agency_id, id)
);

-- 期限重算: one amendment of the calendar, and each request whose date it moved.
CREATE TABLE request_recounts (
  agency_id integer NOT NULL REFERENCES agencies (id),
  id bigint GENERATED ALWAYS AS IDENTITY,
  -- The calendar that was laid, as `version` of the working calendar.
  calendar text NOT NULL,
  begun_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3),
  -- Requests counted anew; only those that changed have a row below.
  counted integer NOT NULL DEFAULT 0,
  PRIMARY KEY (agency_id, id)
);
CREATE INDEX request_recounts_newest ON request_recounts (agency_id, id DESC);

CREATE TABLE request_recount_changes (
  agency_id integer NOT NULL,
  recount_id bigint NOT NULL,
  request_id bigint NOT NULL,
  due_before date,
  due_after date,
  provisional_before boolean NOT NULL,
  provisional_after boolean NOT NULL,
  PRIMARY KEY (agency_id, recount_id, request_id),
  FOREIGN KEY (agency_id, recount_id) REFERENCES request_recounts (agency_id, id),
  FOREIGN KEY (agency_id, request_id) REFERENCES requests (agency_id, id)
);
