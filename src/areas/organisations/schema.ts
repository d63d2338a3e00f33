import type { ColumnType, Generated } from 'kysely';

export interface AgencyTable {
  id: Generated<number>;
  code: string;
  name: string;
  short_name: string;
  parent_id: number | null;
  credit_code: ColumnType<string, string | undefined, string>;
  site: ColumnType<AgencySite, string | undefined, string>;
  settings: ColumnType<Record<string, unknown>, string | undefined, string>;
  demonstration: ColumnType<boolean, boolean | undefined, boolean>;
  closed_on: string | null;
  created_at: Generated<Date>;
}

/** Identifiers the page labels and the footer must show (国办发〔2017〕47号); each may be unknown. */
export interface AgencySite {
  name?: string;
  domain?: string;
  idCode?: string;
  icp?: string;
  police?: string;
  /** Registration page of the 党政机关网站标识. */
  partyMarkUrl?: string;
  /** Where 我为政府网站找错 leads. */
  reportErrorUrl?: string;
  host?: string;
  undertaker?: string;
  phone?: string;
  fax?: string;
  email?: string;
  address?: string;
  officeHours?: string;
  postcode?: string;
  colour?: string;
}

export interface UnitTable {
  agency_id: number;
  id: Generated<number>;
  code: string;
  name: string;
  position: ColumnType<number, number | undefined, number>;
  closed_on: string | null;
}

export interface StaffTable {
  agency_id: number;
  id: Generated<number>;
  unit_id: number;
  name: string;
  username: string;
  post: ColumnType<string, string | undefined, string>;
  phone: ColumnType<string, string | undefined, string>;
  email: ColumnType<string, string | undefined, string>;
  account_id: string | null;
  must_change_password: ColumnType<boolean, boolean | undefined, boolean>;
  left_on: string | null;
  demonstration: ColumnType<boolean, boolean | undefined, boolean>;
  created_at: Generated<Date>;
}

export interface StaffRoleTable {
  agency_id: number;
  staff_id: number;
  role: string;
  from_on: string;
  to_on: string | null;
}

declare module '../../core/db.ts' {
  interface Database {
    agencies: AgencyTable;
    units: UnitTable;
    staff: StaffTable;
    staff_roles: StaffRoleTable;
  }
}
