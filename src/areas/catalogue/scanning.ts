import type { Ctx } from '../../core/context.ts';
import { Refusal } from '../../core/refusal.ts';
import {
  type DeadLink,
  deadLinks,
  heldBack,
  type InsidePage,
  insidePage,
  type Judged,
  judged,
  linksOf,
  loadDictionary,
  type ScanFacts,
  type ScannedText,
  scan,
} from '../reviews/index.ts';
import { findColumnBySlug } from './column-store.ts';
import { filesOfVersion, findFileByDigest } from './file-store.ts';
import type { ItemFile, Version } from './model.ts';
import { stateOfItem } from './scan-store.ts';

/** What the scan finds in a version, beside the reasons for what was let stand. */
export async function findingsOf(
  ctx: Ctx,
  version: Version,
  files?: readonly Pick<ItemFile, 'name' | 'plain' | 'kind'>[],
): Promise<Judged[]> {
  const present = files ?? (await filesOfVersion(ctx.db, ctx.agencyId, version.itemId, version.version));
  return judged(scan(scannedOf(version, present), await scanFacts(ctx, version)), version.letStand);
}

/** @throws Refusal `catalogue-scan-open` while something must be put right or has no reason to stand */
export async function demandScanned(
  ctx: Ctx,
  version: Version,
  files?: readonly Pick<ItemFile, 'name' | 'plain' | 'kind'>[],
): Promise<void> {
  const held = heldBack(await findingsOf(ctx, version, files));
  if (held !== null) throw new Refusal('catalogue-scan-open', held, { status: 409 });
}

/** What the scan of a version has to know besides its text. */
export async function scanFacts(ctx: Ctx, { body }: Pick<Version, 'body'>): Promise<ScanFacts> {
  const hrefs = linksOf(body);
  return {
    dictionary: await loadDictionary(ctx.db, ctx.agencyId),
    deadLinks: [...(await deadLinks(ctx, hrefs)), ...(await deadInside(ctx, hrefs))],
    today: ctx.clock.today(),
  };
}

/** Links to pages of this site that the public cannot read. */
async function deadInside(ctx: Ctx, hrefs: readonly string[]): Promise<DeadLink[]> {
  const inside = hrefs.flatMap((href) => {
    const page = insidePage(href);
    return page === null ? [] : [{ href, page }];
  });
  const dead: DeadLink[] = [];
  for (const { href, page } of inside.slice(0, MOST_INSIDE)) {
    const why = await whyDead(ctx, page);
    if (why !== null) dead.push({ href, why, checkedOn: null });
  }
  return dead;
}

/** More links than this are not asked for one by one. */
const MOST_INSIDE = 200;

async function whyDead(ctx: Ctx, page: InsidePage): Promise<string | null> {
  const { db, agencyId } = ctx;
  if (page.kind === 'column')
    return (await findColumnBySlug(db, agencyId, page.slug)) ? null : '打不开：本站没有这个栏目';
  if (page.kind === 'file') {
    const known = await findFileByDigest(db, agencyId, page.itemId, page.digest);
    return known ? null : '打不开：本站没有这份文件';
  }
  const state = await stateOfItem(db, agencyId, page.indexNumber);
  if (state === null || state === 'discarded') return '打不开：本站没有这条信息';
  if (state === 'withdrawn') return '打不开：这条信息已撤下';
  return state === 'published' ? null : '打不开：这条信息还没有发布';
}

/** What of a version is scanned. */
export function scannedOf(
  version: Version,
  files: readonly Pick<ItemFile, 'name' | 'plain' | 'kind'>[],
): ScannedText {
  const { title, abstract, body, documentNumber, issuingBody, source, keywords, amendment } = version;
  return {
    title,
    abstract,
    body,
    documentNumber,
    issuingBody,
    source,
    keywords,
    amendment,
    normative: version.normative !== 'none',
    interpretationPlan: version.interpretationPlan,
    files: files.map(({ name, plain, kind }) => ({ name, plain, kind })),
  };
}
