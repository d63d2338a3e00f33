import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import {
  exportFindings,
  judgeFinding,
  type ListedFinding,
  listReportingUnits,
  rulesBroken,
  worstFindings,
} from '../../areas/filed-reports/index.ts';
import { may } from '../../areas/organisations/index.ts';
import type { Ctx } from '../../core/context.ts';
import { asDownload, XLSX } from '../../core/download.ts';
import { InvalidForm, NotFound } from '../../core/refusal.ts';
import { oneOf, staffCtx } from '../request.ts';
import { FINDINGS, withQuery } from './addresses.ts';
import { BulkJudgementPage } from './bulk-judgement.tsx';
import { FindingListPage, type FindingListProps } from './finding-list.tsx';
import { findingValue } from './finding-parts.tsx';
import { pagingOf } from './paging.ts';
import { fieldsOf, idOf, listed } from './request.ts';
import { judgements, verdicts } from './words.ts';
import { yearChoice } from './years.ts';

const FINDINGS_SHOWN = 50;
const FINDINGS_OF_ONE_REPORT = 500;
const judgedStates = { ...judgements, none: true };

export const findingRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(FINDINGS, async (request, reply) => {
      const ctx = staffCtx(app, request, 'filed-reports.read');
      const props = await listProps(ctx, request.query);
      return reply.page(<FindingListPage {...props} />, Object.keys(props.errors).length > 0 ? 422 : 200);
    });

    server.get(`${FINDINGS}/export.xlsx`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'filed-reports.read');
      const field = fieldsOf(request.query);
      const { year } = await yearChoice(ctx, field('year'));
      const unit = field('unit-id');
      const { name, content } = await exportFindings(ctx, {
        year,
        ...(unit && { unitId: idOf(unit, '没有找到这个报送单位。') }),
      });
      return asDownload(reply, name, XLSX).send(content);
    });

    server.post(`${FINDINGS}/judgements/preview`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'filed-reports.judge');
      const { chosen, judgement, note, back } = bulkForm(request);
      const errors: Record<string, string> = {};
      if (chosen.length === 0) errors[''] = '请先勾选要认定的发现。';
      if (!judgement) errors.judgement = '请选择认定为属实、不成立还是已说明。';
      if (!judgement || chosen.length === 0) {
        const query = new URLSearchParams(back.split('?')[1] ?? '');
        const props = await listProps(ctx, Object.fromEntries(query));
        return reply.page(<FindingListPage {...props} errors={errors} />, 422);
      }
      const found = await findingsNamed(ctx, chosen);
      const same = found.filter(
        ({ judged }) => judged?.judgement === judgement && (judged.note === note || note === ''),
      );
      return reply.page(
        <BulkJudgementPage
          year={found[0]?.year}
          judgement={judgement}
          note={note}
          back={back}
          taken={found.filter((one) => !same.includes(one))}
          same={same}
          gone={chosen.length - found.length}
        />,
      );
    });

    server.post(`${FINDINGS}/judgements`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'filed-reports.judge');
      const { chosen, judgement, note, back } = bulkForm(request);
      if (!judgement) throw new InvalidForm({ '': '请选择认定为属实、不成立还是已说明。' });
      let [saved, gone] = [0, 0];
      for (const one of chosen) {
        try {
          await judgeFinding(ctx, one, { judgement, note });
          saved += 1;
        } catch (error) {
          if (error instanceof InvalidForm) {
            const found = await findingsNamed(ctx, chosen);
            return reply.page(
              <BulkJudgementPage
                year={found[0]?.year}
                judgement={judgement}
                note={note}
                back={back}
                taken={found}
                same={[]}
                gone={chosen.length - found.length}
                errors={error.fields}
              />,
              422,
            );
          }
          if (!(error instanceof NotFound)) throw error;
          gone += 1;
        }
      }
      const skipped = gone > 0 ? `，跳过 ${gone} 处（最近一次核查中已不存在）` : '';
      reply.flash(
        gone > 0 ? 'warning' : 'success',
        `已认定 ${saved} 处发现为“${judgements[judgement].label}”${skipped}。`,
      );
      return reply.redirect(back, 303);
    });
  };

async function listProps(ctx: Ctx, given: unknown): Promise<FindingListProps> {
  const field = fieldsOf(given);
  const { year, years } = await yearChoice(ctx, field('year'));
  const query = {
    year,
    unit: field('unit').slice(0, 60),
    rule: field('rule').slice(0, 20),
    verdict: oneOf(verdicts, field('verdict')),
    judged: oneOf(judgedStates, field('judged')),
  };
  const errors: Record<string, string> = {};
  const unitId = query.unit === '' ? undefined : await unitCalled(ctx, query.unit);
  if (unitId === null) errors.unit = `没有名称含“${query.unit}”的报送单位。`;
  const paging = pagingOf(FINDINGS, query, field('pages'));
  const [{ items, next }, rules] = await Promise.all([
    unitId === null
      ? { items: [], next: null }
      : worstFindings(
          ctx,
          {
            year,
            ...(query.rule && { rule: query.rule }),
            ...(unitId && { unitId }),
            ...(query.verdict && { verdict: query.verdict }),
            ...(query.judged && { judged: query.judged }),
          },
          { after: paging.after, limit: FINDINGS_SHOWN },
        ),
    rulesBroken(ctx, year),
  ]);
  return {
    query,
    years,
    rules,
    findings: items,
    previousHref: paging.previousHref,
    nextHref: paging.nextHref(next),
    mayJudge: may(ctx.actor, 'filed-reports.judge'),
    errors,
  };
}

/** The unit a name finds: that of exactly this name, else the first that holds it; null when there is none. */
async function unitCalled(ctx: Ctx, name: string): Promise<number | null> {
  const { items } = await listReportingUnits(ctx, { search: name }, { limit: 50 });
  return (items.find((unit) => unit.name === name) ?? items[0])?.id ?? null;
}

function bulkForm(request: FastifyRequest) {
  const field = fieldsOf(request.body);
  const chosen = listed(request.body, 'finding', FINDINGS_SHOWN * 4).flatMap((value) => {
    const [, unitId, year, key] = /^(\d{1,15})\.(20\d\d)\.([0-9a-f]{32})$/.exec(value) ?? [];
    return key ? [{ unitId: Number(unitId), year: Number(year), key }] : [];
  });
  const back = field('back');
  return {
    chosen,
    judgement: oneOf(judgements, field('judgement')),
    note: field('note'),
    back: back === FINDINGS || back.startsWith(`${FINDINGS}?`) ? back : withQuery(FINDINGS, {}),
  };
}

/** The findings that forms name, as the newest checks have them, in the order named. */
async function findingsNamed(
  ctx: Ctx,
  named: readonly { unitId: number; year: number; key: string }[],
): Promise<ListedFinding[]> {
  const reports = new Map(named.map(({ unitId, year }) => [`${unitId}.${year}`, { unitId, year }]));
  const found = new Map<string, ListedFinding>();
  for (const { unitId, year } of reports.values()) {
    const filter = { year, unitId, notices: true };
    const { items } = await worstFindings(ctx, filter, { limit: FINDINGS_OF_ONE_REPORT });
    for (const item of items) found.set(findingValue(item), item);
  }
  return named.flatMap((one) => found.get(findingValue(one)) ?? []);
}
