import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { writeCsv } from '../../core/spreadsheet/index.ts';
import { record } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import { entriesOf, loadDictionary, withKept } from './dictionary.ts';
import { deleteEntry, type KeptEntry, keptEntries, lockDictionary, writeEntry } from './dictionary-store.ts';
import { type EntryForm, type EntryValues, formOfEntry, readEntry } from './entry-rules.ts';
import { foldWord } from './folded-text.ts';
import { type DictionaryEntry, type EntryKind, entryKinds, type Finding, severities } from './model.ts';
import { scan } from './scan.ts';

/** An agency's own words, at most. */
const MOST_OWN = 5000;

export interface DictionaryFilter {
  text: string;
  kind: EntryKind | '';
  state: '' | 'on' | 'off' | 'own' | 'changed';
}

/** A word with where it comes from. */
export interface ShownEntry extends DictionaryEntry {
  origin: 'program' | 'changed' | 'own';
  changedBy: string;
  changedAt: Date | null;
}

/** Words of the agency's dictionaries that fit a filter, in their order. */
export async function dictionaryWords(ctx: Ctx, filter: DictionaryFilter): Promise<ShownEntry[]> {
  demand(ctx.actor, 'dictionaries.read');
  const kept = new Map((await keptEntries(ctx.db, ctx.agencyId)).map((entry) => [entry.key, entry]));
  const text = foldWord(filter.text);
  return (await entriesOf(ctx.db, ctx.agencyId))
    .map((entry): ShownEntry => {
      const own = kept.get(entry.key);
      const origin = own === undefined ? 'program' : own.builtIn === null ? 'own' : 'changed';
      return { ...entry, origin, changedBy: own?.changedBy ?? '', changedAt: own?.changedAt ?? null };
    })
    .filter(
      (entry) =>
        (filter.kind === '' || entry.kind === filter.kind) &&
        (text === '' ||
          [entry.wrong, ...entry.right, entry.note].some((word) => foldWord(word).includes(text))) &&
        (filter.state === '' ||
          (filter.state === 'on' && entry.enabled) ||
          (filter.state === 'off' && !entry.enabled) ||
          entry.origin === filter.state),
    );
}

/** @throws NotFound */
export async function dictionaryWord(ctx: Ctx, key: string): Promise<ShownEntry> {
  const everything = await dictionaryWords(ctx, { text: '', kind: '', state: '' });
  const entry = everything.find((one) => one.key === key);
  if (!entry) throw new NotFound('没有找到这个词。');
  return entry;
}

/** Adds a word, or changes one; a word of the program is changed for this agency only. Returns its key. @throws InvalidForm */
export async function saveWord(ctx: Ctx, key: string | null, form: EntryForm): Promise<string> {
  demand(ctx.actor, 'dictionaries.write');
  const { values, problems } = readEntry(form);
  if (Object.keys(problems).length > 0) throw new InvalidForm(problems);
  return changing(ctx, async (ctx, held) => {
    const { present } = held;
    const before = key === null ? null : present.find((entry) => entry.key === key);
    if (before === undefined) throw new NotFound('没有找到这个词。');
    const same = present.find(
      (entry) => entry.key !== key && foldWord(entry.wrong) === foldWord(values.wrong),
    );
    if (same) throw new InvalidForm({ wrong: `词典里已经有“${same.wrong}”，请修改那个词。` });
    if (before === null) demandRoom(held, 1);
    const saved = await write(ctx, held, before, { ...values, enabled: before?.enabled ?? true });
    await note(ctx, before ? 'dictionaries.change' : 'dictionaries.add', saved, values.wrong, {
      ...(before && { before: formOfEntry(before) }),
      after: formOfEntry(values),
    });
    return saved;
  });
}

/** Switches a word off or on again. @throws NotFound */
export async function switchWord(ctx: Ctx, key: string, enabled: boolean): Promise<void> {
  demand(ctx.actor, 'dictionaries.write');
  await changing(ctx, async (ctx, held) => {
    const entry = held.present.find((one) => one.key === key);
    if (!entry) throw new NotFound('没有找到这个词。');
    if (entry.enabled === enabled) return;
    await write(ctx, held, entry, { ...entry, enabled });
    await note(ctx, enabled ? 'dictionaries.switch-on' : 'dictionaries.switch-off', key, entry.wrong, {});
  });
}

