import { expect, test } from 'vitest';
import { anItem, openPublishingOffice, submitAndPass } from '../../../tests/support/catalogue.ts';
import { freshDatabase } from '../../../tests/support/database.ts';
import { findEntries } from '../../core/search-index/index.ts';
import { beginItem, reindexItems, withdrawItem } from './index.ts';

const { db, pool } = await freshDatabase();
const office = await openPublishingOffice(db);
const { agencyId } = office;
const on = '2018-03-06';
const found = async (query: string) =>
  (await findEntries(db, agencyId, { query, limit: 5 })).hits.map(({ ref }) => ref);

async function approved(title: string): Promise<number> {
  const content = { ...anItem, title, columnId: office.columnId };
  const id = await beginItem(office.as('publisher', on), { unitId: office.unitId, content });
  await submitAndPass(office, id, on);
  return id;
}

test('an item is found from its publication to its withdrawal, and in a transaction like everything of it', async () => {
  const id = await approved('关于独角兽企业名单的公示');
  expect(await found('独角兽')).toEqual([String(id)]);
  const undone = db.transaction().execute(async (trx) => {
    await withdrawItem({ ...office.as('disclosure-officer', on), db: trx }, id, {
      reason: '内容有误，需要核实后重新发布',
      ground: '《中华人民共和国政府信息公开条例》第六条',
    });
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  expect(await found('独角兽')).toEqual([String(id)]);
  await withdrawItem(office.as('disclosure-officer', on), id, {
    reason: '内容有误，需要核实后重新发布',
    ground: '《中华人民共和国政府信息公开条例》第六条',
  });
  expect(await found('独角兽')).toEqual([]);
});

test('a rebuild finds what is public again and nothing else', async () => {
  const id = await approved('关于瞪羚企业名单的公示');
  await pool.query(`UPDATE search_entries SET ref = '999999' WHERE ref = $1`, [String(id)]);
  await reindexItems(db, agencyId);
  expect(await found('瞪羚')).toEqual([String(id)]);
});
