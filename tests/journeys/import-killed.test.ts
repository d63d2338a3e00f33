import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from '../../src/bin/cli.ts';
import { verifyLedger } from '../../src/ledger/index.ts';
import { openPublishingOffice } from '../support/catalogue.ts';
import { freshDatabase } from '../support/database.ts';

/** An import of history is killed between two of its transactions and in the middle of one, and goes on where it stood. */
const LINES = 3000;
const { db, pool, url } = await freshDatabase();
const office = await openPublishingOffice(db);
const folder = mkdtempSync(join(tmpdir(), 'gongkai-import-killed-'));
const environment = {
  GONGKAI_ENV: 'test',
  GONGKAI_SECRET: 'k'.repeat(48),
  GONGKAI_VAR: folder,
  LOG_LEVEL: 'silent',
  DATABASE_URL: url,
};
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const history = join(folder, 'history.jsonl');
writeFileSync(
  history,
  Array.from({ length: LINES }, (_, n) =>
    JSON.stringify({
      sourceId: `old-${n}`,
      title: `关于第${n}号事项的通知`,
      body: `<p>第${n}号事项。</p>`,
      publishedOn: '2018-05-04',
      // The 2,700th cannot be taken.
      unit: n === 2699 ? 'XXX' : 'AJJ',
      column: 'notices',
    }),
  ).join('\n'),
);

async function gongkai(...args: string[]) {
  let out = '';
  let errors = '';
  const code = await runCli(args, {
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      errors += text;
    },
    isTerminal: false,
    env: environment,
  });
  return { code, out, errors };
}

async function standing() {
  const { rows } = await pool.query<Record<string, number>>(`
    SELECT (SELECT count(*)::int FROM items) AS items,
      (SELECT count(*)::int FROM item_versions WHERE state = 'published') AS versions,
      (SELECT count(*)::int FROM item_reviews WHERE step = 'import') AS reviews,
      (SELECT count(*)::int FROM channel_posts) AS posts,
      (SELECT count(*)::int FROM search_entries) AS entries,
      (SELECT coalesce(sum((after->>'imported')::int), 0)::int FROM ledger_acts WHERE act = 'catalogue.import') AS told,
      (SELECT count(*)::int FROM ledger_acts WHERE act = 'catalogue.import') AS acts,
      (SELECT coalesce(max(lines_done), 0) FROM item_imports) AS lines`);
  return rows[0] as Record<string, number>;
}