/** Takes back what the agency made of a word of the program, or removes its own. @throws NotFound */
export async function dropWord(ctx: Ctx, key: string): Promise<void> {
  demand(ctx.actor, 'dictionaries.write');
  await changing(ctx, async (ctx, held) => {
    const kept = held.kept.find((one) => one.key === key);
    if (!kept) throw new NotFound('没有找到这个词，或者没有改动过。');
    await deleteEntry(ctx.db, ctx.agencyId, kept.id);
    const act = kept.builtIn === null ? 'dictionaries.remove' : 'dictionaries.restore';
    await note(ctx, act, key, kept.wrong, { before: formOfEntry(kept) });
  });
}

/** Headings of the file, in its order. */
export const wordHeadings = {
  kind: '类别',
  severity: '程度',
  wrong: '错误写法',
  right: '正确写法',
  near: '附近须有',
  notNear: '附近不得有',
  exceptions: '含有它的正确用法',
  note: '说明',
  source: '依据',
  enabled: '状态',
} as const;

/** Every word as CSV; no cell of it runs as a formula. */
export async function exportWords(ctx: Ctx, filter: DictionaryFilter): Promise<string> {
  const words = await dictionaryWords(ctx, filter);
  return writeCsv(
    Object.values(wordHeadings),
    words.map((entry) => {
      const form = formOfEntry(entry);
      return [
        entryKinds[entry.kind],
        severities[entry.severity].label,
        form.wrong,
        form.right,
        form.near,
        form.notNear,
        form.exceptions,
        form.note,
        form.source,
        entry.enabled ? '启用' : '停用',
      ];
    }),
  );
}

/**
 * Takes words from a file: the whole file or nothing. A word that is there already is changed. Returns how many were added and
 * changed. @throws InvalidForm `file` with the first lines that are wrong
 */
export async function importWords(
  ctx: Ctx,
  sheet: { rows: readonly (readonly string[])[]; lines: readonly number[] },
): Promise<{ added: number; changed: number }> {
  demand(ctx.actor, 'dictionaries.write');
  const rows = readRows(sheet);
  return changing(ctx, async (ctx, held) => {
    const byWrong = new Map(held.present.map((entry) => [foldWord(entry.wrong), entry]));
    let [added, changed] = [0, 0];
    for (const { values, enabled } of rows) {
      const before = byWrong.get(foldWord(values.wrong)) ?? null;
      if (before && before.enabled === enabled && sameWords(before, values)) continue;
      await write(ctx, held, before, { ...values, enabled });
      if (before) changed += 1;
      else added += 1;
    }
    demandRoom(held, added);
    await record(ctx, {
      act: 'dictionaries.import',
      subject: { kind: 'dictionary', id: 0, label: '内容检查词典' },
      after: { added, changed },
    });
    return { added, changed };
  });
}

const sameWords = (a: EntryValues, b: EntryValues): boolean =>
  JSON.stringify(Object.entries(formOfEntry(pick(a))).sort()) ===
  JSON.stringify(Object.entries(formOfEntry(pick(b))).sort());

const pick = ({ kind, severity, wrong, right, near, notNear, exceptions, note, source }: EntryValues) => ({
  kind,
  severity,
  wrong,
  right,
  near,
  notNear,
  exceptions,
  note,
  source,
});

const MOST_TOLD = 10;

