export {
  addUnit,
  changeSettings,
  closeUnit,
  createAgency,
  demandWithin,
  editAgency,
  editUnit,
  reopenUnit,
} from './actions.ts';
export type { AgencyForm, NewAgency, NewStaff, NewUnit, RoleGrant, StaffForm, UnitForm } from './forms.ts';
export { type Act, demand, may, policy, type Role, roles } from './policy.ts';
export { actingOn, branchOf, type RolePeriod, rolesOn, separated } from './rules.ts';
export type { AgencySite } from './schema.ts';
export {
  addStaff,
  editStaff,
  endRole,
  exportStaff,
  grantRole,
  leave,
  returnToWork,
} from './staff-actions.ts';
export {
  findStaff,
  findStaffByAccount,
  findStaffByUsername,
  listStaff,
  lockStaff,
  type StaffFilter,
  type StaffMember,
  setStaffAccount,
  staffWithRole,
} from './staff-store.ts';
export {
  type Agency,
  allAgencies,
  countStaffOfUnit,
  findAgency,
  findAgencyById,
  findUnit,
  findUnitByCode,
  holdsDemonstration,
  listAgencies,
  listUnits,
  portalAgency,
  subordinatesOf,
  type Unit,
} from './store.ts';
