import { createHash } from 'node:crypto';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { record } from '../../ledger/index.ts';
import { demand, listUnits } from '../organisations/index.ts';
import type { EntryValues, Register } from './register.ts';
import { type EntryContext, readEntry } from './rules.ts';
import { findEntry, findTwin, insertEntry, setVoided, updateEntry } from './store.ts';

type Given = Readonly<Record<string, string | undefined>>;

/** One row of a file, as text by field name. */
export interface GivenRow {
  line: number;
  given: Given;
}

export interface RowFault {
  line: number;
  field: string;
  problem: string;
}

const subject = (register: Register, id: number, values: EntryValues) => ({
  kind: `register-${register.key}`,
  id,
  label: String(values[register.titleField] ?? ''),
});

/** Adds an entry. @throws InvalidForm with a message per field, also when the same entry is already there */
export async function addEntry(ctx: Ctx, register: Register, given: Given): Promise<number> {
  demand(ctx.actor, 'registers.write');
  const values = demandValues(register, given, await contextOf(ctx));
  const digest = digestOf(values);
  return transact(ctx, async (ctx) => {
    if ((await findTwin(ctx.db, register, ctx.agencyId, digest)) !== null) {
      throw new InvalidForm({ '': `已有内容完全相同的${register.noun}登记,没有重复保存。` });
    }
    const id = await insertEntry(ctx.db, register, ctx.agencyId, values, digest);
    await record(ctx, { act: 'registers.add', subject: subject(register, id, values), after: values });
    return id;
  });
}

/** Changes an entry from the revision its editor saw. */
export async function changeEntry(
  ctx: Ctx,
  register: Register,
  id: number,
  revision: number,
  given: Given,
): Promise<void> {
  demand(ctx.actor, 'registers.write');
  const values = demandValues(register, given, await contextOf(ctx));
  const digest = digestOf(values);
  await transact(ctx, async (ctx) => {
    const before = await demandEntry(ctx, register, id);
    const twin = await findTwin(ctx.db, register, ctx.agencyId, digest);
    if (twin !== null && twin !== id)
      throw new InvalidForm({ '': `已有内容完全相同的${register.noun}登记。` });
    if (!(await updateEntry(ctx.db, register, { agencyId: ctx.agencyId, id, revision }, values, digest))) {
      throw new Refusal('entry-changed', '其他人员刚刚修改或撤销了这条登记,请对照最新内容后重新保存。');
    }
    await record(ctx, {
      act: 'registers.change',
      subject: subject(register, id, values),
      before: before.values,
      after: values,
    });
  });
}

/** Takes an entry made in error out of the register; it stays readable and can be restored. */
export async function voidEntry(ctx: Ctx, register: Register, id: number, reason: string): Promise<void> {
  demand(ctx.actor, 'registers.write');
  const why = reason.trim();
  if (why.length < 2 || why.length > 200)
    throw new InvalidForm({ reason: '请用 2 至 200 个字写明撤销原因。' });
  await transact(ctx, async (ctx) => {
    const entry = await demandEntry(ctx, register, id);
    if (entry.voidedOn) throw new Refusal('entry-voided', '这条登记已经撤销。');
    await setVoided(
      ctx.db,
      register,
      { agencyId: ctx.agencyId, id },
      { on: ctx.clock.today().toString(), reason: why },
    );
    await record(ctx, {
      act: 'registers.void',
      subject: subject(register, id, entry.values),
      before: entry.values,
      reason: why,
    });
  });
}

export async function restoreEntry(ctx: Ctx, register: Register, id: number): Promise<void> {
  demand(ctx.actor, 'registers.write');
  await transact(ctx, async (ctx) => {
    const entry = await demandEntry(ctx, register, id);
    if (!entry.voidedOn) return;
    const twin = await findTwin(ctx.db, register, ctx.agencyId, digestOf(entry.values));
    if (twin !== null) throw new Refusal('entry-twin', `已有内容完全相同的${register.noun}登记,不能恢复。`);
    await setVoided(ctx.db, register, { agencyId: ctx.agencyId, id }, null);
    await record(ctx, {
      act: 'registers.restore',
      subject: subject(register, id, entry.values),
      after: entry.values,
    });
  });
}

/**
 * Adds the rows of one file in one transaction: all of them or, when any row has a fault, none. Rows that are already
 * there are left as they are, so the same file again changes nothing.
 */
export async function importEntries(
  ctx: Ctx,
  register: Register,
  rows: readonly GivenRow[],
  options: { dryRun?: boolean } = {},
): Promise<{ read: number; imported: number; unchanged: number; rejected: RowFault[] }> {
  demand(ctx.actor, 'registers.write');
  const context = await contextOf(ctx);
  const readings = rows.map(({ line, given }) => ({ line, reading: readEntry(register, given, context) }));
  const rejected = readings.flatMap(({ line, reading }) =>
    Object.entries(reading.errors ?? {}).map(([field, problem]) => ({
      line,
      field: labelOf(register, field),
      problem,
    })),
  );
  if (rejected.length > 0) return { read: rows.length, imported: 0, unchanged: 0, rejected };
  return transact(ctx, async (ctx) => {
    const seen = new Set<string>();
    let imported = 0;
    for (const { reading } of readings) {
      if (!reading.values) continue;
      const digest = digestOf(reading.values);
      if (seen.has(digest) || (await findTwin(ctx.db, register, ctx.agencyId, digest)) !== null) continue;
      seen.add(digest);
      imported += 1;
      if (options.dryRun) continue;
      const id = await insertEntry(ctx.db, register, ctx.agencyId, reading.values, digest);
      await record(ctx, {
        act: 'registers.add',
        subject: subject(register, id, reading.values),
        after: reading.values,
        reason: '文件导入',
      });
    }
    return { read: rows.length, imported, unchanged: rows.length - imported, rejected: [] };
  });
}

async function contextOf(ctx: Ctx): Promise<EntryContext> {
  const units = await listUnits(ctx.db, ctx.agencyId);
  const byName = units.flatMap((unit) => [
    [unit.name, unit.id] as const,
    [unit.code, unit.id] as const,
    [String(unit.id), unit.id] as const,
  ]);
  return { today: ctx.clock.today(), units: new Map(byName) };
}

function demandValues(register: Register, given: Given, context: EntryContext): EntryValues {
  const reading = readEntry(register, given, context);
  if (reading.errors) throw new InvalidForm(reading.errors);
  return reading.values;
}

async function demandEntry(ctx: Ctx, register: Register, id: number) {
  const entry = await findEntry(ctx.db, register, ctx.agencyId, id);
  if (!entry) throw new NotFound(`没有这条${register.noun}登记。`);
  return entry;
}

const digestOf = (values: EntryValues): string =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))))
    .digest('hex');

const labelOf = (register: Register, name: string): string =>
  register.fields.find((field) => field.name === name)?.label ?? name;
