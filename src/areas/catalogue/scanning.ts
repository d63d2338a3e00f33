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
import { filesOfVersion } from './file-store.ts';
import type { ItemFile, Version } from './model.ts';
import { standingsOf } from './scan-store.ts';

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

/** More links than this are not asked for. */
const MOST_INSIDE = 2000;

/** Links to pages of this site that the public cannot read. */
async function deadInside({ db, agencyId }: Ctx, hrefs: readonly string[]): Promise<DeadLink[]> {
  const inside = hrefs
    .flatMap((href) => {
      const page = insidePage(href);
      return page === null ? [] : [{ href, page }];
    })
    .slice(0, MOST_INSIDE);
  const standings = await standingsOf(
    db,
    agencyId,
    inside.map(({ page }) => page),
  );
  return inside.flatMap(({ href, page }, place) => {
    const why = whyDead(page, standings[place] ?? 'missing');
    return why === null ? [] : [{ href, why, checkedOn: null }];
  });
}

const nothings: Readonly<Record<InsidePage['kind'], string>> = {
  column: '打不开：本站没有这个栏目',
  file: '打不开：本站没有这份文件',
  item: '打不开：本站没有这条信息',
};

function whyDead(
  { kind }: InsidePage,
  standing: Awaited<ReturnType<typeof standingsOf>>[number],
): string | null {
  if (standing === 'missing' || standing === 'discarded') return nothings[kind];
  if (standing === 'there' || standing === 'published') return null;
  return standing === 'withdrawn' ? '打不开：这条信息已撤下' : '打不开：这条信息还没有发布';
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
