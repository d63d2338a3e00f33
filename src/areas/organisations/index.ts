export { type Act, demand, may, policy, type Role, roles } from './policy.ts';
export type { AgencySite } from './schema.ts';
