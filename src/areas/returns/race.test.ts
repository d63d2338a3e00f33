import { expect, it } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { returnsOffice, testFigures } from '../../../tests/support/returns.ts';
import { moveReturn, saveDraft } from './index.ts';

const { db, pool } = await freshDatabase();

it('of two returns with the same figure submitted at one moment, one is refused', async () => {
  const { people, units, as } = await returnsOffice(db, 'race');
  for (let round = 0; round < 8; round++) {
    const drafts = [];
    for (const period of [
      { from: '2018-03-01', to: '2018-03-31' },
      { from: '2018-01-01', to: '2018-03-31' },
    ]) {
      const lines = [{ figure: 'channels.weibo', quantity: '5', note: '' }];
      const form = { unitId: units.culture, period, version: 0, desk: `d${round}`, lines };
      drafts.push(await saveDraft(as(people.publisher), testFigures, form));
    }
    const settled = await Promise.allSettled(
      drafts.map(({ id }) => moveReturn(as(people.publisher), id, 'submit')),
    );
    const refused = settled.flatMap((one) =>
      one.status === 'rejected' ? [(one.reason as { code?: string }).code] : [],
    );
    expect(refused).toEqual(['returns-overlap']);
    for (const { id } of drafts) {
      const { rows } = await pool.query<{ status: string }>('SELECT status FROM returns WHERE id = $1', [id]);
      if (rows[0]?.status === 'submitted') await moveReturn(as(people.publisher), id, 'recall');
      await moveReturn(as(people.publisher), id, 'discard', '测试结束');
    }
  }
});
