import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { fillRequests } from '../../../tests/support/many-requests.ts';
import { clockAt } from '../../core/clock.ts';
import { createAgency } from '../organisations/index.ts';
import { gramsOf } from './applicant.ts';
import {
  everything,
  facetsOf,
  type ListFilter,
  type ListScope,
  sortsOf,
  stateGroups,
} from './list-filter.ts';
import { countUpTo, type ListOrder, type ListPlace, requestsBehind } from './list-store.ts';

const { db, pool } = await freshDatabase();
const COUNT = 1500;
const TODAY = '2026-11-27';
let agencyId: number;
let unit: number;
let handler: number;
/** Every row as the database holds it, with the units and people at work on it. */
let rows: Row[];

interface Row {
  id: number;
  number: string;
  title: string;
  state: string;
  channel: string;
  applicant_kind: string;
  regime: string | null;
  result_code: string | null;
  unit_id: number | null;
  handler_id: number | null;
  received_key: string;
  due_key: string;
  units: number[];
  handlers: number[];
}

beforeAll(async () => {
  const base = { db, clock: clockAt(TODAY), actor: { kind: 'system' as const, name: '系统' } };
  agencyId = await createAgency(base, { code: 'many', name: '许多申请', shortName: '许多' });
  await createAgency(base, { code: 'other', name: '另一机关', shortName: '另一' });
  await fillRequests(db, agencyId, COUNT, TODAY);
  ({ rows } = await pool.query<Row>(
    `SELECT r.*, coalesce(array_agg(a.unit_id) FILTER (WHERE a.id IS NOT NULL), '{}') AS units,
       coalesce(array_agg(a.handler_id) FILTER (WHERE a.handler_id IS NOT NULL), '{}') AS handlers
     FROM requests r LEFT JOIN request_assignments a ON a.agency_id = r.agency_id AND a.request_id = r.id AND a.ended_at IS NULL
     WHERE r.agency_id = $1 GROUP BY r.agency_id, r.id`,
    [agencyId],
  ));
  const busiest = Map.groupBy(rows, (row) => row.unit_id);
  unit = [...busiest].filter(([id]) => id !== null).sort((a, b) => b[1].length - a[1].length)[0]![0]!;
  handler = rows.find((row) => row.unit_id === unit && row.handler_id !== null)!.handler_id!;
});

const title = (word: string): Partial<ListFilter> => ({
  search: { by: 'title', words: [word], grams: gramsOf(word) },
});
const cases: readonly [string, () => Partial<ListFilter>, (() => ListScope)?][] = [
  ...(Object.keys(stateGroups) as (keyof typeof stateGroups)[]).map(
    (group): [string, () => Partial<ListFilter>] => [`stage ${group}`, () => ({ group })],
  ),
  ['a channel', () => ({ channel: 'fax' })],
  ['a kind of applicant and a regime', () => ({ applicantKind: 'research', regime: 'R2008' })],
  ['a result', () => ({ result: 'B4.2' })],
  ['a result of the other regime: nothing', () => ({ result: 'B4.2', regime: 'R2008' })],
  ['received in a year', () => ({ received: { from: '2012-01-01', to: '2012-12-31' } })],
  ['received since, open', () => ({ group: 'open', received: { from: '2026-10-01', to: null } })],
  ['overdue', () => ({ group: 'open', due: { from: null, to: '2026-11-26' } })],
  ['due within days', () => ({ due: { from: TODAY, to: '2026-12-10' } })],
  ['one unit', () => ({ unitId: unit })],
  ['one unit, concluded by fax', () => ({ unitId: unit, group: 'concluded', channel: 'fax' })],
  ['one unit in a year', () => ({ unitId: unit, received: { from: '2012-01-01', to: '2014-12-31' } })],
  ['one handler', () => ({ handlerId: handler })],
  ['one handler of a unit', () => ({ handlerId: handler, unitId: unit })],
  ['own unit only', () => ({}), () => ({ unitId: unit, states: [] })],
  [
    'own unit and what came to review',
    () => ({ group: 'open' }),
    () => ({ unitId: unit, states: ['reviewing'] }),
  ],
  ['what came to review', () => ({}), () => ({ unitId: null, states: ['reviewing'] })],
  ['nobody’s', () => ({}), () => ({ unitId: null, states: [] })],
  [
    'another unit within the own scope',
    () => ({ unitId: unit }),
    () => ({ unitId: null, states: ['signing'] }),
  ],
  ['a handler within the own scope', () => ({ handlerId: handler }), () => ({ unitId: unit, states: [] })],
  ['words of a title', () => title('会议纪要')],
  ['words of a title, concluded', () => ({ ...title('2016年'), group: 'concluded', channel: 'fax' })],
  ['words of a title in the own unit', () => title('会议纪要'), () => ({ unitId: unit, states: [] })],
  ['two words', () => ({ search: { by: 'title', words: ['城', '食品'], grams: [...gramsOf('食品')] } })],
  ['a wildcard is a letter', () => title('%年')],
  ['no such title', () => title('大熊猫')],
  ['a number', () => ({ search: { by: 'number', numbers: [rows[7]!.number] } })],
  [
    'a number outside the scope',
    () => ({ search: { by: 'number', numbers: [rows[7]!.number] } }),
    () => ({ unitId: -1, states: [] }),
  ],
  ['a person', () => ({ search: { by: 'person', digests: ['0'.repeat(64)] } })],
];

