import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp } from '../../src/app.ts';
import { addStaff, addUnit, createAgency, type Role } from '../../src/areas/organisations/index.ts';
import {
  acceptRequest,
  dispatchReply,
  draftReply,
  emptyReply,
  findVisit,
  newDraftToken,
  proposeExtension,
  type RequestCtx,
  registerForm,
  reviewReply,
  saveAnswers,
  sendDraft,
  signReply,
  submitReply,
  withdrawRequest,
} from '../../src/areas/requests/index.ts';
import { ROOT, readConfig } from '../../src/config.ts';
import { type Clock, clockAt } from '../../src/core/clock.ts';
import { Refusal } from '../../src/core/refusal.ts';
import { verifyLedger } from '../../src/ledger/index.ts';
import { freshDatabase } from '../support/database.ts';

const { url, pool } = await freshDatabase();
const folder = mkdtempSync(join(tmpdir(), 'gongkai-requests-'));
const environment = {
  GONGKAI_ENV: 'test',
  GONGKAI_SECRET: 'k'.repeat(48),
  GONGKAI_VAR: folder,
  LOG_LEVEL: 'silent',
};
const app = await openApp(readConfig(environment), url);
const clock = clockAt('2024-03-12');
let agencyId = 0;
let unitId = 0;
const people = new Map<string, { id: number; roles: Role[] }>();

beforeAll(async () => {
  const base = {
    db: app.connection.db,
    clock: clockAt('2024-01-02'),
    actor: { kind: 'system' as const, name: '系统' },
  };
  agencyId = await createAgency(base, { code: 'kmhnz', name: '昆明高新区管委会', shortName: '高新区' });
  const system = { ...base, agencyId };
  unitId = await addUnit(system, { code: 'BGS', name: '办公室' });
  const all: [string, Role][] = [
    ['张专员', 'disclosure-officer'],
    ['赵专员', 'disclosure-officer'],
    ['钱科长', 'unit-head'],
    ['孙科长', 'unit-head'],
    ['李保密', 'secrecy-reviewer'],
    ['周主任', 'leader'],
    ['吴主任', 'leader'],
  ];
  for (const [index, [name, role]] of all.entries()) {
    const id = await addStaff(system, {
      unitId,
      name,
      username: `person${index}`,
      roles: [{ role, from: '2018-01-01' }],
    });
    people.set(name, { id, roles: [role] });
  }
});

afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

function as(name: string): RequestCtx {
  const { id, roles } = people.get(name) ?? { id: 0, roles: [] };
  const actor = { kind: 'staff' as const, staffId: id, name, agencyId, unitId, roles };
  return { db: app.connection.db, vault: app.vault, clock, actor, agencyId };
}

/** 17 digits and the check digit they call for: nobody's number. */
const RESIDENT = '530103199001011238';
let forms = 0;

const formInput = (submissionKey: string) =>
  ({
    channel: 'in-person',
    oral: false,
    submittedOn: '2024-03-12',
    confirmedOn: null,
    applicant: {
      kind: 'natural-person',
      name: '王小满',
      identityKind: 'resident',
      identityNumber: RESIDENT,
      identityNote: '',
      representative: '',
      contactPerson: '',
      phone: '13888001234',
      email: '',
      address: '',
      postcode: '',
    },
    title: '学府路改造工程施工合同',
    content: { content: '学府路改造工程施工合同全文', purpose: '', feeWaiver: false, needsHelp: '' },
    wantedForm: 'paper',
    deliveryWay: 'pick-up',
    submissionKey,
    origin: 'desk',
    files: [],
  }) as const;

/** A request as far as the named step. */
async function requestAt(
  step: 'registered' | 'handling' | 'reviewing' | 'signing' | 'signed',
): Promise<number> {
  forms += 1;
  const { requestId: id } = await registerForm(as('张专员'), formInput(`concurrency-${forms}`));
  if (step === 'registered') return id;
  await acceptRequest(as('张专员'), { id }, { unitId, handlerId: null });
  if (step === 'handling') return id;
  const content = {
    ...emptyReply,
    told: '到窗口领取纸质复印件',
    provided: '《学府路改造工程施工合同》复印件',
  };
  await draftReply(as('张专员'), { id }, { kindCode: 'B1.2', content });
  await submitReply(as('张专员'), { id });
  if (step === 'reviewing') return id;
  await reviewReply(as('钱科长'), { id }, 'legal', { result: 'approved', opinion: '' });
  await reviewReply(as('李保密'), { id }, 'secrecy', { result: 'approved', opinion: '' });
  if (step === 'signing') return id;
  await signReply(as('周主任'), { id });
  return id;
}

const versionOf = async (id: number): Promise<number> =>
  (await pool.query('SELECT version FROM requests WHERE agency_id = $1 AND id = $2', [agencyId, id])).rows[0]
    .version;

