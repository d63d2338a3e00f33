import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import {
  dutyOf,
  findingsOf,
  findVersion,
  gatedFiles,
  itemHref,
  listColumns,
  listVersions,
  type Move,
  moverOf,
  moves,
  obstacle,
  reviewsOf,
  stepsOfVersion,
  versionOwingReview,
} from '../../areas/catalogue/index.ts';
import { may } from '../../areas/organisations/index.ts';
import { NotFound } from '../../core/refusal.ts';
import { actsOf } from '../../ledger/index.ts';
import type { Answer } from '../../ui/index.ts';
import type { Errors, Given } from '../request.ts';
import { ItemPage } from './item-page.tsx';
import { type ItemCtx, itemCtx, loadItem } from './request.ts';

/** The page of an item, with what was refused where something was. */
export async function showItem(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  refused?: { given: Given; errors: Errors },
): Promise<Answer> {
  const ctx = itemCtx(app, request);
  const { item, version: open } = await loadItem(ctx, request);
  const { db, agencyId, actor } = ctx;
  const live = item.liveVersion === null ? null : await findVersion(db, agencyId, item.id, item.liveVersion);
  const versions = await listVersions(db, agencyId, item.id);
  const newest = versions[0] ? await findVersion(db, agencyId, item.id, versions[0].version) : null;
  const version = open ?? live ?? newest;
  if (!version) throw new NotFound('没有找到这条信息。');
  const [owing, columns, files, reviews, steps, acts, duty] = await Promise.all([
    versionOwingReview(db, agencyId, item.id),
    listColumns(db, agencyId),
    gatedFiles(ctx, item.id, version.version),
    reviewsOf(db, agencyId, item.id),
    stepsOfVersion(ctx, version),
    actsOf(db, agencyId, 'item', item.id),
    dutyOf(ctx, item.id, version.version),
  ]);
  const findings = open ? await findingsOf(ctx, open) : null;
  const { can, why } = await movesOf(ctx, { item, version, owing });
  const mayAmend =
    item.liveVersion !== null &&
    obstacle('save', item, { ...version, state: 'draft' }, await moverOf(ctx, 'save')) === null;
  const page = (
    <ItemPage
      item={item}
      version={version}
      live={live}
      owing={owing}
      duty={duty}
      columns={columns}
      files={files}
      reviews={reviews}
      versions={versions}
      steps={steps}
      findings={findings}
      acts={acts}
      can={can}
      why={why}
      mayWithdraw={may(actor, 'catalogue.withdraw')}
      mayAmend={mayAmend}
      publicHref={itemHref(item.indexNumber)}
      {...refused}
    />
  );
  return reply.page(page, refused ? 422 : 200);
}

type Facts = Parameters<typeof obstacle>;

async function movesOf(
  ctx: ItemCtx,
  { item, version, owing }: { item: Facts[1]; version: Facts[2]; owing: Facts[2] | null },
): Promise<{ can: Set<Move>; why: Map<Move, string> }> {
  const can = new Set<Move>();
  const why = new Map<Move, string>();
  for (const move of Object.keys(moves) as Move[]) {
    const of = move === 'review-afterwards' ? (owing ?? version) : version;
    const found = obstacle(move, item, of, await moverOf(ctx, move));
    if (found) why.set(move, found.message);
    else can.add(move);
  }
  return { can, why };
}