function readRows({ rows, lines }: { rows: readonly (readonly string[])[]; lines: readonly number[] }) {
  const labels: readonly (readonly [string, string])[] = Object.entries(wordHeadings);
  const head = (rows[0] ?? []).map((cell) => labels.find(([, label]) => label === cell.trim())?.[0]);
  if (!head.includes('wrong') || !head.includes('kind'))
    throw new InvalidForm({ file: '第一行须是表头，至少有“类别”和“错误写法”。请先导出一份，照着填写。' });
  const faults: string[] = [];
  const seen = new Map<string, number>();
  const read = rows.slice(1).flatMap((cells, index) => {
    if (cells.every((cell) => cell.trim() === '')) return [];
    const line = lines[index + 1] ?? index + 2;
    const given: Record<string, string> = {};
    head.forEach((name, column) => {
      // What the export put before a word that a spreadsheet would run.
      if (name) given[name] = (cells[column] ?? '').replace(/^'(?=[=+\-@\t\r])/, '').trim();
    });
    const { values, problems } = readEntry(formFrom(given));
    const twice = seen.get(foldWord(values.wrong));
    seen.set(foldWord(values.wrong), line);
    const [problem] = Object.values(problems);
    if (problem !== undefined) faults.push(`第 ${line} 行：${problem}`);
    else if (twice !== undefined) faults.push(`第 ${line} 行：“${values.wrong}”和第 ${twice} 行重复。`);
    return [{ values, enabled: given.enabled !== '停用' }];
  });
  if (read.length === 0) throw new InvalidForm({ file: '表头下面没有内容。' });
  if (faults.length > 0)
    throw new InvalidForm({
      file: `${faults.slice(0, MOST_TOLD).join('')}${faults.length > MOST_TOLD ? `另有 ${faults.length - MOST_TOLD} 行不合格。` : ''}没有导入任何一行。`,
    });
  return read;
}

function formFrom(given: Readonly<Record<string, string>>): EntryForm {
  const named = (labels: readonly (readonly [string, string])[], word: string | undefined) =>
    labels.find(([, label]) => label === word)?.[0] ?? word ?? '';
  return {
    kind: named(Object.entries(entryKinds), given.kind),
    severity:
      named(
        Object.entries(severities).map(([key, { label }]) => [key, label] as const),
        given.severity,
      ) || 'needs-reason',
    wrong: given.wrong ?? '',
    right: given.right ?? '',
    near: given.near ?? '',
    notNear: given.notNear ?? '',
    exceptions: given.exceptions ?? '',
    note: given.note ?? '',
    source: given.source ?? '',
  };
}

/** What the dictionaries find in a text that somebody tries; nothing of it is kept. */
export async function tryWords(ctx: Ctx, text: string): Promise<Finding[]> {
  demand(ctx.actor, 'dictionaries.read');
  const dictionary = await loadDictionary(ctx.db, ctx.agencyId);
  return scan(
    {
      title: '',
      abstract: text,
      body: '',
      documentNumber: '',
      issuingBody: '',
      source: '-',
      keywords: ['-'],
      amendment: '',
      normative: false,
      interpretationPlan: '',
      files: [],
    },
    { dictionary, deadLinks: [], today: ctx.clock.today() },
  );
}

/** The dictionary of the agency, held for a change. */
interface Held {
  present: readonly DictionaryEntry[];
  kept: readonly KeptEntry[];
}

async function changing<Result>(
  ctx: Ctx,
  change: (ctx: Ctx, held: Held) => Promise<Result>,
): Promise<Result> {
  return transact(ctx, async (ctx) => {
    await lockDictionary(ctx.db, ctx.agencyId);
    const kept = await keptEntries(ctx.db, ctx.agencyId);
    return change(ctx, { present: withKept(kept), kept });
  });
}

async function write(
  ctx: Ctx,
  { kept }: Held,
  before: DictionaryEntry | null,
  values: EntryValues & { enabled: boolean },
): Promise<string> {
  const own = before ? kept.find(({ key }) => key === before.key) : undefined;
  const builtIn = before?.key.startsWith('d:') ? before.key : null;
  const id = await writeEntry(ctx.db, ctx.agencyId, {
    ...values,
    id: own?.id ?? null,
    builtIn,
    changedBy: ctx.actor.name,
    changedAt: instantOf(ctx.clock),
  });
  return builtIn ?? `a:${id}`;
}

/** @throws Refusal */
function demandRoom({ kept }: Held, added: number): void {
  if (kept.filter(({ builtIn }) => builtIn === null).length + added > MOST_OWN)
    throw new Refusal('dictionaries-full', `自建的词最多 ${MOST_OWN} 个，请先删除不用的。`, { status: 409 });
}

async function note(ctx: Ctx, act: string, key: string, wrong: string, told: object): Promise<void> {
  await record(ctx, { act, subject: { kind: 'dictionary-entry', id: key, label: wrong }, ...told });
}
