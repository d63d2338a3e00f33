import type { ColumnType } from 'kysely';

type WithDefault<T> = ColumnType<T, T | undefined, T>;

export interface AccountUserTable {
  id: string;
  name: string;
  email: string;
  email_verified: WithDefault<boolean>;
  image: string | null;
  username: string;
  two_factor_enabled: WithDefault<boolean>;
  created_at: WithDefault<Date>;
  updated_at: WithDefault<Date>;
}

export interface AccountCredentialTable {
  id: string;
  user_id: string;
  provider_id: string;
  account_id: string;
  password: string | null;
  created_at: WithDefault<Date>;
  updated_at: WithDefault<Date>;
}

export interface AccountSessionTable {
  id: string;
  token: string;
  user_id: string;
  expires_at: Date;
  ip_address: string | null;
  user_agent: string | null;
  created_at: WithDefault<Date>;
  updated_at: WithDefault<Date>;
  signed_in_at: Date | null;
  seen_at: Date | null;
}

export interface AccountVerificationTable {
  id: string;
  identifier: string;
  value: string;
  expires_at: Date;
}

export interface AccountSecondFactorTable {
  id: string;
  user_id: string;
  secret: string;
  backup_codes: string;
  verified: boolean;
  used_code_digest: string | null;
  used_code_at: Date | null;
}

export interface SignInAttemptTable {
  kind: 'username' | 'address';
  key: string;
  failures: number;
  first_at: Date;
  locked_until: Date | null;
}

declare module '../../core/db.ts' {
  interface Database {
    account_users: AccountUserTable;
    account_credentials: AccountCredentialTable;
    account_sessions: AccountSessionTable;
    account_verifications: AccountVerificationTable;
    account_second_factors: AccountSecondFactorTable;
    sign_in_attempts: SignInAttemptTable;
  }
}
