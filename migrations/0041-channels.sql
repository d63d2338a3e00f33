-- 发布渠道: accounts on other platforms, and every post of an item or of anything else on a channel.

CREATE TABLE channel_accounts (
  agency_id integer NOT NULL REFERENCES agencies (id),
  id bigint GENERATED ALWAYS AS IDENTITY,
  kind text NOT NULL CHECK (kind IN ('gazette', 'website', 'weibo', 'wechat', 'other')),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  -- What the platform knows it by: 微信号, 微博 UID, 网站标识码, 刊号.
  platform_id text NOT NULL DEFAULT '' CHECK (length(platform_id) <= 60),
  address text NOT NULL DEFAULT '' CHECK (length(address) <= 500),
  unit_id integer,
  -- Items that choose the channel go out here unless their unit has an account of its own.
  main boolean NOT NULL DEFAULT false,
  opened_on date NOT NULL,
  closed_on date,
  -- The day its silence was last told.
  alarmed_on date,
  PRIMARY KEY (agency_id, id),
  UNIQUE (agency_id, id, kind),
  FOREIGN KEY (agency_id, unit_id) REFERENCES units (agency_id, id),
  CHECK (closed_on IS NULL OR closed_on >= opened_on)
);
CREATE UNIQUE INDEX channel_accounts_by_name ON channel_accounts (agency_id, kind, name);
CREATE UNIQUE INDEX channel_accounts_main ON channel_accounts (agency_id, kind) WHERE main AND closed_on IS NULL;

-- How the system posts by itself: settings with their secret, and the token it was given, both sealed.
CREATE TABLE channel_connections (
  agency_id integer NOT NULL,
  account_id bigint NOT NULL,
  settings text NOT NULL,
  token text,
  token_until timestamptz(3),
  connected_at timestamptz(3) NOT NULL,
  PRIMARY KEY (agency_id, account_id),
  FOREIGN KEY (agency_id, account_id) REFERENCES channel_accounts (agency_id, id),
  CHECK ((token IS NULL) = (token_until IS NULL))
);

CREATE TABLE channel_posts (
  agency_id integer NOT NULL REFERENCES agencies (id),
  id bigint GENERATED ALWAYS AS IDENTITY,
  item_id bigint,
  account_id bigint,
  channel text NOT NULL CHECK (channel IN ('gazette', 'website', 'weibo', 'wechat', 'other')),
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
  address text NOT NULL DEFAULT '' CHECK (length(address) <= 1000),
  -- `waiting`: for a person; `recorded`: a person put it out and wrote it down here.
  state text NOT NULL
    CHECK (state IN ('waiting', 'scheduled', 'sending', 'published', 'failed', 'recorded', 'cancelled')),
  publish_at timestamptz(3),
  -- 发布日期; figures count by it.
  posted_on date,
  posted_at timestamptz(3),
  reads integer CHECK (reads >= 0),
  attempts smallint NOT NULL DEFAULT 0,
  -- How far sending has come: '' before anything left the house; then what the platform answered with.
  stage text NOT NULL DEFAULT '',
  remote_id text NOT NULL DEFAULT '',
  sending_since timestamptz(3),
  error text NOT NULL DEFAULT '',
  source_id text,
  by_id integer,
  by_name text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, item_id) REFERENCES items (agency_id, id),
  FOREIGN KEY (agency_id, account_id, channel) REFERENCES channel_accounts (agency_id, id, kind),
  FOREIGN KEY (agency_id, by_id) REFERENCES staff (agency_id, id),
  CHECK ((state IN ('published', 'recorded')) = (posted_on IS NOT NULL)),
  CHECK (state <> 'scheduled' OR publish_at IS NOT NULL),
  CHECK ((state = 'sending') = (sending_since IS NOT NULL)),
  CHECK (state <> 'failed' OR error <> '')
);
CREATE UNIQUE INDEX channel_posts_by_source ON channel_posts (agency_id, source_id) WHERE source_id IS NOT NULL;
CREATE INDEX channel_posts_counted ON channel_posts (agency_id, channel, posted_on, id) WHERE posted_on IS NOT NULL;
CREATE INDEX channel_posts_newest ON channel_posts (agency_id, posted_on DESC, id DESC) WHERE posted_on IS NOT NULL;
CREATE INDEX channel_posts_of_account ON channel_posts (agency_id, account_id, posted_on DESC, id DESC)
  WHERE posted_on IS NOT NULL;
CREATE INDEX channel_posts_open ON channel_posts (agency_id, state, id)
  WHERE state IN ('waiting', 'scheduled', 'sending', 'failed', 'cancelled');
CREATE INDEX channel_posts_due ON channel_posts (publish_at) WHERE state = 'scheduled';
CREATE INDEX channel_posts_sending ON channel_posts (sending_since) WHERE state = 'sending';
CREATE INDEX channel_posts_of_item ON channel_posts (agency_id, item_id, channel) WHERE item_id IS NOT NULL;

-- Imports of posts that wait for their sender to confirm what he saw.
CREATE TABLE channel_post_imports (
  agency_id integer NOT NULL REFERENCES agencies (id),
  id bigint GENERATED ALWAYS AS IDENTITY,
  staff_id integer NOT NULL,
  file_name text NOT NULL,
  rows jsonb NOT NULL,
  read_at timestamptz(3) NOT NULL,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, staff_id) REFERENCES staff (agency_id, id)
);

-- What the report counts among items: by the day of publication, withdrawn ones too, which had been public.
CREATE INDEX items_counted ON items (agency_id, published_on, id) WHERE published_on IS NOT NULL;
-- Normative documents that were reviewed and are not public.
CREATE INDEX item_versions_issued ON item_versions (agency_id, normative, formed_on)
  WHERE state = 'approved' AND normative <> 'none';
