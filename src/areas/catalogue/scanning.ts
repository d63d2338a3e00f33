import type { Ctx } from '../../core/context.ts';
import { Refusal } from '../../core/refusal.ts';
import {
  heldBack,
  type Judged,
  judged,
  loadDictionary,
  type ScanFacts,
  type ScannedText,
  scan,
} from '../reviews/index.ts';
import { filesOfVersion } from './file-store.ts';
import type { ItemFile, Version } from './model.ts';

/** What the scan finds in a version, beside the reasons for what was let stand. */
export async function findingsOf(
  ctx: Ctx,
  version: Version,
  files?: readonly Pick<ItemFile, 'name' | 'plain' | 'kind'>[],
): Promise<Judged[]> {
  const present = files ?? (await filesOfVersion(ctx.db, ctx.agencyId, version.itemId, version.version));
  return judged(scan(scannedOf(version, present), await scanFacts(ctx)), version.letStand);
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

export async function scanFacts(ctx: Ctx): Promise<ScanFacts> {
  return {
    dictionary: await loadDictionary(ctx.db, ctx.agencyId),
    deadLinks: [],
    today: ctx.clock.today(),
  };
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
