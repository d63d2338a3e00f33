export { type Accounts, type OwnSession, openAccounts } from './accounts.ts';
export { resetSecondFactor, setFirstPassword, unlock, unlockAddress } from './actions.ts';
export { OIDC_CALLBACK } from './auth.ts';
export {
  DEMONSTRATION_PASSWORD,
  deviceName,
  limitsOf,
  PASSWORD_LENGTH,
  type SignInLimits,
  safeNext,
} from './rules.ts';
export { findUser, lockedAddresses, lockedUsernames, lockOf } from './store.ts';