/** So many of everything, no half of anything. */
const whole = (count: number) => ({
  items: count,
  versions: count,
  reviews: count,
  posts: count,
  entries: count,
  told: count,
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 50_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const waiters = async () => {
  const { rowCount } = await pool.query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
     AND (wait_event_type = 'Lock' OR state LIKE 'idle in transaction%' OR state = 'active')`,
  );
  return rowCount ?? 0;
};

/** Starts the import and kills it while one of its transactions, with everything written, waits for the ledger. */
async function killedImport(afterItems: number): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/bin/cli.ts', 'import', 'items', history], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const gone = once(child, 'exit');
  const goesOn = async (found: boolean) => {
    if (child.exitCode !== null) throw new Error(`the import ended with ${child.exitCode}`);
    return found;
  };
  const holder = await pool.connect();
  try {
    await until(async () => goesOn((await standing()).items! >= afterItems));
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM ledger_heads WHERE agency_id = $1 FOR UPDATE', [office.agencyId]);
    await until(async () => {
      const { rowCount } = await pool.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return goesOn((rowCount ?? 0) > 0);
    });
    child.kill('SIGKILL');
    await gone;
  } finally {
    child.kill('SIGKILL');
    await holder.query('ROLLBACK');
    holder.release();
  }
  // The database notices the dead client when it next answers it.
  await until(async () => (await waiters()) === 0);
}

describe('an import that is killed', { timeout: 150_000 }, () => {
  it('keeps whole transactions, goes on where it stood, and comes to the same as one that was not', async () => {
    await killedImport(0);
    expect(await standing()).toMatchObject({ ...whole(0), lines: 0 });
    await killedImport(500);
    const stopped = await standing();
    const done = stopped.lines as number;
    expect(done % 500).toBe(0);
    expect(done).toBeGreaterThanOrEqual(500);
    expect(done).toBeLessThan(LINES);
    expect(stopped).toMatchObject(whole(done));

    const { code, out, errors } = await gongkai(
      'import',
      'items',
      history,
      '--errors',
      join(folder, 'bad.csv'),
    );
    expect(code).toBe(1);
    expect(out).toContain(`从上次中断处接着导入：前 ${done} 行上次已处理。`);
    expect(out).toContain(`读取 3000 行，已导入 ${LINES - 1} 行,0 行已导入过，1 行不合格。`);
    expect(errors).toContain('第 2700 行 unit：没有这个部门：XXX；应为部门的代码或全称');
    expect(readFileSync(join(folder, 'bad.csv'), 'utf8')).toBe(
      '\ufeff行号,字段,问题和改法\r\n2700,unit,没有这个部门：XXX；应为部门的代码或全称\r\n',
    );
    const finished = await standing();
    expect(finished).toMatchObject({ ...whole(LINES - 1), lines: LINES });
    // Nothing that was done was done again: each transaction has its one act.
    expect(finished.acts).toBe(LINES / 500);
    expect(await verifyLedger(db, 'kmhnz')).toMatchObject({ ok: true, firstBroken: null });
  });

  it('is begun anew once it was finished, and changes nothing', async () => {
    const before = await standing();
    const { code, out } = await gongkai('import', 'items', history, '--skip-invalid', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ read: LINES, imported: 0, unchanged: LINES - 1, doneBefore: 0 });
    expect(await standing()).toEqual(before);
  });

  it('that the desk stops says so and is not called done; once it is, the file that came in there is gone', async () => {
    const file = join(folder, 'both.jsonl');
    const both = Array.from({ length: 700 }, (_, n) =>
      JSON.stringify({ sourceId: `both-${n}`, title: '两处的通知' }),
    );
    writeFileSync(file, both.join('\n'));
    await pool.query(`CREATE FUNCTION stop_it() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN NEW.state := 'stopped'; RETURN NEW; END $$;
      CREATE TRIGGER a_stop_it BEFORE UPDATE ON item_imports FOR EACH ROW WHEN (NEW.lines_done = 500) EXECUTE FUNCTION stop_it()`);
    const stopped = await gongkai('import', 'items', file);
    await pool.query('DROP TRIGGER a_stop_it ON item_imports');
    expect(stopped.out).toContain('有人在工作台停止了这次导入');
    expect(stopped.code).toBe(1);
    const { rows } = await pool.query(
      `UPDATE item_imports SET bytes = 1, kind = 'jsonl' WHERE file_name = 'both.jsonl' RETURNING file_digest AS digest`,
    );
    const shelf = join(folder, 'imports', rows[0].digest.slice(0, 2));
    mkdirSync(shelf, { recursive: true });
    writeFileSync(join(shelf, rows[0].digest), both.join('\n'));
    const { code, out } = await gongkai('import', 'items', file);
    expect([code, out.includes('前 500 行上次已处理')]).toEqual([0, true]);
    expect(existsSync(join(shelf, rows[0].digest))).toBe(false);
  });

  it.each([
    ['strict', ['--strict'], '有不合格的行，没有导入任何数据'],
    ['rehearsed', ['--dry-run'], '可以导入 1 行,2999 行已导入过，1 行不合格'],
  ])('of a file with one more line, %s, writes nothing', async (_how, options, said) => {
    const more = join(folder, 'more.jsonl');
    writeFileSync(
      more,
      `${readFileSync(history, 'utf8')}\n${JSON.stringify({ sourceId: 'new', title: '新的通知' })}`,
    );
    const before = await standing();
    const { out } = await gongkai('import', 'items', more, ...options);
    expect(out).toContain(said);
    expect(await standing()).toEqual(before);
  });
});
