import { expect, test } from 'vitest';
import { openPublishingOffice } from '../../../tests/support/catalogue.ts';
import { freshDatabase } from '../../../tests/support/database.ts';
import { loadDictionary, saveWord } from './index.ts';

const { db } = await freshDatabase();
const office = await openPublishingOffice(db);

test('the first word of an agency that comes while it is asked for is no word of another', async () => {
  const word = { kind: 'misspelling', wrong: '甲乙丙', right: '甲己丙', severity: 'hint' };
  const rest = { near: '', notNear: '', exceptions: '', note: '', source: '' };
  const officer = office.as('disclosure-officer', '2018-03-06');
  let asked = 0;
  const meanwhile = db.withPlugin({
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      asked += 1;
      if (asked === 1) await saveWord(officer, null, { ...word, ...rest });
      return result;
    },
  });
  await loadDictionary(meanwhile, office.agencyId);
  const found = async (agencyId: number) => (await loadDictionary(db, agencyId))('甲乙丙', 10).words.length;
  expect(await found(office.agencyId)).toBe(1);
  expect(await found(office.agencyId + 1)).toBe(0);
});
