import { describe, expect, it } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { returnsOffice, testFigures } from '../../../tests/support/returns.ts';
import { importSheetLimits, readRecords } from '../../core/spreadsheet/index.ts';
import {
  type ImportOptions,
  importReturns,
  listReturns,
  monthPeriod,
  moveReturn,
  saveDraft,
  sumReturns,
} from './index.ts';

const { db } = await freshDatabase();
const office = await returnsOffice(db, 'a');
const ctx = office.as({ kind: 'system', name: '导入' }, '2019-02-01');
const year = { agencyId: office.agencyId, from: '2018-01-01', to: '2018-12-31' };
const rows: Record<string, string> = { '1.2.3': 'channels.weibo' };

const importText = (text: string, options: Partial<ImportOptions> = {}) =>
  importReturns(ctx, readRecords({ name: 'a', bytes: Buffer.from(text) }, importSheetLimits), {
    fileName: 'a.jsonl',
    resolveFigure: (name) => testFigures.get(rows[name] ?? name) ?? `没有“${name}”这个指标`,
    ...options,
  });
const json = (...lines: object[]) => lines.map((line) => JSON.stringify(line)).join('\n');
const line = (sourceId: string | undefined, quantity: number | null, more = {}) => ({
  sourceId,
  figure: '1.2.3',
  unit: 'wh',
  from: '2018-03-01',
  to: '2018-03-31',
  quantity,
  ...more,
});
const count = async () => (await sumReturns(db, year, testFigures)).get('channels.weibo') ?? null;
const empty = async () =>
  expect([await count(), (await listReturns(db, office.agencyId, { limit: 9 })).length]).toEqual([null, 0]);

describe('import of history', () => {
  it('rejects with line, field and problem, and keeps everything out', async () => {
    const result = await importText(
      `${json(
        line('1', 5),
        line('2', -1),
        line('3', 1.5),
        line('4', 1, { unit: 'xx' }),
        line('5', 1, { figure: '9.9' }),
        line('6', 1, { to: '2018-02-30' }),
        line('7', 1, { to: '2019-03-31' }),
        line('8', 1, { figure: 'registers.meetings' }),
        { ...line('9', 1), quantity: undefined },
        line('1', 6),
        line(undefined, 1, { figure: 'channels.wechat' }),
        line(undefined, 2, { figure: 'channels.wechat', from: '2018-03-31', to: '2018-03-31' }),
      )}\n{broken`,
    );
    expect(result.rejected.map(({ line: at, field }) => [at, field])).toEqual([
      [2, 'quantity'],
      [3, 'quantity'],
      [4, 'unit'],
      [5, 'figure'],
      [6, 'to'],
      [7, 'to'],
      [8, 'figure'],
      [9, 'quantity'],
      [10, 'sourceId'],
      [12, 'from'],
      [13, ''],
    ]);
    expect([result.read, result.imported]).toEqual([13, 0]);
    await empty();
  });

  it('a dry run changes nothing; the import arrives accepted; the same file again changes nothing', async () => {
    const text = json(
      line('1', 5),
      line('2', 7),
      line('3', null, { from: '2018-01-01', to: '2018-12-31' }),
      line(undefined, 2, { figure: 'channels.wechat' }),
    );
    expect(await importText(text, { dryRun: true })).toEqual({
      read: 4,
      imported: 4,
      unchanged: 0,
      rejected: [],
    });
    await empty();
    expect((await importText(text)).imported).toBe(4);
    expect(await count()).toEqual({ count: 3, quantity: 12, blank: true });
    expect(
      (await listReturns(db, office.agencyId, { limit: 9 })).map(({ status, from, to }) => [
        status,
        from,
        to,
      ]),
    ).toEqual([
      ['accepted', '2018-03-01', '2018-03-31'],
      ['accepted', '2018-01-01', '2018-12-31'],
    ]);
    const acts = () =>
      db.selectFrom('ledger_acts').select('act').where('act', '=', 'returns.import').execute();
    expect(await acts()).toHaveLength(1);
    expect(await importText(text)).toEqual({ read: 4, imported: 0, unchanged: 4, rejected: [] });
    expect(await count()).toEqual({ count: 3, quantity: 12, blank: true });
    expect(await acts()).toHaveLength(1);
  });

  it('never overwrites: a changed line is rejected until the old one is withdrawn', async () => {
    const changed = await importText(json(line('1', 6), line(undefined, 3, { figure: 'channels.wechat' })));
    expect(changed.rejected.map(({ field }) => field)).toEqual(['sourceId', 'from']);
    const [march] = await listReturns(db, office.agencyId, { limit: 1 });
    await moveReturn(office.as(office.people.officer, '2019-02-01'), march!.id, 'withdraw', '原系统更正');
    expect(await count()).toEqual({ count: 1, quantity: null, blank: true });
    expect((await importText(json(line('1', 6), line('2', 7)))).imported).toBe(2);
    expect(await count()).toEqual({ count: 3, quantity: 13, blank: true });
  });

  it('does not count beside what a unit filled in for the same time', async () => {
    const form = { unitId: office.units.culture, period: monthPeriod('2018-06'), version: 0, desk: 'd' };
    const publisher = office.as(office.people.publisher, '2018-07-02');
    const draft = await saveDraft(publisher, testFigures, {
      ...form,
      lines: [{ figure: 'channels.wechat', quantity: '4', note: '' }],
    });
    await moveReturn(publisher, draft.id, 'submit');
    const result = await importText(
      json(
        line('20', 1, { figure: 'channels.wechat', from: '2018-06-05', to: '2018-06-05' }),
        line('21', 1, { from: '2018-06-05', to: '2018-06-05' }),
      ),
      { skipInvalid: true },
    );
    expect(result.rejected.map(({ line: at, problem }) => [at, problem.includes('已有填报')])).toEqual([
      [1, true],
    ]);
    expect(result.imported).toBe(1);
  });

  it('reads a CSV by its Chinese column names', async () => {
    const csv =
      '来源编号,指标,单位,起始日期,截止日期,数量,备注\nx1,1.2.3,文化局,2018年7月1日,2018/7/31,"1,200",示例\nx2,1.2.3,wh,20180801,20180831,,\n';
    expect(await importText(csv)).toMatchObject({ read: 2, imported: 2, rejected: [] });
    expect((await count())?.quantity).toBe(1214);
  });
});
