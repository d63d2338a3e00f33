import { expect, test } from 'vitest';
import { reportPage } from '../../../tests/support/filed-reports.ts';
import { readReportFile } from '../../annual-report/reading/index.ts';
import { revivedReading, storableJson, storedReading } from './stored-reading.ts';

const read = (page: string) => readReportFile({ name: 'a.html', bytes: Buffer.from(page) });

test('a reading comes back from the database as it was', async () => {
  const report = await read(reportPage('青山县教育局', 2022, { cells: { 'requests/4/naturalPerson': 7 } }));
  expect(revivedReading(JSON.parse(storableJson(storedReading(report))))).toEqual(report);
});

test('a reading without a format comes back without tables', async () => {
  const report = { ...(await read(reportPage('青山县教育局', 2022))), format: null, cells: {}, tables: [] };
  expect(revivedReading(storedReading(report))).toEqual(report);
});

test('prose and remarks beyond all measure are cut off, and that is said', async () => {
  const report = await read(reportPage('青山县教育局', 2022));
  const paragraph = { text: '公'.repeat(300_000), place: {} };
  const block = { kind: 'paragraph' as const, inlines: [] };
  const long = { ...report.chapters[0]!, paragraphs: Array(5).fill(paragraph), blocks: Array(5).fill(block) };
  const unread = Array(400).fill({ reason: '第 1 页是图片，没有文字', place: null });
  const stored = storedReading({ ...report, chapters: [long, ...report.chapters], unread });
  expect(stored.chapters[0]?.paragraphs).toHaveLength(3);
  expect(stored.chapters[0]?.blocks).toHaveLength(3);
  expect(stored.unread.slice(-2).map(({ reason }) => reason)).toEqual([
    '正文超过 100 万字，后面的没有保留',
    '另有 100 处没有读出',
  ]);
});

test('what PostgreSQL does not take is left out', () => {
  expect(JSON.parse(storableJson({ text: 'a\0b\ud800c' }))).toEqual({ text: 'ab\ufffdc' });
});
