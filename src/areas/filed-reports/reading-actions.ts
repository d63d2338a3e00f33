import type { ReadReport } from '../../annual-report/reading/model.ts';
import type { Reading } from '../../annual-report/reading/thread/index.ts';
import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import type { FileStore } from '../../core/files.ts';
import { NotFound } from '../../core/refusal.ts';
import { UnreadableFile } from '../../core/spreadsheet/index.ts';
import { record } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import { checkNext } from './check-actions.ts';
import { findFile } from './file-store.ts';
import type { FilingHost } from './filing-actions.ts';
import { beginReading, type HeldFile, holdForReading, setReadingDue, updateFile } from './held-file-store.ts';
import type { FoundBy } from './model.ts';
import {
  type FileReading,
  fileVersion,
  type PlacedUnit,
  READ_FILED_REPORTS,
  recordReceipt,
  settled,
} from './placement.ts';
import { isYear, whereToFile } from './rules.ts';
import { storedReading } from './stored-reading.ts';
import { keyInFileName, nameKey, yearInFileName } from './unit-names.ts';
import { findUnit, lockFiling, unitsByKeys } from './unit-store.ts';

export interface ReadingHost {
  files: FileStore;
  /** Reads published reports; see `Reading`. */
  reading: Pick<Reading, 'read'>;
}

/** Times a file may end the process, or meet a fault of ours, before it is given up. */
const MOST_ATTEMPTS = 4;

/**
 * Reads what waits, files it and checks what has become due, each file and report in a transaction of its own, until
 * nothing is left or `isTime` says so. Returns whether something is left. Safe to run twice and in several processes.
 * @throws AggregateError at the end when some met a fault; the others are done
 */
