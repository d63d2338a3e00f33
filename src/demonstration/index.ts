export { DEMONSTRATION_PASSWORD, demonstrationAccounts } from './accounts.ts';
export { loadDemonstration, showDemonstration } from './load.ts';
