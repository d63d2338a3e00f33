import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import {
  findUser,
  lockedUsernames,
  lockOf,
  resetSecondFactor,
  setFirstPassword,
  unlock,
} from '../../areas/accounts/index.ts';
import {
  type Agency,
  addStaff,
  demandWithin,
  editStaff,
  endRole,
  exportStaff,
  findStaff,
  grantRole,
  leave,
  listStaff,
  listUnits,
  type Role,
  returnToWork,
  roles,
  type StaffFilter,
  type StaffMember,
} from '../../areas/organisations/index.ts';
import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { NotFound } from '../../core/refusal.ts';
import { actsOf } from '../../ledger/index.ts';
import { formOf } from '../sign-in/visit.ts';
import { staffCsv, staffXlsx } from './export.ts';
import { agencyOf, type Errors, idOf, orAgain, queryOf, within } from './request.ts';
import { NewStaffPage, StaffListPage, type StaffQuery } from './staff-list.tsx';
import { AccountActPage, FirstPasswordShownPage, StaffPage } from './staff-page.tsx';

const PAGE = 50;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
type ById = { Params: { id: string } };

const nowOf = (ctx: Ctx) => instantOf(ctx.clock);
const todayOf = (ctx: Ctx) => ctx.clock.today().toString();

/** The filter of the list; what is not one of the choices counts as not asked. */
function filterOf(request: FastifyRequest, on: string): { query: StaffQuery; filter: StaffFilter } {
  const { q = '', unit = '', role = '', state = '' } = queryOf(request);
  const query: StaffQuery = {
    q: q.trim(),
    unit: /^\d{1,9}$/.test(unit) ? unit : '',
    role: role in roles ? role : '',
    state: state === 'left' || state === 'all' ? state : 'here',
  };
  const filter: StaffFilter = {
    on,
    text: query.q || undefined,
    unitId: query.unit ? Number(query.unit) : undefined,
    role: (query.role || undefined) as Role | undefined,
    state: query.state as StaffFilter['state'],
  };
  return { query, filter };
}

const personOf = (form: Record<string, string>) => ({
  name: form.name ?? '',
  unitId: Number(form.unitId || Number.NaN),
  post: form.post ?? '',
  phone: form.phone ?? '',
  email: form.email ?? '',
});

