-- Accounts of staff. The first five tables are better-auth's own, under our names; it reads and writes them.

CREATE TABLE account_users (
  id text PRIMARY KEY,
  name text NOT NULL,
  -- Made from the username: staff sign in with that, no mail goes to this address.
  email text NOT NULL UNIQUE,
  email_verified boolean NOT NULL DEFAULT false,
  image text,
  username text NOT NULL UNIQUE,
  two_factor_enabled boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

ALTER TABLE staff ADD FOREIGN KEY (account_id) REFERENCES account_users (id);

CREATE TABLE account_credentials (
  id text PRIMARY KEY,
  user_id text NOT NULL REFERENCES account_users (id) ON DELETE CASCADE,
  provider_id text NOT NULL,
  account_id text NOT NULL,
  -- argon2id, in the PHC format; null for a credential kept by an identity provider.
  password text CHECK (password LIKE '$argon2id$%'),
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (provider_id, account_id)
);
CREATE INDEX account_credentials_of_user ON account_credentials (user_id);

CREATE TABLE account_sessions (
  id text PRIMARY KEY,
  token text NOT NULL UNIQUE,
  user_id text NOT NULL REFERENCES account_users (id) ON DELETE CASCADE,
  expires_at timestamptz NOT NULL,
  ip_address text,
  user_agent text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  -- Set in the transaction that records the sign-in; a session without it opens nothing.
  signed_in_at timestamptz,
  seen_at timestamptz
);
CREATE INDEX account_sessions_of_user ON account_sessions (user_id);

CREATE TABLE account_verifications (
  id text PRIMARY KEY,
  identifier text NOT NULL,
  value text NOT NULL,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX account_verifications_by_identifier ON account_verifications (identifier);

CREATE TABLE account_second_factors (
  id text PRIMARY KEY,
  user_id text NOT NULL UNIQUE REFERENCES account_users (id) ON DELETE CASCADE,
  -- Both encrypted with the installation's secret.
  secret text NOT NULL,
  backup_codes text NOT NULL,
  verified boolean NOT NULL DEFAULT false,
  failed_verification_count integer NOT NULL DEFAULT 0,
  locked_until timestamptz,
  -- A code is good once (RFC 6238, 5.2).
  used_code_digest text,
  used_code_at timestamptz
);

-- Attempts to sign in, counted before the password is looked at, so that a hundred at once do not slip through.
CREATE TABLE sign_in_attempts (
  kind text NOT NULL CHECK (kind IN ('username', 'address')),
  key text NOT NULL,
  failures integer NOT NULL CHECK (failures >= 0),
  first_at timestamptz NOT NULL,
  locked_until timestamptz,
  PRIMARY KEY (kind, key)
);
