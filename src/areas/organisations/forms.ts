import { z } from 'zod';
import { InvalidForm } from '../../core/refusal.ts';
import { visibleLine } from '../../core/visible-text.ts';
import { checkCreditCode } from '../../law/index.ts';
import { type Role, roles } from './policy.ts';
import { contrastWithWhite } from './rules.ts';

/** What may be written about agencies, units and staff, with messages that say what to do. */

const line = (max: number, label: string) =>
  z.string().overwrite(visibleLine).max(max, `${label}不能超过${max}个字。`);
const text = (max: number, label: string) => line(max, label).default('');

export const civilDate = z.iso
  .date('请按“年-月-日”填写日期，例如 2018-03-01。')
  .refine((day) => day >= '1900-01-01', '日期过早，请核对年份。');

const code = z
  .string()
  .trim()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, '代码用小写字母、数字和连字符，不超过40个字符。');

const webAddress = (label: string) =>
  line(300, label).refine(
    (value) => !value || /^https?:\/\/[^\s]+$/.test(value),
    `${label}请填以 http:// 或 https:// 开头的完整网址。`,
  );

/** 国办发〔2017〕47号: the site identifiers on every page; each may stay empty. */
export const agencySite = z.object({
  name: line(100, '网站名称'),
  domain: line(100, '域名').refine(
    (value) => !value || /^[a-z0-9.-]+$/.test(value),
    '域名只填主机名，例如 www.example.gov.cn。',
  ),
  idCode: line(10, '网站标识码').refine(
    (value) => !value || /^(\d{10}|bm\d{8})$/.test(value),
    '网站标识码是10位数字，或 bm 加8位数字。',
  ),
  icp: line(50, 'ICP备案号'),
  police: line(50, '公安备案号'),
  host: line(100, '主办单位'),
  undertaker: line(100, '承办单位'),
  phone: line(50, '联系电话'),
  fax: line(50, '传真号码'),
  email: line(100, '电子邮箱').refine(
    (value) => !value || z.email().safeParse(value).success,
    '请填写完整的电子邮箱地址。',
  ),
  address: line(200, '办公地址'),
  officeHours: line(100, '办公时间'),
  postcode: line(6, '邮政编码').refine((value) => !value || /^\d{6}$/.test(value), '邮政编码是6位数字。'),
  partyMarkUrl: webAddress('党政机关网站标识链接'),
  reportErrorUrl: webAddress('“我为政府网站找错”链接'),
  colour: line(7, '主色')
    .refine(
      (value) => !value || /^#[0-9a-fA-F]{6}$/.test(value),
      '主色用 # 加六位十六进制数填写，例如 #12508f。',
    )
    .refine(
      (value) => !/^#[0-9a-fA-F]{6}$/.test(value) || contrastWithWhite(value) >= 4.5,
      '这个颜色太浅，白底上看不清，请选深一些的颜色。',
    ),
});

export const agencyForm = z.object({
  name: z.string().overwrite(visibleLine).min(2, '请填写机构全称。').max(100, '机构全称不能超过100个字。'),
  shortName: z.string().overwrite(visibleLine).min(2, '请填写机构简称。').max(50, '机构简称不能超过50个字。'),
  parentId: z.number().int().nullable().optional(),
  creditCode: line(18, '统一社会信用代码')
    .refine(
      (value) => !value || checkCreditCode(value).valid,
      '统一社会信用代码不正确：应为18位，最后一位是校验码，请对照证照核对。',
    )
    .optional(),
  site: agencySite.partial().default({}),
  settings: z.record(z.string(), z.unknown()).optional(),
});

export const newAgencyForm = agencyForm.extend({ code, demonstration: z.boolean().default(false) });

export const unitForm = z.object({
  name: z.string().overwrite(visibleLine).min(1, '请填写部门名称。').max(100, '部门名称不能超过100个字。'),
  position: z
    .number('排序号请填整数。')
    .int('排序号请填整数。')
    .min(0, '排序号不能为负。')
    .max(9999, '排序号不能超过9999。')
    .default(0),
});

export const newUnitForm = unitForm.extend({
  code: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/, '部门代码用字母、数字和连字符，不超过40个字符。'),
});

export const roleForm = z
  .object({
    role: z.enum(Object.keys(roles) as [Role, ...Role[]], '请选择角色。'),
    from: civilDate,
    to: civilDate.nullable().default(null),
  })
  .refine((value) => value.to === null || value.to >= value.from, {
    path: ['to'],
    message: '截止日期不能早于起始日期。',
  });

export const staffForm = z.object({
  unitId: z
    .number('请选择所在部门。')
    .int('请选择所在部门。')
    .max(2 ** 31 - 1, '请选择所在部门。'),
  name: z.string().overwrite(visibleLine).min(1, '请填写姓名。').max(50, '姓名不能超过50个字。'),
  post: text(50, '职务'),
  phone: text(20, '联系电话').refine(
    (value) => !value || /^[0-9+() -]{5,20}$/.test(value),
    '联系电话只填数字和 + - ( )。',
  ),
  email: text(100, '电子邮箱').refine(
    (value) => !value || z.email().safeParse(value).success,
    '请填写完整的电子邮箱地址。',
  ),
});

export const newStaffForm = staffForm.extend({
  username: z
    .string()
    .trim()
    .toLowerCase()
    .regex(
      /^[a-z][a-z0-9._-]{1,39}$/,
      '用户名以小写字母开头，可用字母、数字、点、下划线和连字符，2至40个字符。',
    ),
  roles: z.array(roleForm).default([]),
  demonstration: z.boolean().default(false),
});

export type AgencyForm = z.input<typeof agencyForm>;
export type NewAgency = z.input<typeof newAgencyForm>;
export type UnitForm = z.input<typeof unitForm>;
export type NewUnit = z.input<typeof newUnitForm>;
export type StaffForm = z.input<typeof staffForm>;
export type NewStaff = z.input<typeof newStaffForm>;
export type RoleGrant = z.input<typeof roleForm>;

/** Parses or throws `InvalidForm` with one message per field (`site.icp` addresses nested ones). */
export function read<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) fields[issue.path.join('.')] ??= issue.message;
  throw new InvalidForm(fields);
}
