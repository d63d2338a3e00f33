export { demonstrationAccounts } from './accounts.ts';
export { loadDemonstration, showDemonstration } from './load.ts';
