import { createHash } from 'node:crypto';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { record } from '../../ledger/index.ts';
import { demand, listUnits } from '../organisations/index.ts';
import type { EntryValues, Register } from './register.ts';
import { clean, type EntryContext, type Given, readEntry, voidReasonProblem } from './rules.ts';
import {
  type Entry,
  findEntry,
  findTwins,
  insertEntry,
  lockRegister,
  setVoided,
  updateEntry,
} from './store.ts';

/** Adds an entry. @throws InvalidForm with a message per field, also when the same entry is already there */
export async function addEntry(ctx: Ctx, register: Register, given: Given): Promise<number> {
  demand(ctx.actor, 'registers.write');
  return transact(ctx, async (ctx) => {
    const reader = await readerOf(ctx);
    const values = demandValues(register, given, reader.context);
    await lockRegister(ctx.db, register, ctx.agencyId);
    const digest = digestOf(values);
    await refuseTwin(ctx, register, digest, null);
    return writeEntry(ctx, register, { values, digest }, reader.unitNames);
  });
}

/** Inserts one entry and its ledger line; the caller holds the register's lock and has looked for twins. */
export async function writeEntry(
  ctx: Ctx,
  register: Register,
  { values, digest }: { values: EntryValues; digest: string },
  unitNames: ReadonlyMap<number, string>,
  reason?: string,
): Promise<number> {
  const id = await insertEntry(ctx.db, register, ctx.agencyId, values, digest);
  await record(ctx, {
    act: 'registers.add',
    subject: subject(register, id, values),
    after: inWords(register, values, unitNames),
    reason,
  });
  return id;
}

/**
 * Changes an entry from the revision its editor saw; saving it as it is changes and records nothing.
 * @throws Refusal `entry-changed` when someone else was faster
 */
export async function changeEntry(
  ctx: Ctx,
  register: Register,
  id: number,
  revision: number,
  given: Given,
): Promise<void> {
  demand(ctx.actor, 'registers.write');
  await transact(ctx, async (ctx) => {
    const reader = await readerOf(ctx);
    const values = demandValues(register, given, reader.context);
    await lockRegister(ctx.db, register, ctx.agencyId);
    const entry = await demandEntry(ctx, register, id);
    if (entry.voidedOn) throw new Refusal('entry-voided', '这条登记已经撤销，恢复后才能修改。');
    if (entry.revision !== revision)
      throw new Refusal('entry-changed', '其他人员刚刚修改了这条登记，请对照最新内容后再保存。');
    const digest = digestOf(values);
    if (digest === entry.digest) return;
    await refuseTwin(ctx, register, digest, id);
    await updateEntry(ctx.db, register, { agencyId: ctx.agencyId, id }, values, digest);
    await record(ctx, {
      act: 'registers.change',
      subject: subject(register, id, values),
      before: inWords(register, entry.values, reader.unitNames),
      after: inWords(register, values, reader.unitNames),
    });
  });
}

/** Takes an entry made in error out of the register; it stays readable and can be restored. */
export async function voidEntry(ctx: Ctx, register: Register, id: number, reason: string): Promise<void> {
  demand(ctx.actor, 'registers.write');
  const why = clean(reason);
  const problem = voidReasonProblem(why);
  if (problem) throw new InvalidForm({ reason: problem });
  await transact(ctx, async (ctx) => {
    await lockRegister(ctx.db, register, ctx.agencyId);
    const entry = await demandEntry(ctx, register, id);
    if (entry.voidedOn) throw new Refusal('entry-voided', '这条登记已经撤销。');
    const on = ctx.clock.today().toString();
    await setVoided(ctx.db, register, { agencyId: ctx.agencyId, id }, { on, reason: why });
    const { unitNames } = await readerOf(ctx);
    await record(ctx, {
      act: 'registers.void',
      subject: subject(register, id, entry.values),
      before: inWords(register, entry.values, unitNames),
      reason: why,
    });
  });
}

/** Puts a voided entry back in force. @throws Refusal `entry-twin` when the same was registered again meanwhile */
export async function restoreEntry(ctx: Ctx, register: Register, id: number): Promise<void> {
  demand(ctx.actor, 'registers.write');
  await transact(ctx, async (ctx) => {
    await lockRegister(ctx.db, register, ctx.agencyId);
    const entry = await demandEntry(ctx, register, id);
    if (!entry.voidedOn) throw new Refusal('entry-in-force', '这条登记没有撤销，不需要恢复。');
    const twins = await findTwins(ctx.db, register, ctx.agencyId, [entry.digest]);
    if (twins.size > 0)
      throw new Refusal('entry-twin', `撤销之后又登记了内容完全相同的${register.noun}，不能再恢复这一条。`);
    await setVoided(ctx.db, register, { agencyId: ctx.agencyId, id }, null);
    const { unitNames } = await readerOf(ctx);
    await record(ctx, {
      act: 'registers.restore',
      subject: subject(register, id, entry.values),
      after: inWords(register, entry.values, unitNames),
    });
  });
}

/** What reading and naming units needs, loaded once for a form or a file. */
export async function readerOf(
  ctx: Ctx,
): Promise<{ context: EntryContext; unitNames: ReadonlyMap<number, string> }> {
  const list = await listUnits(ctx.db, ctx.agencyId);
  const units = new Map<string, number | null>();
  for (const { name, id } of list) units.set(name, units.has(name) ? null : id);
  for (const { code, id } of list) units.set(code, id);
  return {
    context: { today: ctx.clock.today(), units },
    unitNames: new Map(list.map(({ id, name }) => [id, name])),
  };
}

/** Equal for entries that say the same. */
export const digestOf = (values: EntryValues): string =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))))
    .digest('hex');

const subject = (register: Register, id: number, values: EntryValues) => ({
  kind: `register-${register.key}`,
  id,
  label: String(values[register.titleField] ?? ''),
});

/** As the ledger keeps it: units by name. */
function inWords(register: Register, values: EntryValues, unitNames: ReadonlyMap<number, string>) {
  return Object.fromEntries(
    register.fields.map(({ name, kind }) => {
      const value = values[name] ?? null;
      return [name, kind === 'unit' && typeof value === 'number' ? (unitNames.get(value) ?? value) : value];
    }),
  );
}

function demandValues(register: Register, given: Given, context: EntryContext): EntryValues {
  const reading = readEntry(register, given, context);
  if (reading.errors) throw new InvalidForm(reading.errors);
  return reading.values;
}

async function demandEntry(ctx: Ctx, register: Register, id: number): Promise<Entry> {
  const entry = await findEntry(ctx.db, register, ctx.agencyId, id);
  if (!entry) throw new NotFound(`没有这条${register.noun}登记。`);
  return entry;
}

async function refuseTwin(ctx: Ctx, register: Register, digest: string, own: number | null): Promise<void> {
  const twin = (await findTwins(ctx.db, register, ctx.agencyId, [digest])).get(digest);
  if (twin !== undefined && twin !== own)
    throw new InvalidForm({
      '': `已有内容完全相同的${register.noun}登记，没有重复保存。确实是另一条的，请在备注中写明区别。`,
    });
}