export function staffRoutes(app: App): FastifyPluginAsync {
  /** The person of an address, in an agency this administrator keeps. */
  async function personAt(
    request: FastifyRequest,
    id: string,
  ): Promise<{ ctx: Ctx; agency: Agency; person: StaffMember }> {
    const { ctx, agency } = await agencyOf(app, request);
    const person = await findStaff(ctx.db, agency.id, idOf(id));
    if (!person) throw new NotFound('没有找到这位人员。');
    return { ctx, agency, person };
  }

  async function staffPage(
    request: FastifyRequest,
    id: string,
    wrong: {
      form?: 'person' | 'role' | 'end' | 'departure';
      given?: Record<string, string>;
      errors?: Errors;
    } = {},
  ) {
    const { ctx, agency, person } = await personAt(request, id);
    const user = person.accountId ? await findUser(ctx.db, person.accountId) : null;
    return (
      <StaffPage
        agency={agency}
        person={person}
        units={await listUnits(ctx.db, agency.id)}
        lockedUntil={await lockOf(ctx.db, person.username, nowOf(ctx))}
        secondFactor={user?.secondFactor ?? false}
        history={await actsOf(ctx.db, agency.id, 'staff', person.id, 50)}
        today={todayOf(ctx)}
        {...wrong}
      />
    );
  }

  async function newStaffPage(request: FastifyRequest, given?: Record<string, string>, errors?: Errors) {
    const { ctx, agency } = await agencyOf(app, request);
    const units = (await listUnits(ctx.db, agency.id)).filter((unit) => !unit.closedOn);
    return <NewStaffPage agency={agency} units={units} today={todayOf(ctx)} given={given} errors={errors} />;
  }

  const backTo = (agency: Agency, request: FastifyRequest, id: string | number) =>
    `/workbench/staff/${id}${within(agency, request.staff)}`;

  return async (server) => {
    server.get('/workbench/staff', async (request, reply) => {
      const { ctx, agency } = await agencyOf(app, request);
      const { query, filter } = filterOf(request, todayOf(ctx));
      const { after } = queryOf(request);
      const found = await listStaff(ctx.db, agency.id, { ...filter, after, limit: PAGE + 1 });
      const people = found.slice(0, PAGE);
      const usernames = people.map((person) => person.username);
      return reply.page(
        <StaffListPage
          agency={agency}
          units={await listUnits(ctx.db, agency.id)}
          people={people}
          query={query}
          locked={await lockedUsernames(ctx.db, usernames, nowOf(ctx))}
          today={todayOf(ctx)}
          firstPage={!after}
          nextAfter={found.length > PAGE ? (people.at(-1)?.username ?? null) : null}
        />,
      );
    });

    server.get('/workbench/staff/export.xlsx', async (request, reply) => {
      const { ctx, agency } = await agencyOf(app, request);
      const people = await exportStaff(ctx, filterOf(request, todayOf(ctx)).filter, 'xlsx');
      reply.header('content-disposition', `attachment; filename="staff-${agency.code}.xlsx"`).type(XLSX);
      return reply.send(await staffXlsx(agency, people, todayOf(ctx)));
    });

    server.get('/workbench/staff/export.csv', async (request, reply) => {
      const { ctx, agency } = await agencyOf(app, request);
      const people = await exportStaff(ctx, filterOf(request, todayOf(ctx)).filter, 'csv');
      reply.header('content-disposition', `attachment; filename="staff-${agency.code}.csv"`);
      return reply.type('text/csv; charset=utf-8').send(staffCsv(people, todayOf(ctx)));
    });

    server.get('/workbench/staff/new', async (request, reply) => {
      const { ctx } = await agencyOf(app, request);
      await demandWithin(ctx, 'organisations.write');
      return reply.page(await newStaffPage(request));
    });

    server.post('/workbench/staff', async (request, reply) => {
      const { ctx, agency } = await agencyOf(app, request);
      const form = formOf(request);
      const granted = form.role ? [{ role: form.role as Role, from: form.from ?? '' }] : [];
      return orAgain(
        async () => {
          const id = await addStaff(ctx, {
            ...personOf(form),
            username: form.username ?? '',
            roles: granted,
          });
          reply.flash('success', `已新增${form.name}。请开通账号并告知初始密码。`);
          return reply.redirect(backTo(agency, request, id), 303);
        },
        (errors) => newStaffPage(request, form, errors),
        reply,
        (field) => field.replace(/^roles\.0\./, ''),
      );
    });

    server.get<ById>('/workbench/staff/:id', async (request, reply) =>
      reply.page(await staffPage(request, request.params.id)),
    );

    /** One act on one person: done, said, back to the page; wrong fields show the page again. */
    const act = (
      path: string,
      form: 'person' | 'role' | 'end' | 'departure',
      said: (person: StaffMember) => string,
      work: (ctx: Ctx, person: StaffMember, given: Record<string, string>) => Promise<void>,
    ) =>
      server.post<ById>(`/workbench/staff/:id${path}`, async (request, reply) => {
        const { ctx, agency, person } = await personAt(request, request.params.id);
        const given = formOf(request);
        return orAgain(
          async () => {
            await work(ctx, person, given);
            reply.flash('success', said(person));
            return reply.redirect(backTo(agency, request, person.id), 303);
          },
          (errors) => staffPage(request, request.params.id, { form, given, errors }),
          reply,
        );
      });

    act(
      '',
      'person',
      () => '基本信息已保存。',
      (ctx, person, given) => editStaff(ctx, person.id, personOf(given)),
    );
    act(
      '/roles',
      'role',
      (person) => `已授予${person.name}角色。`,
      (ctx, person, given) =>
        grantRole(ctx, person.id, { role: given.role as Role, from: given.from ?? '', to: given.to || null }),
    );
    act(
      '/roles/end',
      'end',
      () => '任期截止日期已登记。',
      (ctx, person, given) =>
        endRole(ctx, person.id, { role: given.role ?? '', from: given.from ?? '', to: given.to ?? '' }),
    );
    act(
      '/departure',
      'departure',
      (person) => `已登记${person.name}离岗。`,
      (ctx, person, given) => leave(ctx, person.id, given.on ?? ''),
    );
    act(
      '/return',
      'person',
      (person) => `${person.name}已恢复在岗，请重新授予角色。`,
      (ctx, person) => returnToWork(ctx, person.id),
    );
    act(
      '/unlocking',
      'person',
      (person) => `${person.name}的账号已解除锁定。`,
      (ctx, person) => unlock(ctx, person.id),
    );
    act(
      '/second-factor',
      'person',
      (person) => `${person.name}的动态验证码已重置。`,
      (ctx, person) => resetSecondFactor(ctx, person.id),
    );

    for (const kind of ['password', 'second-factor'] as const) {
      server.get<ById>(`/workbench/staff/:id/${kind}`, async (request, reply) => {
        const { ctx, agency, person } = await personAt(request, request.params.id);
        await demandWithin(ctx, 'organisations.write');
        return reply.page(<AccountActPage agency={agency} person={person} act={kind} />);
      });
    }

    server.post<ById>('/workbench/staff/:id/password', async (request, reply) => {
      const { ctx, agency, person } = await personAt(request, request.params.id);
      const password = await setFirstPassword(ctx, person.id);
      return reply.page(<FirstPasswordShownPage agency={agency} person={person} password={password} />);
    });
  };
}
