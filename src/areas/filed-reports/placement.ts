import type { Ctx } from '../../core/context.ts';
import { record } from '../../ledger/index.ts';
import { answerCorrection } from './correction-answers.ts';
import { type HeldFile, updateFile } from './held-file-store.ts';
import type { FoundBy } from './model.ts';
import { markNeighbours, settlePlace } from './report-store.ts';
import type { StoredReading } from './stored-reading.ts';
import { nextVersion } from './version-store.ts';

/** The job that reads and checks what is due. */
export const READ_FILED_REPORTS = 'read-filed-reports';

export interface PlacedUnit {
  id: number;
  name: string;
}

/** How the ledger names a unit's report of a year. */
export const reportSubject = (unit: PlacedUnit, year: number) => ({
  kind: 'filed-report',
  id: `${unit.id}/${year}`,
  label: `${unit.name} ${year} 年度报告`,
});

/** What reading a file brought. */
export interface FileReading {
  report: StoredReading;
  yearInText: number | null;
  readAt: Date;
  tookMs: number;
}

/**
 * Files what was read as the next version of a unit and year. The report and its neighbours are due for their checks, and
 * an open correction is answered. Take `lockFiling` before, call `recordReceipt` after everything else. Returns the version.
 */
export async function fileVersion(
  ctx: Ctx,
  file: HeldFile,
  place: { unit: PlacedUnit; year: number; foundBy: FoundBy },
  options: { readingDue?: boolean; reading?: FileReading } = {},
): Promise<number> {
  const { db, agencyId } = ctx;
  const { unit, year, foundBy } = place;
  const version = await nextVersion(db, agencyId, unit.id, year);
  await updateFile(
    db,
    agencyId,
    file.id,
    {
      state: 'read',
      unit_id: unit.id,
      year,
      version,
      found_by: foundBy,
      fault: '',
      reading_due: options.readingDue ?? false,
      attempts: 0,
      ...(options.reading ? { read_at: options.reading.readAt, took_ms: options.reading.tookMs } : {}),
    },
    options.reading,
  );
  await settled(ctx, unit.id, year);
  await answerCorrection(ctx, { unitId: unit.id, year, version, fileName: file.name });
  return version;
}

/** The ledger's line of a version that was filed. */
export async function recordReceipt(
  ctx: Ctx,
  file: Pick<HeldFile, 'name' | 'digest'>,
  place: { unit: PlacedUnit; year: number; foundBy: FoundBy },
  version: number,
): Promise<void> {
  await record(ctx, {
    act: 'filed-reports.receive',
    subject: reportSubject(place.unit, place.year),
    after: { version, file: file.name, digest: file.digest, foundBy: foundByWords[place.foundBy] },
  });
}

/** After a file came to a unit and year, left it or was read anew. */
export async function settled({ db, agencyId }: Ctx, unitId: number, year: number): Promise<void> {
  await settlePlace(db, agencyId, unitId, year);
  await markNeighbours(db, agencyId, unitId, year);
}

const foundByWords: Record<FoundBy, string> = {
  text: '报告正文',
  'file-name': '文件名',
  person: '人工指定',
};
