import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { openPublishingOffice } from '../../../tests/support/catalogue.ts';
import { freshDatabase } from '../../../tests/support/database.ts';
import { documentsOf } from '../../../tests/support/normative.ts';
import type { EvidencePage } from '../../core/figure.ts';
import { catalogueFigures } from './figures.ts';

const { db } = await freshDatabase();
const office = await openPublishingOffice(db);
const { agencyId } = office;

interface Given {
  normative?: 'none' | 'normative' | 'rule';
  formed: string;
  /** Null: reviewed, and not public. */
  published: string | null;
  withdrawn?: string;
  discarded?: true;
  validity?: readonly [validity: string, from: string][];
}

let serial = 0;
/** Enters an item as the acts of its life would have left it. */
async function enter({ normative = 'none', formed, published, withdrawn, discarded, validity = [] }: Given) {
  serial += 1;
  const number = serial;
  const state = discarded ? 'discarded' : withdrawn ? 'withdrawn' : published ? 'published' : 'draft';
  const at = `${published ?? formed}T12:00:00+08:00`;
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ id: number }>`
      INSERT INTO items (agency_id, index_number, unit_id, state, title) VALUES
        (${agencyId}, ${`KM/2018-${number}`}, ${office.unitId}, 'draft', ${`文件${number}`}) RETURNING id`.execute(
      trx,
    );
    const id = rows[0]?.id ?? 0;
    await sql`INSERT INTO item_versions (agency_id, item_id, version, state, title, normative, formed_on, attribute,
        attribute_reason, created_at, saved_at, published_at, digest)
      VALUES (${agencyId}, ${id}, 1, ${discarded ? 'discarded' : published ? 'published' : 'approved'}, ${`文件${number}`}, ${normative},
        ${formed}, ${published ? 'proactive' : 'closed'}, ${published ? '' : '内部管理信息'}, ${at}, ${at},
        ${published ? at : null}, ${published ? 'digest' : ''})`.execute(trx);
    if (published) {
      // No import brought it.
      await sql`SET LOCAL session_replication_role = replica`.execute(trx);
      await sql`INSERT INTO item_reviews (agency_id, item_id, version, step, result, reviewer_name, concluding, at)
        VALUES (${agencyId}, ${id}, 1, 'import', 'passed', '导入', true, ${at})`.execute(trx);
      await sql`SET LOCAL session_replication_role = origin`.execute(trx);
      await sql`UPDATE items SET state = ${state}, live_version = 1, normative = ${normative}, formed_on = ${formed},
          published_on = ${published}, published_at = ${at}, withdrawn_on = ${withdrawn ?? null},
          withdrawal_reason = ${withdrawn ? '内容有误' : ''}
        WHERE agency_id = ${agencyId} AND id = ${id}`.execute(trx);
    } else
      await sql`UPDATE items SET state = ${state} WHERE agency_id = ${agencyId} AND id = ${id}`.execute(trx);
    for (const [word, from] of validity)
      await sql`INSERT INTO item_validity (agency_id, item_id, validity, from_on, ground, by_name, at)
        VALUES (${agencyId}, ${id}, ${word}, ${from}, '清理结果', '专员', ${at})`.execute(trx);
    return id;
  });
}

await enter({ formed: '2017-12-28', published: '2018-01-01' });
await enter({ formed: '2018-03-01', published: '2018-03-02' });
await enter({ formed: '2018-03-01', published: '2018-12-31', withdrawn: '2019-02-01' });
await enter({ formed: '2018-12-30', published: '2019-01-02' });
await enter({
  normative: 'normative',
  formed: '2016-05-01',
  published: '2016-05-03',
  validity: [['repealed', '2018-06-30']],
});
await enter({
  normative: 'normative',
  formed: '2018-02-01',
  published: '2018-02-10',
  validity: [['amended', '2018-09-01']],
});
await enter({
  normative: 'normative',
  formed: '2018-04-01',
  published: '2018-04-09',
  validity: [['expired', '2019-12-31']],
});
await enter({
  normative: 'normative',
  formed: '2015-04-01',
  published: '2015-04-09',
  validity: [
    ['repealed', '2017-05-01'],
    ['in-force', '2018-05-01'],
    ['repealed', '2018-11-01'],
  ],
});
await enter({ normative: 'normative', formed: '2018-07-01', published: null });
await enter({ normative: 'normative', formed: '2018-07-02', published: null, discarded: true });
await enter({ normative: 'rule', formed: '2018-08-01', published: '2018-08-02', withdrawn: '2018-10-01' });