export async function readPending(ctx: Ctx, host: ReadingHost, isTime: () => boolean): Promise<boolean> {
  const run: Run = { isTime, left: false, faults: [], files: [], reports: [] };
  while (await readSome(ctx, host, run)) await checkDue(ctx, run);
  await checkDue(ctx, run);
  const { faults, left } = run;
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} filed reports met a fault`);
  return left;
}

interface Run {
  isTime: () => boolean;
  /** The time came before the end. */
  left: boolean;
  faults: unknown[];
  /** What met a fault in this run and is left to the next. */
  files: number[];
  reports: { unitId: number; year: number }[];
}

/** Files read before what they made due is checked, so that those who watch a large batch see its outcomes as they come. */
const READ_AT_ONCE = 20;

/** False when nothing is left to be read, or the time has come. */
async function readSome(ctx: Ctx, host: ReadingHost, run: Run): Promise<boolean> {
  for (let count = 0; count < READ_AT_ONCE; count++) {
    run.left = run.isTime();
    const next = run.left ? null : await beginReading(ctx.db, ctx.agencyId, run.files);
    if (!next) return false;
    await readOne(ctx, host, next).catch((fault: unknown) => {
      run.files.push(next.id);
      run.faults.push(fault);
    });
  }
  return true;
}

async function checkDue(ctx: Ctx, run: Run): Promise<void> {
  while (!run.left) {
    run.left = run.isTime();
    const checked = run.left ? null : await checkNext(ctx, run.reports);
    if (!checked) return;
    if (checked.fault === null) continue;
    run.reports.push(checked);
    run.faults.push(checked.fault);
  }
}

async function readOne(ctx: Ctx, host: ReadingHost, next: { id: number; attempts: number }): Promise<void> {
  await transact(ctx, async (ctx) => {
    const file = await holdForReading(ctx.db, ctx.agencyId, next.id);
    if (!file) return;
    if (next.attempts > MOST_ATTEMPTS) {
      await keepUnreadable(ctx, file, '读取时多次出现内部错误，没有完成。请联系管理员，或换一种格式上传。');
      return;
    }
    const read = await readFile(ctx, host, file);
    await lockFiling(ctx.db, ctx.agencyId);
    if ('fault' in read) await keepUnreadable(ctx, file, read.fault);
    else if (file.state === 'read') await keepReadAnew(ctx, file, read);
    else await fileReading(ctx, file, read);
  });
}

/**
 * Reads without knowing the file's name, so that what the text says and what the name says are two testimonies; once more
 * with the year when only something else tells it.
 */
async function readFile(
  ctx: Ctx,
  host: ReadingHost,
  file: HeldFile,
): Promise<FileReading | { fault: string }> {
  const began = performance.now();
  try {
    const name = `report${/\.[A-Za-z0-9]{1,5}$/.exec(file.name)?.[0] ?? ''}`;
    const given = { name, path: await host.files.locate(file.digest) };
    let report = await host.reading.read({ file: given });
    const yearInText = report.year;
    const year =
      (file.foundBy === 'person' ? file.year : null) ??
      yearInText ??
      file.batchYear ??
      yearInFileName(file.name);
    if (year !== null && year !== yearInText)
      report = await host.reading.read({ file: given, hints: { year } });
    if (!looksLikeReport(report)) return { fault: notAReport(report) };
    return {
      report: storedReading(report),
      yearInText: yearInText !== null && isYear(yearInText) ? yearInText : null,
      readAt: instantOf(ctx.clock),
      tookMs: Math.round(performance.now() - began),
    };
  } catch (error) {
    // That the reader is busy or closing says nothing about the file: it keeps waiting.
    if (error instanceof UnreadableFile || error instanceof NotFound) return { fault: error.message };
    throw error;
  }
}

const looksLikeReport = ({ cells, chapters }: ReadReport): boolean =>
  Object.values(cells).some(({ state }) => state !== 'absent') ||
  chapters.filter(({ key }) => key !== null && key !== 'preface').length >= 2;

function notAReport({ unread }: ReadReport): string {
  const [first] = unread;
  const why = first ? `（${first.reason}）` : '';
  return `没有读到统计表和章节，不像是政府信息公开工作年度报告${why}。`.slice(0, 500);
}

async function fileReading(ctx: Ctx, file: HeldFile, reading: FileReading): Promise<void> {
  const place = await placeOf(ctx, file, reading);
  if ('fault' in place) {
    const change = { state: 'unfiled', fault: place.fault, reading_due: false, attempts: 0 } as const;
    const { readAt, tookMs } = reading;
    await updateFile(ctx.db, ctx.agencyId, file.id, { ...change, read_at: readAt, took_ms: tookMs }, reading);
    return;
  }
  const version = await fileVersion(ctx, file, place, { reading });
  await recordReceipt(ctx, file, place, version);
}

type Place = { unit: PlacedUnit; year: number; foundBy: FoundBy };

/** Where a person said it belongs, else where text, name and sender agree. */
async function placeOf(
  ctx: Ctx,
  file: HeldFile,
  { report, yearInText }: FileReading,
): Promise<Place | { fault: string }> {
  if (file.foundBy === 'person' && file.unitId !== null && file.year !== null) {
    const unit = await findUnit(ctx.db, ctx.agencyId, file.unitId);
    if (unit) return { unit, year: file.year, foundBy: 'person' };
  }
  const inText = nameKey(report.agency ?? '');
  const inName = keyInFileName(file.name);
  const units = await unitsByKeys(ctx.db, ctx.agencyId, [inText, inName].filter(Boolean));
  const unitInText = units.get(inText) ?? null;
  const unitInFileName = units.get(inName) ?? null;
  const found = whereToFile({
    agencyInText: report.agency,
    yearInText,
    unitInText,
    unitInFileName,
    fileNameEndsText: inName !== '' && inText.endsWith(inName),
    yearInFileName: yearInFileName(file.name),
    batchYear: file.batchYear,
  });
  if (found.fault !== null) return found;
  const unit = [unitInText, unitInFileName].find((one) => one?.id === found.unitId);
  return unit ? { unit, year: found.year, foundBy: found.foundBy } : { fault: '没有找到这个报送单位。' };
}

/** The version stays what it is, with what the reader makes of it now. */
async function keepReadAnew(ctx: Ctx, file: HeldFile, reading: FileReading): Promise<void> {
  const { readAt, tookMs } = reading;
  const change = { reading_due: false, attempts: 0, read_at: readAt, took_ms: tookMs };
  await updateFile(ctx.db, ctx.agencyId, file.id, change, reading);
  if (file.unitId !== null && file.year !== null) await settled(ctx, file.unitId, file.year);
}

/** A file that was read once stays as it was read. */
async function keepUnreadable(ctx: Ctx, file: HeldFile, fault: string): Promise<void> {
  const { db, agencyId } = ctx;
  if (file.state === 'read') {
    await updateFile(db, agencyId, file.id, { reading_due: false });
    return;
  }
  const place = await placeByName(ctx, file);
  await updateFile(db, agencyId, file.id, {
    state: 'unreadable',
    fault,
    reading_due: false,
    read_at: instantOf(ctx.clock),
    ...(place ? { unit_id: place.unitId, year: place.year, found_by: place.foundBy } : {}),
  });
  if (place) await settled(ctx, place.unitId, place.year);
}

/** What cannot be read is put with the unit and year its name tells, so that the matrix shows that something came. */
async function placeByName(
  ctx: Ctx,
  file: HeldFile,
): Promise<{ unitId: number; year: number; foundBy: FoundBy } | null> {
  const { unitId, year, foundBy } = file;
  if (unitId !== null && year !== null && foundBy !== null) return { unitId, year, foundBy };
  const key = keyInFileName(file.name);
  const named = (await unitsByKeys(ctx.db, ctx.agencyId, key === '' ? [] : [key])).get(key);
  const told = file.batchYear ?? yearInFileName(file.name);
  return named && told !== null && isYear(told)
    ? { unitId: named.id, year: told, foundBy: 'file-name' }
    : null;
}

/** Queues the reading anew of a file, or of every filed and unreadable one, as after a reader's upgrade. Returns how many. */
export async function readAgain(
  ctx: Ctx,
  host: Pick<FilingHost, 'jobs'>,
  fileId: number | null,
): Promise<number> {
  demand(ctx.actor, 'filed-reports.file');
  return transact(ctx, async (ctx) => {
    const files = await setReadingDue(ctx.db, ctx.agencyId, fileId);
    if (files === 0) return 0;
    const file = fileId === null ? null : await findFile(ctx.db, ctx.agencyId, fileId);
    await record(ctx, {
      act: 'filed-reports.read-again',
      subject: { kind: 'filed-file', id: fileId ?? 'all', label: file?.name ?? '全部报送文件' },
      after: { files },
    });
    await host.jobs.enqueue(ctx.db, READ_FILED_REPORTS, { agencyId: ctx.agencyId });
    return files;
  });
}
