import { type Agency, roles, type StaffMember } from '../../areas/organisations/index.ts';
import { type CellValue, writeCsv, writeXlsx } from '../../core/spreadsheet/index.ts';
import { rolesHeld } from './staff-list.tsx';

const columns = [
  '用户名',
  '姓名',
  '部门',
  '职务',
  '联系电话',
  '电子邮箱',
  '现任角色',
  '历任角色',
  '离岗日期',
];

function cells(person: StaffMember, on: string): CellValue[] {
  const history = person.roles
    .map(({ role, from, to }) => `${roles[role]}(${from}至${to ?? '今'})`)
    .join('、');
  const { username, name, unitName, post, phone, email, leftOn } = person;
  return [username, name, unitName, post, phone, email, rolesHeld(person, on), history, leftOn];
}

export const staffCsv = (people: readonly StaffMember[], on: string): string =>
  writeCsv(
    columns,
    people.map((person) => cells(person, on)),
  );

export const staffXlsx = (agency: Agency, people: readonly StaffMember[], on: string): Promise<Buffer> =>
  writeXlsx([
    {
      name: '人员名单',
      heading: [`${agency.name}人员名单`, `截至${on}`],
      columns: columns.map((label) => ({
        label,
        kind: label === '离岗日期' ? 'date' : 'text',
        width: label.includes('角色') ? 30 : 16,
      })),
      rows: people.map((person) => cells(person, on)),
    },
  ]);
