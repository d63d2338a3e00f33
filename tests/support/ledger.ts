import { clockAt } from '../../src/core/clock.ts';
import type { Ctx } from '../../src/core/context.ts';
import { type Db, transact } from '../../src/core/db.ts';
import { record } from '../../src/ledger/index.ts';

const staff = { kind: 'staff', staffId: 7, name: '李文', agencyId: 1, unitId: 1, roles: [] } as const;

/** Agencies with nothing but a ledger, and acts to fill it with. */
export function ledgerHands(db: Db) {
  return {
    agency: async (code: string): Promise<number> => {
      const row = await db
        .insertInto('agencies')
        .values({ code, name: `机构${code}`, short_name: `机构${code}`, parent_id: null, closed_on: null })
        .returning('id')
        .executeTakeFirstOrThrow();
      return row.id;
    },
    context: (agencyId: number, at = '2018-06-01'): Ctx => ({
      db,
      clock: clockAt(at),
      actor: staff,
      agencyId,
    }),
    /** So many acts, each on a record of its own. */
    fill: async (ctx: Ctx, count: number): Promise<void> => {
      for (let id = 1; id <= count; id++) {
        await transact(ctx, (inside) =>
          record(inside, {
            act: 'returns.submit',
            subject: { kind: 'return', id, label: `6月填报${id}` },
            before: { quantity: id },
            after: { quantity: id + 1, note: '核对后更正' },
            reason: `第${id}次`,
          }),
        );
      }
    },
  };
}
