import {
  addEntry,
  type Given,
  type RegisterKey,
  registerFigures,
  registers,
} from '../../src/areas/registers/index.ts';
import type { Db } from '../../src/core/db.ts';
import type { FigureScope } from '../../src/core/figure.ts';
import { InvalidForm, Refusal } from '../../src/core/refusal.ts';
import { returnsOffice } from './returns.ts';

let offices = 0;

/** An agency of its own, its officer at work on 10 January 2019. */
export async function registersOffice(db: Db) {
  offices += 1;
  const { agencyId, people, as } = await returnsOffice(db, `r${offices}`);
  const ctx = as(people.officer, '2019-01-10');
  const add = (key: RegisterKey, given: Given) => addEntry(ctx, registers[key], given);
  const figure = async (code: string, year = 2018) => {
    const scope: FigureScope = { agencyId, from: `${year}-01-01`, to: `${year}-12-31` };
    return (await registerFigures.find((one) => one.code === `registers.${code}`)?.count?.(db, scope))
      ?.quantity;
  };
  const acts = async () =>
    db
      .selectFrom('ledger_acts')
      .select(['act', 'subject_label', 'before', 'after', 'reason'])
      .where('agency_id', '=', agencyId)
      .where('act', 'like', 'registers.%')
      .orderBy('seq')
      .execute();
  return { agencyId, people, as, ctx, add, figure, acts };
}

/** A work meeting, as a form sends it. */
export const meeting = (heldOn: string, more: Given = {}) => ({
  heldOn,
  kind: '工作会议',
  title: `${heldOn}会议`,
  ...more,
});
/** The meeting of 2018-03-16, its date written in another way. */
export const sameMeeting = { ...meeting('2018-03-16'), heldOn: '2018/3/16' };
/** A post, as a form sends it. */
export const post = (name: string, fromOn: string, toOn = '', kind = '专职') => ({
  name,
  kind,
  fromOn,
  toOn,
});

/** The code of a refusal, or the messages of a form; throws when nothing was refused. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof InvalidForm) return Object.values(error.fields).join();
  if (error instanceof Refusal) return error.code;
  throw error ?? new Error('nothing was refused');
}
