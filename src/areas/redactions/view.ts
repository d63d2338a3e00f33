import { demand } from '../organisations/index.ts';
import { demandCase, seesEveryCase } from '../requests/index.ts';
import { exportsOf, openingsOf } from './access-store.ts';
import { grounds } from './grounds.ts';
import { demandJob, noteOpening, openOriginal, redactionNamePlace } from './job-access.ts';
import type { RedactionCtx, RedactionJob, RedactionView } from './model.ts';
import { boxesOf, type JobRow, jobsPage } from './store.ts';

const OPENINGS_SHOWN = 20;
/** Of pages on the screen. */
const SCREEN_DPI = 110;

/** A redaction with its boxes; that the original was opened is recorded. @throws NotFound */
export async function readRedaction(ctx: RedactionCtx, id: number): Promise<RedactionView> {
  const job = await demandJob(ctx, id);
  await noteOpening(ctx, job);
  const { db, agencyId } = ctx;
  const [boxes, made, openings, request] = await Promise.all([
    boxesOf(db, agencyId, id),
    exportsOf(db, agencyId, id),
    openingsOf(db, agencyId, id, OPENINGS_SHOWN),
    job.requestId === null ? null : demandCase(ctx, job.requestId),
  ]);
  return {
    ...plain(job),
    name: nameOf(ctx, job),
    requestNumber: request?.number ?? null,
    boxes,
    exports: made.filter(({ sealedDigest }) => sealedDigest !== null),
    openings,
  };
}

/** A line of the list of redactions. */
export interface RedactionLine extends RedactionJob {
  name: string;
}

/** Those somebody may see, newest first; of one case with `requestId`. */
export async function listRedactions(
  ctx: RedactionCtx,
  filter: { requestId?: number },
  page: { before?: number | null; limit: number },
): Promise<{ items: RedactionLine[]; next: number | null }> {
  demand(ctx.actor, 'requests.redact');
  const { actor } = ctx;
  const own = actor.kind === 'staff' && !seesEveryCase(actor) ? { own: actor } : {};
  const rows = await jobsPage(
    ctx.db,
    ctx.agencyId,
    { ...filter, ...own },
    {
      before: page.before ?? null,
      limit: page.limit + 1,
    },
  );
  const items = rows.slice(0, page.limit).map((job) => ({ ...plain(job), name: nameOf(ctx, job) }));
  return { items, next: rows.length > page.limit ? (items.at(-1)?.id ?? null) : null };
}

/** A JPEG of a page: as it is, or with its boxes painted as they will be exported. @throws NotFound, UnreadableFile */
export async function pageImage(
  ctx: RedactionCtx,
  id: number,
  page: number,
  side: 'before' | 'after',
): Promise<Uint8Array> {
  const { pdf } = await openOriginal(ctx, id);
  const boxes = side === 'before' ? [] : await boxesOf(ctx.db, ctx.agencyId, id);
  return ctx.redactor.pageImage(pdf, page, {
    dpi: SCREEN_DPI,
    boxes: boxes
      .filter((box) => box.page === page)
      .map(({ ground, ...box }) => ({ ...box, ground: grounds[ground] })),
  });
}

const nameOf = (ctx: RedactionCtx, { nameSealed, token }: JobRow) =>
  ctx.vault.open(nameSealed, redactionNamePlace(ctx.agencyId, token));

function plain({ token: _, nameSealed: __, workingDigest: ___, ...job }: JobRow): RedactionJob {
  return job;
}