const year = (y: number) => ({ agencyId, from: `${y}-01-01`, to: `${y}-12-31` });
const figureOf = (code: string) => {
  const figure = catalogueFigures.find((one) => one.code === `catalogue.${code}`);
  if (!figure?.count || !figure.evidence) throw new Error(`no figure ${code}`);
  return { count: figure.count, evidence: figure.evidence };
};

describe('figures of the catalogue, counted by hand', () => {
  it.each<[code: string, year: number, quantity: number | null]>([
    ['items', 2018, 6],
    ['items', 2019, 1],
    ['items', 2014, null],
    ['normative.published', 2018, 2],
    ['normative.issued', 2018, 3],
    ['normative.issued', 2017, null],
    ['normative.created', 2018, 3],
    ['normative.disclosed', 2018, 2],
    ['normative.total-disclosed', 2018, 4],
    ['normative.total-disclosed', 2016, 2],
    ['normative.repealed', 2018, 1],
    ['normative.repealed', 2017, 1],
    ['normative.repealed', 2019, 1],
    ['normative.repealed', 2020, 0],
    ['normative.in-force', 2016, 2],
    ['normative.in-force', 2017, 1],
    ['normative.in-force', 2018, 3],
    ['normative.in-force', 2019, 2],
    ['rules.issued', 2018, 1],
    ['rules.issued', 2019, 0],
    ['rules.total-disclosed', 2018, null],
    ['rules.in-force', 2018, 1],
  ])('%s of %i is %s', async (code, y, quantity) => {
    expect((await figureOf(code).count(db, year(y))).quantity).toBe(quantity);
  });

  it('counts a document of the turn of the year where it became public, and where it was made', async () => {
    const other = await openPublishingOffice(db, 'turn');
    await documentsOf(other.system('2018-01-02'), [
      { title: '年末办法', number: '昆高规〔2017〕9号', formedOn: '2017-12-28', publishedOn: '2018-01-02' },
    ]);
    const records = async (code: string, y: number) =>
      (await figureOf(code).count(db, { ...year(y), agencyId: other.agencyId })).records;
    for (const [y, public_, made] of [
      [2017, 0, 1],
      [2018, 1, 0],
    ] as const) {
      expect(await records('normative.published', y)).toBe(public_);
      expect(await records('normative.disclosed', y)).toBe(public_);
      expect(await records('normative.published', y)).toBeLessThanOrEqual(await records('items', y));
      expect(await records('normative.issued', y)).toBe(made);
    }
  });

  it('names behind each figure the records it counted, page by page', async () => {
    for (const { code, count, evidence } of catalogueFigures) {
      const { records } = (await count?.(db, year(2018))) ?? { records: -1 };
      const found: number[] = [];
      for (let after: string | null = null; ; ) {
        const page: EvidencePage | undefined = await evidence?.(db, year(2018), { after, limit: 2 });
        found.push(...(page?.records ?? []).map(({ id }) => id));
        after = page?.next ?? null;
        if (after === null) break;
      }
      expect([code, new Set(found).size, found.length]).toEqual([code, records, records]);
    }
  });

  it('does not tell the public what was withdrawn or is not public', async () => {
    const shown = async (code: string) =>
      (await figureOf(code).evidence(db, year(2018), { after: null, limit: 50 })).records.map(
        ({ title }) => title,
      );
    expect(await shown('rules.issued')).toEqual(['已撤下的信息（KM/2018-11）']);
    expect(await shown('normative.issued')).toContain('未公开的文件');
  });
});
