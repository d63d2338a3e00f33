import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import { lockedAddresses, unlockAddress } from '../../areas/accounts/index.ts';
import {
  type Agency,
  addUnit,
  branchOf,
  closeUnit,
  countStaffOfUnit,
  createAgency,
  demandWithin,
  editAgency,
  editUnit,
  findUnit,
  listAgencies,
  listUnits,
  may,
  reopenUnit,
} from '../../areas/organisations/index.ts';
import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { InvalidForm, NotFound } from '../../core/refusal.ts';
import { actsOf } from '../../ledger/index.ts';
import { staffCtx } from '../request.ts';
import { formOf } from '../sign-in/visit.ts';
import { AgenciesPage, AgencyPage, limitFields, NewAgencyPage } from './agencies.tsx';
import { PolicyPage } from './policy.tsx';
import { agencyOf, type Errors, idOf, orAgain, within } from './request.ts';
import { UnitPage, UnitsPage } from './units.tsx';

/** `''` stays out; a whole number becomes one; anything else is left for the form to refuse. */
const numberOf = (text: string | undefined): number => (text?.trim() ? Number(text) : Number.NaN);

/** One's own agency and everything below it, in reading order. */
async function ownBranch(ctx: Ctx, agencyId: number) {
  const tree = await listAgencies(ctx.db);
  const ids = new Set(branchOf(tree, agencyId));
  const branch = tree.filter((agency) => ids.has(agency.id));
  const top = branch[0]?.depth ?? 0;
  return branch.map((agency) => ({ ...agency, depth: agency.depth - top }));
}

/** The sign-in limits typed into the agency form; each is checked beside its field. */
function limitsFrom(form: Record<string, string>): Record<string, number> {
  const errors: Record<string, string> = {};
  const limits = limitFields.map(({ name, min, max, suffix }) => {
    const value = numberOf(form[`signIn.${name}`]);
    if (!Number.isInteger(value) || value < min || value > max) {
      errors[`signIn.${name}`] = `请填写${min}至${max}之间的整数（${suffix}）。`;
    }
    return [name, value];
  });
  if (Object.keys(errors).length > 0) throw new InvalidForm(errors);
  return Object.fromEntries(limits);
}

const siteFrom = (form: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) =>
      name.startsWith('site.') ? [[name.slice(5), value]] : [],
    ),
  );

