-- Which keys sealed what this database holds, so that a start without one of them is refused in a sentence instead of
-- failing at the first name it has to show. The keys themselves are never here.
CREATE TABLE data_keys (
  id text PRIMARY KEY CHECK (id ~ '^[a-z0-9-]{1,32}$'),
  -- The first 16 digits of the key's SM3: tells two keys of one name apart.
  fingerprint text NOT NULL CHECK (fingerprint ~ '^[0-9a-f]{16}$'),
  first_used_at timestamptz NOT NULL,
  -- Set by a rotation that left nothing under it; the key may then leave the settings.
  retired_at timestamptz
);

-- Sealed files that no row names any more: written in the transaction that lets go of them, taken off the disk after it.
CREATE TABLE sealed_file_removals (
  sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  discarded_at timestamptz NOT NULL
);
