import { SaxesParser } from 'saxes';
import { expect, it } from 'vitest';
import {
  checkOff,
  correctReport,
  explainFinding,
  findingKey,
  loadDesk,
  publishReport,
  type ReportCtx,
  reviewReport,
  signReport,
} from '../../src/annual-report/index.ts';
import { addStaff, listAgencies, listUnits, type Role } from '../../src/areas/organisations/index.ts';
import { openDemonstration } from '../support/demonstration.ts';
import { openDesk } from '../support/desk.ts';

const { app, server } = await openDemonstration();
const { db } = app.connection;
const agencyId = (await listAgencies(db))[0]!.id;
const unitId = (await listUnits(db, agencyId))[0]!.id;
const base = { db, clock: app.clock, agencyId, sources: app.reportSources, jobs: app.jobs };
let counter = 0;

async function person(role: Role): Promise<ReportCtx & Pick<typeof app, 'jobs'>> {
  const name = `更正${++counter}`;
  const system = { ...base, actor: { kind: 'system' as const, name: '系统' } };
  const staffId = await addStaff(system, { unitId, name, username: `gengzheng${counter}`, roles: [] });
  return { ...base, actor: { kind: 'staff', staffId, name, agencyId, unitId, roles: [role] } };
}

async function publishCorrection(reason: string): Promise<void> {
  const officer = await person('disclosure-officer');
  await correctReport(officer, 2018, reason);
  for (const finding of (await loadDesk(officer, 2018)).report.findings) {
    if (finding.severity === 'error')
      await explainFinding(officer, 2018, findingKey(finding), '与原始记录一致。');
  }
  await checkOff(officer, 2018);
  await reviewReport(await person('unit-head'), 2018, { kind: 'content', result: 'pass', comment: '' });
  await reviewReport(await person('secrecy-reviewer'), 2018, {
    kind: 'secrecy',
    result: 'pass',
    comment: '',
  });
  await signReport(await person('leader'), 2018);
  await publishReport(officer, 2018);
}

/** The texts and links of each entry; throws when the document is not well-formed. */
function entriesOf(xml: string) {
  const entries: Record<string, string>[] = [];
  let path: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    path = [...path, name];
    if (name === 'entry') entries.push({});
    if (name === 'link' && path.includes('entry')) entries.at(-1)!.link = String(attributes.href);
  });
  parser.on('text', (text) => {
    const [, , field] = path;
    if (path[1] === 'entry' && field) entries.at(-1)![field] = (entries.at(-1)![field] ?? '') + text.trim();
  });
  parser.on('closetag', () => {
    path = path.slice(0, -1);
  });
  parser.write(xml).close();
  return entries;
}

/** What the feed tells of reports, items aside. */
const reportsOf = (xml: string) => entriesOf(xml).filter(({ link }) => link?.includes('/reports/'));

it('tells subscribers of published reports and corrections, newest first', async () => {
  const first = await server.inject('/feed.xml');
  expect(first.statusCode).toBe(200);
  expect(first.headers['content-type']).toBe('application/atom+xml; charset=utf-8');
  expect(first.headers['set-cookie']).toBeUndefined();
  const { publicUrl } = app.config;
  const report = {
    title: '2018年政府信息公开工作年度报告',
    id: `${publicUrl}/reports/2018/versions/1`,
    link: `${publicUrl}/reports/2018`,
    updated: expect.stringMatching(/^2019-01-\d\dT/),
    summary: expect.stringContaining('已发布'),
  };
  expect(reportsOf(first.body)).toMatchObject([report]);
  expect(entriesOf(first.body).some(({ link }) => link?.startsWith(`${publicUrl}/items/`))).toBe(true);

  await publishCorrection('统计口径有误：<3.1> & "3.2" 互换\u0007');
  const entries = reportsOf((await server.inject('/feed.xml')).body);
  expect(entries).toMatchObject([
    {
      title: '2018年政府信息公开工作年度报告（第 2 版，更正）',
      link: `${publicUrl}/reports/2018`,
      summary: '更正理由：统计口径有误：<3.1> & "3.2" 互换',
    },
    { ...report, link: report.id },
  ]);
  for (const { link } of entries) {
    expect((await server.inject(link!.slice(publicUrl.length))).statusCode).toBe(200);
  }
});

it('is found from every public page and from none of the workbench', async () => {
  const link = '<link rel="alternate" type="application/atom+xml" title="政府信息公开更新" href="/feed.xml"';
  for (const page of ['/', '/reports', '/reports/2018', '/about']) {
    expect((await server.inject(page)).body).toContain(link);
  }
  expect((await server.inject('/workbench/sign-in')).body).not.toContain('atom+xml');
  expect((await server.inject('/about')).body).toContain('订阅更新');
});

it('is a sound document before the first report', async () => {
  const desk = await openDesk();
  const empty = await desk.server.inject('/feed.xml');
  expect(empty.statusCode).toBe(200);
  expect(entriesOf(empty.body)).toEqual([]);
  expect(empty.body).toContain('<updated>2008-04-30T16:00:00.000Z</updated>');
});
