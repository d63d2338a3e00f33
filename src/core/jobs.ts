import { fromKysely, PgBoss, type Job as QueuedJob } from 'pg-boss';
import type { Logger } from 'pino';
import { LEGAL_TIME_ZONE } from './clock.ts';
import type { Connection, Db } from './db.ts';
import { countRuns, failedRuns, type JobCounts } from './job-status.ts';

/**
 * Work done later or on a schedule. `run` must be safe to run twice: a machine may die after the work and before the
 * queue hears of it.
 */
export interface Job<Host, Payload extends object = object> {
  /** Named by its outcome, e.g. `remind-of-deadlines`. */
  name: string;
  /** What operators read on the page of jobs. */
  label: string;
  /** Five-field cron expression in China's time. */
  schedule?: string;
  run(host: Host, payload: Payload): Promise<void>;
}

/** One line of the operator's page. */
export interface JobStatus extends JobCounts {
  name: string;
  label: string;
  schedule: string | null;
}

export interface Jobs<Host = unknown> {
  /** Queues one run; pass the transaction's `db` so that it is queued only when the transaction commits. */
  enqueue(db: Db, name: string, payload?: object, options?: { after?: Date }): Promise<void>;
  /** Begins to work: queued runs now and as they come, schedules at their time. */
  start(host: Host): Promise<void>;
  /** Runs everything that is due, here and now; returns how many ran. For tests and for `--once` commands. */
  drain(host: Host): Promise<number>;
  list(): Promise<JobStatus[]>;
  /** Puts the failed runs of one job back into its queue; returns how many. */
  retryFailed(name: string): Promise<number>;
  /** Lets running work finish for up to one second; the rest is taken up again at the next start. */
  close(): Promise<void>;
}

const SCHEMA = 'jobs';
const STOP_MS = 1000;

export function openJobs<Host>(
  { pool }: Pick<Connection, 'pool'>,
  declared: readonly Job<Host>[],
  log: Pick<Logger, 'error' | 'warn'>,
): Jobs<Host> {
  const byName = new Map(declared.map((job) => [job.name, job]));
  let opened: Promise<PgBoss> | null = null;
  let working = false;

  async function open(options: { work: boolean }): Promise<PgBoss> {
    const boss = new PgBoss({
      db: { executeSql: (text, values) => pool.query(text, values) },
      schema: SCHEMA,
      supervise: options.work,
      schedule: options.work,
      reindex: false,
      monitorVacuum: false,
    });
    boss.on('error', (err) => log.error({ err }, 'job queue'));
    await boss.start();
    for (const { name } of declared) {
      await boss.createQueue(name, {
        retryLimit: 4,
        retryDelay: 30,
        retryBackoff: true,
        expireInSeconds: 900,
      });
    }
    return boss;
  }

  /** Installed on first use, so that commands that queue nothing do not pay for it. */
  function queue(): Promise<PgBoss> {
    opened ??= open({ work: false }).catch((error) => {
      opened = null;
      throw error;
    });
    return opened;
  }

  async function runOne(host: Host, job: Job<Host>, queued: QueuedJob<object>): Promise<void> {
    try {
      await job.run(host, queued.data ?? {});
    } catch (err) {
      log.error({ err, job: job.name, run: queued.id }, 'job failed');
      throw err;
    }
  }

  async function drainOnce(boss: PgBoss, host: Host): Promise<number> {
    let ran = 0;
    for (const job of declared) {
      for (const queued of await boss.fetch<object>(job.name, { batchSize: 100 })) {
        ran += 1;
        try {
          await runOne(host, job, queued);
          await boss.complete(job.name, queued.id);
        } catch (error) {
          await boss.fail(job.name, queued.id, { message: messageOf(error) });
        }
      }
    }
    return ran;
  }

  return {
    async enqueue(db, name, payload = {}, { after } = {}) {
      if (!byName.has(name)) throw new Error(`no job is called ${name}`);
      const boss = await queue();
      await boss.send(name, payload, { db: fromKysely(db), ...(after ? { startAfter: after } : {}) });
    },

    async start(host) {
      await (await opened)?.stop({ graceful: false, close: false });
      opened = open({ work: true });
      const boss = await opened;
      working = true;
      for (const job of declared) {
        let worker: string | null = null;
        worker = await boss.work<object>(
          job.name,
          { batchSize: 1, pollingIntervalSeconds: 2 },
          async ([queued]) => {
            // Where there was one run, the next may wait already: looked for at once, not at the next poll.
            if (worker !== null) boss.notifyWorker(worker);
            if (queued) await runOne(host, job, queued);
          },
        );
        if (job.schedule) await boss.schedule(job.name, job.schedule, {}, { tz: LEGAL_TIME_ZONE });
        else await boss.unschedule(job.name);
      }
      for (const { name } of await boss.getSchedules()) {
        if (!byName.has(name)) await boss.unschedule(name);
      }
    },

    async drain(host) {
      const boss = await queue();
      let total = 0;
      for (let ran = -1; ran !== 0; total += ran) ran = await drainOnce(boss, host);
      return total;
    },

    async list() {
      await queue();
      const counts = await countRuns(pool, SCHEMA, [...byName.keys()]);
      return declared.map(({ name, label, schedule }) => ({
        name,
        label,
        schedule: schedule ?? null,
        ...counts.get(name)!,
      }));
    },

    async retryFailed(name) {
      const boss = await queue();
      const failed = await failedRuns(pool, SCHEMA, name);
      for (const id of failed) await boss.retry(name, id);
      return failed.length;
    },

    async close() {
      const boss = await opened?.catch(() => null);
      if (boss) await boss.stop({ graceful: working, timeout: STOP_MS, close: false });
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
