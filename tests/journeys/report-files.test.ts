import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { beforeAll, describe, expect, it } from 'vitest';
import { findReport, findVersion, signedReport } from '../../src/annual-report/index.ts';
import { renderers } from '../../src/annual-report/render/index.ts';
import { findAgency } from '../../src/areas/organisations/index.ts';
import { openDemonstration } from '../support/demonstration.ts';

const { app, server } = await openDemonstration();
const { db } = app.connection;
const { id: agencyId } = (await findAgency(db, 'kmhnz'))!;
const row = (await findReport(db, agencyId, 2018))!;
const report = signedReport((await findVersion(db, agencyId, row.id, 1))!);
const folder = join(app.config.varDir, 'rendered', String(agencyId));

const download = (
  kind: string,
  headers: Record<string, string | undefined> = {},
  method: 'GET' | 'HEAD' = 'GET',
) => server.inject({ method, url: `/reports/2018.${kind}`, headers });

describe('the files of a published report', () => {
  beforeAll(async () => {
    await app.jobs.drain(app);
  }, 120_000);

  it('are on disk before anybody asks, all kinds', () => {
    expect(
      readdirSync(folder)
        .map((name) => name.split('.').at(-1))
        .sort(),
    ).toEqual(Object.keys(renderers).sort());
  });

  it('are rendered once, however often the job runs', async () => {
    const before = await app.renderedFiles.find(report, 'docx');
    const payload = { agencyId, reportId: row.id, version: 1 };
    for (const _ of [1, 2]) await app.jobs.enqueue(db, 'render-report-files', payload);
    expect(await app.jobs.drain(app)).toBe(2);
    expect(await app.renderedFiles.find(report, 'docx')).toEqual(before);
    expect((await app.jobs.list()).find(({ name }) => name === 'render-report-files')).toMatchObject({
      failed: 0,
    });
  });

  it.each(['pdf', 'docx', 'csv'] as const)('come as they were rendered: %s', async (kind) => {
    const first = await download(kind);
    expect(first.statusCode).toBe(200);
    expect(Buffer.compare(first.rawPayload, await renderers[kind].render(report))).toBe(0);
    expect(first.headers).toMatchObject({
      'content-type': renderers[kind].mime,
      'content-length': String(first.rawPayload.length),
      'cache-control': 'public, max-age=3600',
    });
    const second = await download(kind);
    expect(second.headers.etag).toBe(first.headers.etag);
    expect(Buffer.compare(second.rawPayload, first.rawPayload)).toBe(0);
  });

  it('are not sent again to a reader who has them', async () => {
    const { etag, 'last-modified': modified } = (await download('pdf')).headers;
    for (const headers of [
      { 'if-none-match': String(etag) },
      { 'if-none-match': `"other", W/${etag}` },
      { 'if-modified-since': String(modified) },
    ]) {
      const again = await download('pdf', headers);
      expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', etag]);
    }
    for (const headers of [
      { 'if-none-match': '"other"', 'if-modified-since': String(modified) },
      { 'if-modified-since': 'Mon, 01 Jan 2018 00:00:00 GMT' },
      { 'if-modified-since': 'not a date' },
    ])
      expect((await download('pdf', headers)).statusCode).toBe(200);
  });

  it('tell their size to those who only ask', async () => {
    const whole = await download('docx');
    const asked = await download('docx', {}, 'HEAD');
    expect([asked.statusCode, asked.body]).toEqual([200, '']);
    for (const name of ['etag', 'content-length', 'content-type', 'last-modified', 'content-disposition'])
      expect(asked.headers[name]).toBe(whole.headers[name]);
  });

  it('exist only in kinds and versions that were published', async () => {
    expect((await download('exe')).statusCode).toBe(404);
    expect((await server.inject('/reports/2018/versions/2.pdf')).statusCode).toBe(404);
    expect((await server.inject('/reports/2018/versions/1.pdf')).statusCode).toBe(200);
  });
});

it('answers others while a Word document is rendered', async () => {
  await app.rendering.render(report, 'csv');
  const order: string[] = [];
  const before = performance.eventLoopUtilization();
  const rendering = app.rendering.render(report, 'docx').then(() => order.push('docx'));
  for (const _ of [1, 2, 3]) {
    const { statusCode } = await server.inject('/healthz');
    order.push(String(statusCode));
  }
  await rendering;
  expect(order).toEqual(['200', '200', '200', 'docx']);
  expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5);
});
