import { text } from 'node:stream/consumers';
import type { App } from '../../app.ts';
import { setFirstPassword } from '../../areas/accounts/index.ts';
import {
  addStaff,
  addUnit,
  createAgency,
  findAgency,
  findStaffByUsername,
  findUnitByCode,
  listAgencies,
  listUnits,
  type Role,
  roles,
} from '../../areas/organisations/index.ts';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { type Command, DONE, readOptions, suggestion, UsageError } from '../command.ts';
import { withApp } from '../installation.ts';

const roleList = Object.entries(roles)
  .map(([role, label]) => `${role} ${label}`)
  .join('、');

const help = `
用法：gongkai user add --agency 代码 --unit 代码 --name 姓名 --username 用户名 [--role 角色]… [选项]

新增一位人员并开通账号。初始密码自动生成并只显示这一次，首次登录时须修改。已有这个用户名时不做任何改动。

  --agency 代码        所在机构；--agency-name 名称：没有这个机构时先建立它
  --unit 代码          所在部门；--unit-name 名称：没有这个部门时先建立它
  --name 姓名          姓名
  --username 用户名    小写字母开头
  --role 角色          可写多次：${roleList}
  --from 日期          角色的起始日期，默认今天
  --password-stdin     从标准输入读取初始密码，不自动生成
  --json               输出 {"username", "created", "password"}，未生成密码时 password 为 null

例：gongkai user add --agency khtz --agency-name 昆明高新技术产业开发区管理委员会 --unit bgs --unit-name 办公室 \\
      --name 张三 --username zhangsan --role administrator
`;

interface Wanted {
  agency: string;
  agencyName: string | undefined;
  unit: string;
  unitName: string | undefined;
  name: string;
  username: string;
  roles: Role[];
  from: string;
  /** Null: generate one. */
  password: string | null;
}

export const command: Command = {
  name: 'user',
  help,
  async run(args, io) {
    const { values, positionals } = readOptions(args, {
      agency: { type: 'string' },
      'agency-name': { type: 'string' },
      unit: { type: 'string' },
      'unit-name': { type: 'string' },
      name: { type: 'string' },
      username: { type: 'string' },
      role: { type: 'string', multiple: true },
      from: { type: 'string' },
      'password-stdin': { type: 'boolean' },
      json: { type: 'boolean' },
    });
    const faults = positionals[0] === 'add' && positionals.length === 1 ? [] : ['应为 gongkai user add'];
    for (const name of ['agency', 'unit', 'name', 'username'] as const) {
      if (!values[name]) faults.push(`--${name}：请填写`);
    }
    const wantedRoles = (values.role ?? []).map((word) => {
      const role = roleOf(word);
      if (!role) faults.push(`--role ${word}：没有这个角色${suggestion(word, Object.keys(roles))}`);
      return role as Role;
    });
    if (faults.length > 0) throw new UsageError(faults);
    const { agency = '', unit = '', name = '', username = '' } = values;
    const given = values['password-stdin'] ? (await text(process.stdin)).replace(/\r?\n$/, '') : null;
    const added = await withApp(io.env, (app) =>
      addUser(app, {
        agency,
        agencyName: values['agency-name'],
        unit,
        unitName: values['unit-name'],
        name,
        username: username.toLowerCase(),
        roles: wantedRoles,
        from: values.from ?? app.clock.today().toString(),
        password: given,
      }),
    );
    const shown = added.created && given === null ? added.password : null;
    if (values.json) {
      io.stdout(`${JSON.stringify({ username: added.username, created: added.created, password: shown })}\n`);
    } else if (!added.created) {
      io.stdout(`用户 ${added.username} 已经存在，没有改动。\n`);
    } else {
      io.stdout(`已新增用户 ${added.username}。\n`);
      if (shown) io.stdout(`初始密码（只显示这一次）:${shown}\n`);
    }
    return DONE;
  },
};

/** A role by its code or its Chinese name. */
function roleOf(word: string): Role | undefined {
  return (Object.keys(roles) as Role[]).find((role) => role === word || roles[role] === word);
}

/** All of it in one transaction: a wrong field leaves neither agency nor unit behind. */
function addUser(
  app: App,
  wanted: Wanted,
): Promise<{ username: string; created: boolean; password: string | null }> {
  const base = {
    db: app.connection.db,
    clock: app.clock,
    actor: { kind: 'system' as const, name: 'gongkai user add' },
  };
  return transact(base, async (within) => {
    const there = await findStaffByUsername(within.db, wanted.username);
    const agency = await findAgency(within.db, wanted.agency);
    if (there) {
      if (there.agencyId === agency?.id) return { username: there.username, created: false, password: null };
      throw new UsageError([`--username ${wanted.username}：已被另一机构的人员使用，请换一个`]);
    }
    const agencyId = agency?.id ?? (await firstOf(within, wanted));
    const ctx: Ctx = { ...within, agencyId };
    const unitId = (await findUnitByCode(ctx.db, agencyId, wanted.unit))?.id ?? (await newUnit(ctx, wanted));
    const staffId = await addStaff(ctx, {
      unitId,
      name: wanted.name,
      username: wanted.username,
      roles: wanted.roles.map((role) => ({ role, from: wanted.from })),
    });
    const password = await setFirstPassword(
      ctx,
      staffId,
      wanted.password === null ? {} : { password: wanted.password },
    );
    return { username: wanted.username, created: true, password };
  });
}

async function firstOf(ctx: Omit<Ctx, 'agencyId'>, wanted: Wanted): Promise<number> {
  if (wanted.agencyName) {
    const name = wanted.agencyName;
    return createAgency(ctx, { code: wanted.agency, name, shortName: name.slice(0, 50) });
  }
  const codes = (await listAgencies(ctx.db)).map((agency) => agency.code);
  const known = codes.length > 0 ? `；现有 ${codes.join('、')}` : '；现在还没有任何机构';
  throw new UsageError([`--agency ${wanted.agency}：没有这个机构${known}。要建立它请加 --agency-name 名称`]);
}

async function newUnit(ctx: Ctx, wanted: Wanted): Promise<number> {
  if (wanted.unitName) return addUnit(ctx, { code: wanted.unit, name: wanted.unitName });
  const codes = (await listUnits(ctx.db, ctx.agencyId)).map((unit) => unit.code);
  const known = codes.length > 0 ? `；现有 ${codes.join('、')}` : '；这个机构还没有部门';
  throw new UsageError([`--unit ${wanted.unit}：没有这个部门${known}。要建立它请加 --unit-name 名称`]);
}
