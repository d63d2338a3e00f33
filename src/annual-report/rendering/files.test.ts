import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { kunmingReport } from '../render/fixtures/kunming.ts';
import { openRenderedFiles } from './files.ts';

const report = kunmingReport();
const base = mkdtempSync(join(tmpdir(), 'gongkai-rendered-'));
afterAll(() => rmSync(base, { recursive: true }));

let folders = 0;
/** A folder and a rendering that counts its orders. */
function house() {
  const dir = join(base, String(++folders));
  const orders: string[] = [];
  const rendering = {
    async render(_: unknown, kind: string) {
      orders.push(kind);
      return Buffer.from(`${kind} ${orders.length}`);
    },
  };
  return { dir, orders, rendering, files: openRenderedFiles(dir, rendering) };
}

describe('files of signed reports', () => {
  it('are rendered once, also when many ask at once and after a restart', async () => {
    const { dir, orders, rendering, files } = house();
    const found = await Promise.all([1, 2, 3].map(() => files.find(report, 'pdf')));
    const [first] = found;
    expect(found).toEqual([first, first, first]);
    expect(await openRenderedFiles(dir, rendering).find(report, 'pdf')).toEqual(first);
    expect(orders).toEqual(['pdf']);
    expect(readFileSync(first?.path ?? '', 'utf8')).toBe('pdf 1');
    expect(first?.bytes).toBe(5);
  });

  it('are others for other words, signatures, publications and kinds', async () => {
    const { orders, files } = house();
    const others = [
      report,
      { ...report, title: '另一个标题' },
      { ...report, publishedOn: '2019-02-01' },
      { ...report, signed: { by: '李四', on: '2019-01-20', digest: report.signed?.digest ?? '' } },
    ];
    const found = await Promise.all(others.map((other) => files.find(other, 'csv')));
    const json = await files.find(report, 'json');
    expect(new Set([...found, json].map(({ path }) => path)).size).toBe(5);
    expect(new Set([...found, json].map(({ etag }) => etag)).size).toBe(5);
    expect(orders).toHaveLength(5);
  });

  it('are never of drafts', async () => {
    const { orders, files } = house();
    await expect(files.find({ ...report, signed: null }, 'pdf')).rejects.toThrow('signed');
    expect(orders).toEqual([]);
  });

  it('are rendered again when they were deleted', async () => {
    const { orders, files } = house();
    const { path, etag } = await files.find(report, 'pdf');
    rmSync(path);
    expect((await files.find(report, 'pdf')).etag).toBe(etag);
    expect(orders).toEqual(['pdf', 'pdf']);
  });

  it('are not kept when rendering fails; the next reader tries again', async () => {
    const { dir } = house();
    let attempts = 0;
    const files = openRenderedFiles(dir, {
      async render() {
        attempts += 1;
        if (attempts === 1) throw new Error('no such font');
        return Buffer.from('whole');
      },
    });
    await expect(files.find(report, 'pdf')).rejects.toThrow('no such font');
    expect(readFileSync((await files.find(report, 'pdf')).path, 'utf8')).toBe('whole');
  });

  it('sweep away what a crash cut short', async () => {
    const { dir, files } = house();
    await files.find(report, 'pdf');
    const folder = join(dir, String(report.agency.id));
    for (const name of ['old.pdf.1.part', 'new.pdf.2.part']) writeFileSync(join(folder, name), '');
    utimesSync(join(folder, 'old.pdf.1.part'), 0, 0);
    await files.find(report, 'csv');
    const names = readdirSync(folder);
    expect(names).not.toContain('old.pdf.1.part');
    expect(names).toContain('new.pdf.2.part');
    expect(names).toHaveLength(3);
  });
});
