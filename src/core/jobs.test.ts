import { expect, test, vi } from 'vitest';
import { freshDatabase } from '../../tests/support/database.ts';
import { type Job, openJobs } from './jobs.ts';

const { db, pool } = await freshDatabase();

interface Host {
  letters: string[];
  serverIsDown: boolean;
}

const sendLetters: Job<Host> = {
  name: 'send-letters',
  label: '发送通知',
  run: async (host, payload) => {
    if (host.serverIsDown) throw new Error('邮件服务器没有应答');
    host.letters.push((payload as { to: string }).to);
  },
};
const closeDay: Job<Host> = {
  name: 'close-day',
  label: '日终结转',
  schedule: '5 0 * * *',
  run: async () => {},
};

const log = { error: vi.fn(), warn: vi.fn() };
const jobs = openJobs<Host>({ pool }, [sendLetters, closeDay], log);

test('a queued run is done once', async () => {
  const host: Host = { letters: [], serverIsDown: false };
  await jobs.enqueue(db, 'send-letters', { to: 'wang@example.org' });
  expect(await jobs.drain(host)).toBe(1);
  expect(await jobs.drain(host)).toBe(0);
  expect(host.letters).toEqual(['wang@example.org']);
});

test('what a rolled back transaction queued never runs', async () => {
  const host: Host = { letters: [], serverIsDown: false };
  const act = db.transaction().execute(async (trx) => {
    await jobs.enqueue(trx, 'send-letters', { to: 'nobody@example.org' });
    throw new Error('the rule says no');
  });
  await expect(act).rejects.toThrow('the rule says no');
  await db.transaction().execute((trx) => jobs.enqueue(trx, 'send-letters', { to: 'li@example.org' }));
  await jobs.drain(host);
  expect(host.letters).toEqual(['li@example.org']);
});

test('a failing run is logged, shown to the operator and tried again later', async () => {
  await jobs.enqueue(db, 'send-letters', { to: 'zhao@example.org' });
  expect(await jobs.drain({ letters: [], serverIsDown: true })).toBe(1);
  expect(log.error).toHaveBeenCalledOnce();
  const [letters, day] = await jobs.list();
  expect(letters).toMatchObject({
    label: '发送通知',
    waiting: 1,
    failed: 0,
    lastError: '邮件服务器没有应答',
  });
  expect(letters?.lastDone).toBeInstanceOf(Date);
  expect(day).toMatchObject({ schedule: '5 0 * * *', waiting: 0, lastDone: null, lastError: null });
});

test('a run that failed for good is put back by the operator', async () => {
  await pool.query(
    "UPDATE jobs.job SET state = 'failed', completed_on = now() WHERE name = 'send-letters' AND state = 'retry'",
  );
  expect(await jobs.retryFailed('send-letters')).toBe(1);
  const host: Host = { letters: [], serverIsDown: false };
  await pool.query(
    "UPDATE jobs.job SET start_after = now() - interval '1 minute' WHERE name = 'send-letters'",
  );
  await jobs.drain(host);
  expect(host.letters).toEqual(['zhao@example.org']);
});

test('a worker takes up what was queued before it started, and keeps only declared schedules', async () => {
  await jobs.enqueue(db, 'send-letters', { to: 'sun@example.org' });
  const former = openJobs<Host>({ pool }, [closeDay, { ...sendLetters, schedule: '0 1 * * *' }], log);
  await former.start({ letters: [], serverIsDown: false });
  await former.close();
  const host: Host = { letters: [], serverIsDown: false };
  const worker = openJobs<Host>({ pool }, [sendLetters, closeDay], log);
  await worker.start(host);
  await jobs.enqueue(db, 'send-letters', { to: 'zhou@example.org' });
  await vi.waitFor(() => expect(host.letters).toContain('zhou@example.org'), {
    timeout: 10_000,
    interval: 50,
  });
  await worker.close();
  const { rows } = await pool.query('SELECT name, cron, timezone FROM jobs.schedule');
  expect(rows).toEqual([{ name: 'close-day', cron: '5 0 * * *', timezone: 'Asia/Shanghai' }]);
});

test('runs that wait are done one after the other, without a pause between them', async () => {
  const host: Host = { letters: [], serverIsDown: false };
  for (let n = 0; n < 10; n++) await jobs.enqueue(db, 'send-letters', { to: `waiting-${n}@example.org` });
  const worker = openJobs<Host>({ pool }, [sendLetters], log);
  await worker.start(host);
  // A pause of two seconds after each would make it twenty.
  await vi.waitFor(() => expect(host.letters).toHaveLength(10), { timeout: 10_000, interval: 50 });
  await worker.close();
});

test('an unknown job is a fault of the program', async () => {
  await expect(jobs.enqueue(db, 'no-such-job')).rejects.toThrow('no job is called no-such-job');
});
