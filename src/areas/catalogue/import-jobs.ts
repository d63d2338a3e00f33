import type { Clock } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { Connection } from '../../core/db.ts';
import type { Job, Jobs } from '../../core/jobs.ts';
import { NotFound, Refusal } from '../../core/refusal.ts';
import { readRecords } from '../../core/spreadsheet/index.ts';
import { notify } from '../notifications/index.ts';
import { actingOn, findStaff, may } from '../organisations/index.ts';
import { checkHistory, importItems } from './import-actions.ts';
import { forgetFile, type HistoryCtx, historyLimits, openHistoryFiles, sweepFiles } from './import-desk.ts';
import {
  claimImport,
  type DueImport,
  findImport,
  type HistoryImport,
  moveImport,
  seeImport,
} from './import-desk-store.ts';
import { MOST_ATTEMPTS } from './import-rules.ts';

interface Host {
  config: { varDir: string };
  connection: Pick<Connection, 'db'>;
  clock: Clock;
  jobs: Pick<Jobs, 'enqueue'>;
}

/** A job is given a quarter of an hour. */
const SLICE_MS = 600_000;
const SIGN_EVERY_MS = 5000;
/** A thread takes a second to start, in which a small file is read. */
const SMALL_BYTES = 2 ** 20;

export const importJobs: readonly Job<Host>[] = [
  {
    name: 'import-history',
    label: '检查和导入历史数据',
    // When a file comes in or is confirmed; and every minute for those whose worker is gone.
    schedule: '* * * * *',
    async run(host) {
      const until = Date.now() + SLICE_MS;
      for (;;) {
        const due = await claimImport(host.connection.db);
        if (!due) return;
        await takeUp(host, due, until);
        if (Date.now() < until) continue;
        await host.jobs.enqueue(host.connection.db, 'import-history');
        return;
      }
    },
  },
  {
    name: 'sweep-history-files',
    label: '删除导入已结束而留下的历史数据文件',
    schedule: '25 3 * * *',
    async run({ connection: { db }, config }) {
      await sweepFiles({ db, historyFiles: openHistoryFiles(config.varDir) });
    },
  },
];

/** Takes an import as far as it comes; what people can do about a fault is told on its page, anything else is thrown. */
async function takeUp(host: Host, due: DueImport, until: number): Promise<void> {
  const { db } = host.connection;
  const { agencyId, id } = due;
  const fail = async (failure: string) => {
    const at = { agencyId, id, from: due.state };
    const failed = await moveImport(db, at, { state: 'failed', failure, seen_at: null });
    if (failed) await tell(host, due, `历史数据导入没有完成：${failure}`);
  };
  if (due.attempts > MOST_ATTEMPTS) return fail('多次没有完成。请联系运维人员查看日志，再点“继续导入”。');
  const standing = await findImport(db, agencyId, id);
  const ctx = standing && (await ctxOf(host, agencyId, standing));
  if (!ctx) return fail('当时操作的人已没有导入的权限，请由有权限的人点“继续导入”。');
  let lines = standing.linesChecked;
  const sign = setInterval(() => void seeImport(db, due, lines).catch(() => {}), SIGN_EVERY_MS);
  try {
    const work = due.state === 'checking' ? check : carryOn;
    const ended = await work(ctx, standing, {
      until,
      progress: (read) => {
        lines = read;
      },
    });
    if (ended) await tell(host, due, ended);
  } catch (error) {
    if (error instanceof NotFound) return await fail('上传的文件不在了，请重新上传同一个文件。');
    if (!(error instanceof Refusal)) throw error;
    await fail(error.message);
  } finally {
    clearInterval(sign);
  }
}

/** Whoever told it to run may be elsewhere by now. */
async function tell(
  { connection: { db }, clock }: Host,
  { agencyId, id }: DueImport,
  title: string,
): Promise<void> {
  const { actingId = null } = (await findImport(db, agencyId, id)) ?? {};
  if (actingId === null) return;
  const ctx: Ctx = { db, clock, agencyId, actor: { kind: 'system', name: '历史数据导入' } };
  await notify(ctx, [actingId], { title, href: `/workbench/imports/${id}` });
}

/** In the name of whoever brought or confirmed it, as long as he may. */
async function ctxOf(
  { connection: { db }, clock, config, jobs }: Host,
  agencyId: number,
  { actingId }: HistoryImport,
): Promise<HistoryCtx | null> {
  const person = actingId === null ? null : await findStaff(db, agencyId, actingId);
  if (!person) return null;
  const today = clock.today().toString();
  const actor = actingOn(person, today);
  if ((person.leftOn !== null && person.leftOn < today) || !may(actor, 'catalogue.import')) return null;
  return { db, clock, agencyId, actor, jobs, historyFiles: openHistoryFiles(config.varDir) };
}

interface Going {
  until: number;
  progress(read: number): void;
}

async function recordsOf(ctx: HistoryCtx, { digest, fileName }: HistoryImport) {
  const path = await ctx.historyFiles.locate(digest ?? '');
  return () => readRecords({ name: fileName, path }, historyLimits);
}

const threadsFor = ({ bytes }: HistoryImport): number => ((bytes ?? 0) < SMALL_BYTES ? 0 : 1);

/** The words that tell whoever waits for it, or null when there is nothing to tell. */
async function check(ctx: HistoryCtx, standing: HistoryImport, { progress }: Going): Promise<string | null> {
  const { db, agencyId } = ctx;
  const records = await recordsOf(ctx, standing);
  const found = await checkHistory(ctx, records, { threads: threadsFor(standing), progress });
  const moved = await moveImport(
    db,
    { agencyId, id: standing.id, from: 'checking' },
    { state: 'checked', found: JSON.stringify(found), seen_at: null, attempts: 0 },
  );
  return moved ? `历史数据检查完毕：可以导入 ${found.fresh} 条，${found.rejected} 行不合格，请确认` : null;
}

async function carryOn(ctx: HistoryCtx, standing: HistoryImport, going: Going): Promise<string | null> {
  const { db, agencyId } = ctx;
  const records = await recordsOf(ctx, standing);
  const { ended, imported } = await importItems(ctx, records, {
    fileName: standing.fileName,
    digest: standing.digest ?? '',
    run: standing.id,
    threads: threadsFor(standing),
    goOn: () => Date.now() < going.until,
  });
  if (ended === 'finished') await forgetFile(ctx, standing.digest);
  if (ended === 'paused')
    await moveImport(db, { agencyId, id: standing.id, from: 'running' }, { seen_at: null });
  return ended === 'finished' ? `历史数据导入完毕：导入 ${imported} 条` : null;
}