/** Both acts begin while somebody else holds the case, so that neither can be over before the other waits for it. */
async function together(
  id: number,
  acts: readonly (() => Promise<unknown>)[],
): Promise<PromiseSettledResult<unknown>[]> {
  const holder = await pool.connect();
  await holder.query('BEGIN');
  await holder.query('SELECT 1 FROM requests WHERE agency_id = $1 AND id = $2 FOR UPDATE', [agencyId, id]);
  const running = Promise.allSettled(acts.map((act) => act()));
  try {
    await until(async () => (await waiting()) >= acts.length);
  } finally {
    await holder.query('ROLLBACK');
    holder.release();
  }
  return running;
}

async function waiting(): Promise<number> {
  const { rowCount } = await pool.query(
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
  );
  return rowCount ?? 0;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

type At = Parameters<typeof requestAt>[0];
type Act = (ref: { id: number; version: number }) => Promise<unknown>;
const dispatch = { method: 'direct', on: '2024-03-12', trackingNumber: '' } as const;

describe('two people act on one request in the same instant', () => {
  it.each<[string, At, [string, Act], [string, Act]]>([
    [
      'both accept it',
      'registered',
      ['张专员', (ref) => acceptRequest(as('张专员'), ref, { unitId, handlerId: null })],
      ['赵专员', (ref) => acceptRequest(as('赵专员'), ref, { unitId, handlerId: null })],
    ],
    [
      'one accepts it and one withdraws it',
      'registered',
      ['张专员', (ref) => acceptRequest(as('张专员'), ref, { unitId, handlerId: null })],
      ['赵专员', (ref) => withdrawRequest(as('赵专员'), ref, '申请人来电撤回')],
    ],
    [
      'both propose an extension',
      'handling',
      ['张专员', (ref) => proposeExtension(as('张专员'), ref, { days: 5, reason: '需要检索档案' })],
      ['赵专员', (ref) => proposeExtension(as('赵专员'), ref, { days: 20, reason: '需要检索档案' })],
    ],
    [
      'both review it',
      'reviewing',
      ['钱科长', (ref) => reviewReply(as('钱科长'), ref, 'legal', { result: 'approved', opinion: '' })],
      [
        '孙科长',
        (ref) => reviewReply(as('孙科长'), ref, 'legal', { result: 'returned', opinion: '理由不足' }),
      ],
    ],
    [
      'both sign it',
      'signing',
      ['周主任', (ref) => signReply(as('周主任'), ref)],
      ['吴主任', (ref) => signReply(as('吴主任'), ref)],
    ],
    [
      'both send it out',
      'signed',
      ['张专员', (ref) => dispatchReply(as('张专员'), ref, dispatch)],
      ['赵专员', (ref) => dispatchReply(as('赵专员'), ref, dispatch)],
    ],
  ])('%s: one wins, the other is told who did what', async (_, step, first, second) => {
    const id = await requestAt(step);
    const ref = { id, version: await versionOf(id) };
    const acts = [first, second];
    const results = await together(
      id,
      acts.map(
        ([, act]) =>
          () =>
            act(ref),
      ),
    );
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const winner = acts[results.findIndex(({ status }) => status === 'fulfilled')]?.[0] ?? '';
    const refused = results.find((result) => result.status === 'rejected')?.reason;
    expect(refused).toBeInstanceOf(Refusal);
    expect(refused.code).toBe('requests-changed-meanwhile');
    expect(refused.message).toContain(`${winner}刚刚办理了`);
    expect(await versionOf(id)).toBe(ref.version + 1);
  });

  it('without a page that was seen before, the second is refused by the state it then finds', async () => {
    const id = await requestAt('signed');
    const results = await together(id, [
      () => dispatchReply(as('张专员'), { id }, dispatch),
      () => dispatchReply(as('赵专员'), { id }, dispatch),
    ]);
    const refused = results.find((result) => result.status === 'rejected')?.reason;
    expect(refused.code).toBe('requests-wrong-state');
    const { rows } = await pool.query(
      'SELECT count(*)::int AS n FROM request_replies WHERE request_id = $1 AND dispatched_on IS NOT NULL',
      [id],
    );
    expect(rows[0].n).toBe(1);
  });

  it('one page sent eight times at once makes one request and one receipt', async () => {
    const receipts = await Promise.all(
      Array.from({ length: 8 }, () => registerForm(as('张专员'), formInput('the-same-page'))),
    );
    expect(
      new Set(receipts.map(({ number, code, requestId }) => `${number} ${code} ${requestId}`)).size,
    ).toBe(1);
    expect(receipts.filter(({ fresh }) => fresh)).toHaveLength(1);
  });

  it('forty forms at once take forty numbers, none missing and none twice', async () => {
    const receipts = await Promise.all(
      Array.from({ length: 40 }, (_, index) => registerForm(as('张专员'), formInput(`forty-${index}`))),
    );
    expect(new Set(receipts.map(({ number }) => number)).size).toBe(40);
    await numbersAreWhole();
  });
});

async function numbersAreWhole(): Promise<void> {
  const { rows } = await pool.query(
    `SELECT count(*)::int AS forms, max(substr(number, 6)::int) AS last, (SELECT max(last) FROM request_numbers WHERE agency_id = $1) AS kept
     FROM request_forms WHERE agency_id = $1`,
    [agencyId],
  );
  expect([rows[0].last, rows[0].kept]).toEqual([rows[0].forms, rows[0].forms]);
}

describe('a server killed while a visitor hands in a form', () => {
  // As deep as the files it is made of, which look for their data beside them.
  const program = join(ROOT, 'var/test-programs', `send-draft-${process.pid}.mjs`);
  const startedAt = '2024-03-12T09:00:00+08:00';
  const sentAt = '2024-03-12T09:30:00+08:00';
  const at = (text: string): RequestCtx => ({
    ...as(''),
    clock: clockAt(text) as Clock,
    actor: { kind: 'public', name: '访客' },
  });

  beforeAll(async () => {
    await build({
      entryPoints: [join(ROOT, 'tests/support/send-draft.ts')],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      jsx: 'automatic',
      jsxImportSource: 'preact',
    });
  }, 60_000);
  afterAll(() => rmSync(program, { force: true }));

  let visitors = 0;

  /** A draft that lacks nothing. */
  async function draft(): Promise<{ token: string; address: string }> {
    const token = newDraftToken();
    const ctx = at(startedAt);
    await saveAnswers(ctx, token, 'what', {
      title: '学府路改造工程施工合同',
      content: '学府路改造工程施工合同全文',
    });
    await saveAnswers(ctx, token, 'who', { kind: 'natural-person' });
    await saveAnswers(ctx, token, 'identity', {
      name: '王小满',
      identityKind: 'resident',
      identityNumber: RESIDENT,
    });
    await saveAnswers(ctx, token, 'delivery', { wantedForm: 'electronic', deliveryWay: 'internet' });
    await saveAnswers(ctx, token, 'contact', { phone: '13888001234' });
    visitors += 1;
    return { token, address: `203.0.113.${visitors}` };
  }

  async function handIn(
    given: { token: string; address: string },
    kill: Record<string, string>,
  ): Promise<{ said: string; signal: string | null }> {
    const child = spawn(process.execPath, [program], {
      env: {
        ...process.env,
        ...environment,
        DATABASE_URL: url,
        TOKEN: given.token,
        ADDRESS: given.address,
        AT: sentAt,
        AGENCY: String(agencyId),
        ...kill,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (text) => {
      said += text;
    });
    const [, signal] = await once(child, 'close');
    return { said, signal: signal as string | null };
  }

  const formCount = async (): Promise<number> =>
    (await pool.query('SELECT count(*)::int AS n FROM request_forms WHERE agency_id = $1', [agencyId]))
      .rows[0].n;

  it('between any two statements leaves the receipt with its request, or neither; and the visitor can send again', async () => {
    const whole = await handIn(await draft(), {});
    const statements = Number(/^receipt (\d+)$/.exec(whole.said)?.[1]);
    expect(statements).toBeGreaterThan(15);
    const kills = [
      ...Array.from({ length: statements }, (_, index) => ({ KILL_BEFORE: String(index + 1) })),
      // Sent, and nobody knows whether it was heard: the end of the transaction among them.
      ...Array.from({ length: 4 }, (_, index) => ({ KILL_AFTER: String(statements - index) })),
    ];
    let survived = 0;
    for (const kill of kills) {
      const given = await draft();
      const before = await formCount();
      const { said, signal } = await handIn(given, kill);
      expect([said, signal], JSON.stringify(kill)).toEqual(['', 'SIGKILL']);
      await until(async () => (await busyClients()) === 0);
      const visit = await findVisit(at(sentAt), given.token);
      const made = (await formCount()) - before;
      expect(made, JSON.stringify(kill)).toBe(visit?.stage === 'sent' ? 1 : 0);
      survived += made;
      await sendDraft(at(sentAt), given.token, { address: given.address, challenge: '', solution: '' });
      const sent = await findVisit(at(sentAt), given.token);
      expect((await formCount()) - before).toBe(1);
      expect(sent).toMatchObject({ stage: 'sent', receipt: { code: expect.stringMatching(/^\w{8}$/) } });
    }
    expect(survived).toBeLessThan(kills.length);
    await numbersAreWhole();
    expect(await verifyLedger(app.connection.db, 'kmhnz')).toMatchObject({ ok: true });
  }, 600_000);
});

/** Connections whose client is dead are still at work until the database notices. */
async function busyClients(): Promise<number> {
  const { rowCount } = await pool.query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
     AND (state = 'active' OR state LIKE 'idle in transaction%')`,
  );
  return rowCount ?? 0;
}
