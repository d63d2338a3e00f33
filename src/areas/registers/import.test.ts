import { describe, expect, it } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { meeting, refusal, registersOffice, sameMeeting } from '../../../tests/support/registers.ts';
import {
  confirmImport,
  entriesTotal,
  type Given,
  holdImport,
  importEntries,
  previewImport,
  registers,
} from './index.ts';

const { db } = await freshDatabase();
const office = () => registersOffice(db);

describe('import', () => {
  const row = (line: number, given: Given) => ({ line, given });

  it('tells new, known, repeated and faulty rows apart, and writes nothing while looking', async () => {
    const { ctx, agencyId, add } = await office();
    await add('meetings', meeting('2018-03-16'));
    const preview = await previewImport(ctx, registers.meetings, [
      row(2, sameMeeting),
      row(3, meeting('2018-03-17')),
      row(4, meeting('2018-03-17')),
      row(5, { ...meeting('2018-03-18'), kind: '茶话会', title: '' }),
    ]);
    expect(preview.fresh.map(({ line }) => line)).toEqual([3]);
    expect(preview.unchanged).toEqual([
      { line: 2, why: '已经登记' },
      { line: 4, why: '与第 3 行相同' },
    ]);
    expect(preview.rejected).toMatchObject([
      { line: 5, field: '会议类型' },
      { line: 5, field: '会议名称', problem: '请填写会议名称。' },
    ]);
    expect((await entriesTotal(db, registers.meetings, agencyId, {})).entries).toBe(1);
  });

  it('takes all rows or none, unless told to skip', async () => {
    const { ctx, agencyId } = await office();
    const rows = [row(2, meeting('2018-03-16')), row(3, meeting('2018-02-30'))];
    expect(await importEntries(ctx, registers.meetings, rows)).toMatchObject({
      read: 2,
      imported: 0,
      rejected: [{ line: 3 }],
    });
    expect(
      await importEntries(ctx, registers.meetings, rows, { skipInvalid: true, dryRun: true }),
    ).toMatchObject({ imported: 1 });
    expect((await entriesTotal(db, registers.meetings, agencyId, {})).entries).toBe(0);
    await importEntries(ctx, registers.meetings, rows, { skipInvalid: true });
    expect(await importEntries(ctx, registers.meetings, rows.slice(0, 1))).toMatchObject({
      imported: 0,
      unchanged: 1,
    });
  });

  it('is confirmed once, by the person who saw the preview', async () => {
    const { ctx, as, people, acts } = await office();
    const waiting = await holdImport(ctx, registers.meetings, {
      name: '会议.xlsx',
      rows: [row(2, meeting('2018-03-16'))],
    });
    expect(await refusal(confirmImport(as(people.second, '2019-01-10'), registers.meetings, waiting))).toBe(
      'import-gone',
    );
    expect(await refusal(confirmImport(ctx, registers.staff, waiting))).toBe('import-gone');
    expect(await confirmImport(ctx, registers.meetings, waiting)).toMatchObject({ imported: 1 });
    expect(await refusal(confirmImport(ctx, registers.meetings, waiting))).toBe('import-gone');
    expect(await acts()).toMatchObject([{ act: 'registers.add', reason: '从文件导入：会议.xlsx' }]);
  });

  it('forgets what nobody confirmed within a day', async () => {
    const { ctx, as, people } = await office();
    const rows = [row(2, meeting('2018-03-16'))];
    const old = await holdImport(ctx, registers.meetings, { name: '旧.xlsx', rows });
    await holdImport(as(people.officer, '2019-01-12'), registers.meetings, { name: '新.xlsx', rows });
    expect(await refusal(confirmImport(as(people.officer, '2019-01-12'), registers.meetings, old))).toBe(
      'import-gone',
    );
  });
});