/** The same question answered by looking at every row. */
function expected(filter: ListFilter, scope: ListScope, order: ListOrder): string[] {
  const within = (value: string, { from, to }: { from: string | null; to: string | null }) =>
    (from === null || value >= from) && (to === null || value <= to);
  const states: readonly string[] = stateGroups[filter.group].states;
  const due = filter.due.from !== null || filter.due.to !== null;
  const found = rows.filter(
    (row) =>
      states.includes(row.state) &&
      (filter.channel === null || row.channel === filter.channel) &&
      (filter.applicantKind === null || row.applicant_kind === filter.applicantKind) &&
      (filter.regime === null || row.regime === filter.regime) &&
      (filter.result === null || row.result_code === filter.result) &&
      within(row.received_key, filter.received) &&
      (!due ||
        (!['concluded', 'archived', 'cancelled'].includes(row.state) && within(row.due_key, filter.due))) &&
      (filter.unitId === null || row.unit_id === filter.unitId || row.units.includes(filter.unitId)) &&
      (filter.handlerId === null ||
        row.handler_id === filter.handlerId ||
        row.handlers.includes(filter.handlerId)) &&
      (scope === null ||
        (scope.states as readonly string[]).includes(row.state) ||
        (scope.unitId !== null && (row.unit_id === scope.unitId || row.units.includes(scope.unitId)))) &&
      (filter.search === null ||
        (filter.search.by === 'title' && filter.search.words.every((word) => row.title.includes(word))) ||
        (filter.search.by === 'number' && filter.search.numbers.includes(row.number))),
  );
  const key = { due: 'due_key', received: 'received_key', number: 'number' } as const;
  const of = (row: Row) => row[key[order.sort]];
  found.sort((a, b) => (of(a) < of(b) ? -1 : of(a) > of(b) ? 1 : a.id - b.id));
  return (order.descending ? found.reverse() : found).map(({ number }) => number);
}

async function paged(filter: ListFilter, scope: ListScope, order: ListOrder, limit: number, walk?: number) {
  const found: string[] = [];
  let behind: ListPlace | null = null;
  for (;;) {
    const page = await requestsBehind(db, agencyId, { scope, filter }, order, {
      behind,
      limit,
      ...(walk && { walk }),
    });
    found.push(...page.map(({ number }) => number));
    const last = page.at(-1);
    if (page.length < limit || !last) return found;
    behind = { key: last.key, id: last.id };
  }
}

describe.each(cases)('%s', (_, filterOf, scopeOf = () => null) => {
  it('holds what a look at every row finds, in order, page behind page, by either way', async () => {
    const filter = { ...everything, ...filterOf() };
    const scope = scopeOf();
    for (const sort of sortsOf(filter)) {
      for (const descending of [true, false]) {
        const order = { sort, descending };
        const all = expected(filter, scope, order);
        const limit = Math.max(20, Math.ceil(all.length / 4));
        expect(await paged(filter, scope, order, limit)).toEqual(all);
        expect(await paged(filter, scope, order, limit, 3)).toEqual(all);
      }
    }
    const { it: count } = await countUpTo(db, agencyId, { it: { scope, filter } }, 100);
    expect(count).toBe(Math.min(101, expected(filter, scope, { sort: 'due', descending: false }).length));
  });
});

it('the words of the filter are the words of the table', async () => {
  const known = new Set(
    facetsOf({ ...everything, group: 'open' })?.concat(facetsOf({ ...everything, group: 'concluded' }) ?? []),
  );
  const { rows: stored } = await pool.query<{ facet: string }>('SELECT DISTINCT facet FROM requests');
  expect(stored.filter(({ facet }) => !known.has(facet) && !facet.startsWith('cancelled '))).toEqual([]);
  expect(facetsOf(everything)).toBeNull();
});
