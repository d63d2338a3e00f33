import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { type CountedRequest, countedRequest } from '../../../tests/support/counted-requests.ts';
import { freshDatabase } from '../../../tests/support/database.ts';
import { figureNeeds, formats } from '../../annual-report/formats/index.ts';
import type { EvidencePage, EvidenceRecord } from '../../core/figure.ts';
import { replyKinds } from '../../law/index.ts';
import { requestCountings } from './figure-rows.ts';
import { requestFigures } from './figures.ts';

const { db } = await freshDatabase();
const figures = new Map(requestFigures.map((figure) => [figure.code, figure]));

let agencyId = 0;
let otherAgency = 0;

const request = (given: CountedRequest, agency = agencyId) => countedRequest(db, agency, given);

const scopeOf = (year: number) => ({ agencyId, from: `${year}-01-01`, to: `${year}-12-31` });

async function count(code: string, year: number): Promise<number | null> {
  const counted = await figures.get(`requests.${code}`)?.count?.(db, scopeOf(year));
  return counted?.quantity ?? null;
}

const sumOf = async (codes: readonly string[], year: number): Promise<number> =>
  (await Promise.all(codes.map((code) => count(code, year)))).reduce<number>((all, n) => all + (n ?? 0), 0);

beforeAll(async () => {
  const agency = async (code: string) => {
    const { rows } = await sql<{
      id: number;
    }>`INSERT INTO agencies (code, name, short_name, credit_code, settings)
      VALUES (${code}, ${code}, ${code}, '', '{}') RETURNING id`.execute(db);
    return rows[0]?.id ?? 0;
  };
  agencyId = await agency('figures');
  otherAgency = await agency('neighbours');
  const { rows } = await sql<{
    id: number;
  }>`INSERT INTO units (agency_id, code, name) VALUES (${agencyId}, 'BGS', '办公室')
    RETURNING id`.execute(db);
  const unitId = rows[0]?.id ?? null;
  // 2018: five received, four of them concluded in the year.
  await request({ received: '2018-01-01', concluded: '2018-01-15', result: 'A2', due: '2018-01-22', unitId });
  await request({ received: '2018-03-01', concluded: '2018-03-22', result: 'A1', due: '2018-03-22' });
  await request({
    received: '2018-03-02',
    concluded: '2018-03-26',
    result: 'A4.2',
    due: '2018-03-23',
    channel: 'fax',
  });
  await request({
    received: '2018-06-01',
    concluded: '2018-06-04',
    result: 'W',
    channel: 'email',
    kind: 'company',
  });
  await request({
    received: '2018-12-31',
    concluded: '2019-01-15',
    result: 'A5',
    due: '2019-01-22',
    channel: 'ordinary-post',
    kind: 'company',
  });
  // Never received: no figure counts it.
  await request({ received: null });
  // 2019: two received, one of them still open in 2021.
  await request({ received: '2019-05-15', concluded: '2019-05-15', result: 'B1.2', due: '2019-06-13' });
  await request({
    received: '2019-12-31',
    concluded: '2021-02-01',
    result: 'B6.2',
    due: '2020-02-21',
    fee: {
      amount: 12_340,
      noticed: '2020-01-03',
      paid: '2020-12-31',
      refunded: 2340,
      refundedOn: '2021-01-04',
    },
  });
  await request({ received: '2021-01-05', due: '2021-02-02', kind: 'research' });
  await request({ received: '2018-05-01' }, otherAgency);
});

describe('rows of the tables', () => {
  test('every figure of requests that a format names is counted from records', () => {
    const named = formats.flatMap(figureNeeds).filter(({ code }) => code.startsWith('requests.'));
    expect(new Set(requestFigures.map(({ code }) => code))).toEqual(new Set(named.map(({ code }) => code)));
    expect(requestFigures).toHaveLength(new Set(named.map(({ code }) => code)).size);
    const first = new Map([...named].reverse().map((need) => [need.code, need]));
    for (const { code, label, unit, kind, measure } of requestFigures)
      expect({ code, label, unit, kind, measure }).toEqual({
        code,
        label: first.get(code)?.label,
        unit: first.get(code)?.unit,
        kind: first.get(code)?.kind,
        measure: first.get(code)?.measure,
      });
  });

  test.each([...replyKinds.map(({ code }) => code), 'W'])(
    '%s is in one row of each table since 2019',
    (result) => {
      for (const format of formats.filter(({ id }) => id !== '2014')) {
        const codes = new Set(figureNeeds(format).map(({ code }) => code));
        const rows = requestCountings.filter(
          ({ code, applicant, results }) =>
            codes.has(code) && applicant === 'company' && results?.includes(result),
        );
        expect(
          rows.map(({ code }) => code),
          format.id,
        ).toHaveLength(1);
      }
    },
  );

  test('a result of 711 is in the row that the law names', () => {
    const format = formats.find(({ id }) => id === '2021');
    const rows = format?.tables.flatMap(({ sections }) => sections.flatMap((section) => section.rows)) ?? [];
    for (const kind of replyKinds.filter(({ regime }) => regime === 'R2019')) {
      const row = rows.find(({ code }) => code === kind.row);
      const counting = requestCountings.find(({ code }) => code === row?.figures?.company);
      expect(counting?.results, kind.code).toContain(kind.code);
    }
  });

  test('a result of 492 is in the row that the law names', () => {
    const rows = formats.find(({ id }) => id === '2014')?.tables[0]?.sections[0]?.rows ?? [];
    for (const kind of replyKinds.filter(({ regime }) => regime === 'R2008')) {
      const row = rows.find(({ code }) => code === kind.row);
      expect(requestCountings.find(({ code }) => code === row?.figures?.value)?.results).toEqual([kind.code]);
    }
  });
});

