export {
  addUnit,
  closeUnit,
  createAgency,
  demandWithin,
  editAgency,
  editUnit,
  reopenUnit,
} from './actions.ts';
export type { AgencyForm, NewAgency, NewStaff, NewUnit, RoleGrant, StaffForm, UnitForm } from './forms.ts';
export { type Act, demand, may, policy, type Role, roles } from './policy.ts';
export { branchOf, inTreeOrder, maskPhone, type RolePeriod, rolesOn } from './rules.ts';
export type { AgencySite } from './schema.ts';
export { addStaff, editStaff, endRole, grantRole, leave, returnToWork } from './staff-actions.ts';
export {
  type Agency,
  allAgencies,
  findAgency,
  findAgencyById,
  findStaff,
  findStaffByAccount,
  findStaffByUsername,
  findUnit,
  findUnitByCode,
  listAgencies,
  listStaff,
  listUnits,
  lockStaff,
  portalAgency,
  type StaffFilter,
  type StaffMember,
  setStaffAccount,
  staffWithRole,
  subordinatesOf,
  type Unit,
  unitName,
} from './store.ts';