export function agencyRoutes(app: App): FastifyPluginAsync {
  async function agencyPage(ctx: Ctx, agency: Agency, given?: Record<string, string>, errors?: Errors) {
    const tree = await listAgencies(ctx.db);
    const own = ctx.actor.kind === 'staff' ? ctx.actor.agencyId : agency.id;
    const below = new Set(branchOf(tree, agency.id));
    const reach = new Set(branchOf(tree, own));
    const parents = agency.id === own ? null : tree.filter(({ id }) => reach.has(id) && !below.has(id));
    const parent = tree.find(({ id }) => id === agency.parentId) ?? null;
    const history = await actsOf(ctx.db, agency.id, 'agency', agency.id, 20);
    return (
      <AgencyPage
        agency={agency}
        parents={parents}
        parent={parent}
        history={history}
        given={given}
        errors={errors}
      />
    );
  }

  async function newAgencyPage(ctx: Ctx, given?: Record<string, string>, errors?: Errors) {
    return <NewAgencyPage parents={await ownBranch(ctx, ctx.agencyId)} given={given} errors={errors} />;
  }

  async function unitPage(
    request: FastifyRequest,
    unitId: number,
    given?: Record<string, string>,
    errors?: Errors,
  ) {
    const { ctx, agency } = await agencyOf(app, request);
    const unit = await findUnit(ctx.db, agency.id, unitId);
    if (!unit) throw new NotFound('没有找到这个部门。');
    const people = await countStaffOfUnit(ctx.db, agency.id, unitId, ctx.clock.today().toString());
    return <UnitPage agency={agency} unit={unit} people={people} given={given} errors={errors} />;
  }

  async function unitsPage(request: FastifyRequest, given?: Record<string, string>, errors?: Errors) {
    const { ctx, agency } = await agencyOf(app, request);
    return (
      <UnitsPage agency={agency} units={await listUnits(ctx.db, agency.id)} given={given} errors={errors} />
    );
  }

  return async (server) => {
    server.get('/workbench/agencies', async (request, reply) => {
      const { ctx } = await agencyOf(app, request);
      const now = instantOf(ctx.clock);
      const locked = may(ctx.actor, 'organisations.write') ? await lockedAddresses(ctx.db, now) : [];
      return reply.page(
        <AgenciesPage agencies={await ownBranch(ctx, staffCtx(app, request).agencyId)} locked={locked} />,
      );
    });

    server.post('/workbench/agencies', async (request, reply) => {
      const ctx = staffCtx(app, request);
      const form = formOf(request);
      const { code = '', name = '', shortName = '', creditCode } = form;
      return orAgain(
        async () => {
          const parentId = numberOf(form.parentId);
          await createAgency(ctx, {
            code,
            name,
            shortName,
            creditCode,
            parentId: Number.isInteger(parentId) ? parentId : null,
          });
          reply.flash('success', `已新增${name}。请接着为它新增部门和人员。`);
          return reply.redirect(`/workbench/units?agency=${encodeURIComponent(code)}`, 303);
        },
        (errors) => newAgencyPage(ctx, form, errors),
        reply,
      );
    });

    server.get('/workbench/agencies/new', async (request, reply) => {
      const ctx = staffCtx(app, request);
      await demandWithin(ctx, 'organisations.write');
      return reply.page(await newAgencyPage(ctx));
    });

    server.get<{ Params: { code: string } }>('/workbench/agencies/:code', async (request, reply) => {
      const { ctx, agency } = await agencyOf(app, request, request.params.code);
      return reply.page(await agencyPage(ctx, agency));
    });

    server.post<{ Params: { code: string } }>('/workbench/agencies/:code', async (request, reply) => {
      const { ctx, agency } = await agencyOf(app, request, request.params.code);
      await demandWithin(ctx, 'organisations.write');
      const form = formOf(request);
      const { name = '', shortName = '', creditCode } = form;
      return orAgain(
        async () => {
          const parentId = numberOf(form.parentId);
          await editAgency(ctx, {
            name,
            shortName,
            creditCode,
            ...(Number.isInteger(parentId) ? { parentId } : {}),
            site: siteFrom(form),
            settings: { signIn: limitsFrom(form) },
          });
          reply.flash('success', '机构信息已保存。');
          return reply.redirect(`/workbench/agencies/${agency.code}`, 303);
        },
        (errors) => agencyPage(ctx, agency, form, errors),
        reply,
      );
    });

    server.post('/workbench/locked-addresses/release', async (request, reply) => {
      const { address = '' } = formOf(request);
      await unlockAddress(staffCtx(app, request), address);
      reply.flash('success', `已解除对地址${address}的限制。`);
      return reply.redirect('/workbench/agencies', 303);
    });

    server.get('/workbench/units', async (request, reply) => reply.page(await unitsPage(request)));

    server.post('/workbench/units', async (request, reply) => {
      const { ctx, agency } = await agencyOf(app, request);
      const form = formOf(request);
      const { name = '', code = '' } = form;
      return orAgain(
        async () => {
          await addUnit(ctx, { name, code, position: form.position?.trim() ? Number(form.position) : 0 });
          reply.flash('success', `已新增${name}。`);
          return reply.redirect(`/workbench/units${within(agency, request.staff)}`, 303);
        },
        (errors) => unitsPage(request, form, errors),
        reply,
      );
    });

    server.get<{ Params: { id: string } }>('/workbench/units/:id', async (request, reply) => {
      const { ctx } = await agencyOf(app, request);
      await demandWithin(ctx, 'organisations.write');
      return reply.page(await unitPage(request, idOf(request.params.id)));
    });

    server.post<{ Params: { id: string } }>('/workbench/units/:id', async (request, reply) => {
      const { ctx, agency } = await agencyOf(app, request);
      const form = formOf(request);
      const id = idOf(request.params.id);
      return orAgain(
        async () => {
          await editUnit(ctx, id, {
            name: form.name ?? '',
            position: form.position?.trim() ? Number(form.position) : 0,
          });
          reply.flash('success', '部门已保存。');
          return reply.redirect(`/workbench/units${within(agency, request.staff)}`, 303);
        },
        (errors) => unitPage(request, id, form, errors),
        reply,
      );
    });

    server.post<{ Params: { id: string } }>('/workbench/units/:id/closure', async (request, reply) => {
      const { ctx, agency } = await agencyOf(app, request);
      await closeUnit(ctx, idOf(request.params.id));
      reply.flash('success', '部门已停用。');
      return reply.redirect(`/workbench/units${within(agency, request.staff)}`, 303);
    });

    server.post<{ Params: { id: string } }>('/workbench/units/:id/reopening', async (request, reply) => {
      const { ctx, agency } = await agencyOf(app, request);
      await reopenUnit(ctx, idOf(request.params.id));
      reply.flash('success', '部门已恢复使用。');
      return reply.redirect(`/workbench/units${within(agency, request.staff)}`, 303);
    });

    server.get('/workbench/policy', async (request, reply) => {
      await agencyOf(app, request);
      return reply.page(<PolicyPage />);
    });
  };
}