describe('counted by hand', () => {
  test.each([
    ['received', 2018, 5],
    ['received.in-person', 2018, 2],
    ['received.fax', 2018, 1],
    ['received.internet', 2018, 1],
    ['received.letter', 2018, 1],
    ['concluded', 2018, 4],
    ['concluded.on-time', 2018, 3],
    ['concluded.extended', 2018, 1],
    ['replies', 2018, 3],
    ['replies.disclosed', 2018, 1],
    ['replies.already-public', 2018, 1],
    ['replies.refused', 2018, 1],
    ['replies.refused.trade-secret', 2018, 1],
    ['replies.partly-disclosed', 2018, null],
    ['received', 2017, null],
    ['fees', 2018, null],
    ['new.natural-person', 2019, 2],
    ['new.company', 2019, 0],
    ['carried-in.natural-person', 2019, 0],
    ['carried-in.company', 2019, 1],
    ['outcomes.disclosed.natural-person', 2019, 1],
    ['outcomes.unavailable.not-held.company', 2019, 1],
    ['carried-out.natural-person', 2019, 1],
    ['carried-out.company', 2019, 0],
    ['new.natural-person', 2020, 0],
    ['carried-in.natural-person', 2020, 1],
    ['carried-out.natural-person', 2020, 1],
    ['fees', 2020, 1.234],
    ['fee-notices', 2020, 1],
    ['outcomes.other.fee-unpaid.natural-person', 2021, 1],
    ['outcomes.other.natural-person', 2021, 1],
    ['carried-in.natural-person', 2021, 1],
    ['carried-out.natural-person', 2021, 0],
    ['carried-out.research', 2021, 1],
    ['fees', 2021, -0.234],
    ['fee-notices', 2021, 0],
  ])('requests.%s in %i is %s', async (code, year, expected) => {
    expect(await count(code, year)).toBe(expected);
  });

  test('another agency has its own', async () => {
    const counted = await figures.get('requests.received')?.count?.(db, {
      ...scopeOf(2018),
      agencyId: otherAgency,
    });
    expect(counted).toEqual({ records: 1, quantity: 1 });
  });

  test.each([2018, 2019, 2020, 2021, 2022])(
    '%i: new and carried in are concluded and carried out',
    async (year) => {
      const format = formats.find(({ id }) => id === (year < 2021 ? '2019' : '2021'));
      const codes = (format ? figureNeeds(format) : [])
        .map(({ code }) => code.replace(/^requests\./, ''))
        .filter((code) => /^(new|carried-in|carried-out|outcomes)\./.test(code));
      const of = (start: RegExp) =>
        sumOf(
          codes.filter((code) => start.test(code)),
          year,
        );
      expect((await of(/^new/)) + (await of(/^carried-in/))).toBe(
        (await of(/^outcomes/)) + (await of(/^carried-out/)),
      );
    },
  );
});

describe('evidence', () => {
  async function allOf(code: string, year: number, limit = 1): Promise<EvidenceRecord[]> {
    const found: EvidenceRecord[] = [];
    let after: string | null = null;
    do {
      const page: EvidencePage | undefined = await figures
        .get(`requests.${code}`)
        ?.evidence?.(db, scopeOf(year), { after, limit });
      found.push(...(page?.records ?? []));
      after = page?.next ?? null;
    } while (after !== null);
    return found;
  }

  test('every figure lists as many records as it counts, page by page, each once', async () => {
    for (const { code, count } of requestFigures)
      for (const year of [2018, 2019, 2020, 2021]) {
        const records = await allOf(code.replace('requests.', ''), year);
        const counted = await count?.(db, scopeOf(year));
        expect(records, `${code} ${year}`).toHaveLength(counted?.records ?? -1);
        expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
        const sum = records.reduce((all, { quantity }) => all + quantity, 0);
        expect(sum, `${code} ${year}`).toBeCloseTo(counted?.quantity ?? 0, 6);
      }
  });

  test('says nothing of what was asked for to the public, and leads the house to the request', async () => {
    const [first] = await allOf('concluded', 2018);
    expect(first).toMatchObject({
      kind: 'request',
      title: expect.stringMatching(/^申请 2018-\d{6}（同意公开）$/),
      note: '道路改造招标文件',
      on: '2018-01-15',
      unitName: '办公室',
      href: `/workbench/requests/${first?.id}`,
    });
  });
});
