import { expect, it } from 'vitest';
import { openDesk } from '../support/desk.ts';

const { signedIn, stranger } = await openDesk();

it('takes impossible, far and endless days for what they are, at once', async () => {
  const failed: string[] = [];
  const auditor = await signedIn('auditor');
  const officer = await signedIn('disclosure-officer');
  const administrator = await signedIn('administrator');
  const publisher = await signedIn('publisher');
  for (const day of ['0000-01-01', '0001-01-01', '9999-12-31', '-000001-01-01', '2018-02-30']) {
    for (const [who, path] of [
      [auditor, `/workbench/ledger?from=${day}&to=9999-12-31`],
      [auditor, `/workbench/ledger?to=${day}`],
      [officer, `/workbench/calendar?year=${day.slice(0, 4)}`],
      [officer, `/workbench/calendar?received=${day}&kind=reply&channel=internet`],
      [officer, `/workbench/registers/staff?on=${day}`],
      [officer, `/workbench/registers/staff?year=2018&after=${day}:1`],
      [publisher, `/workbench/returns/fill?from=${day}&to=${day}`],
      [publisher, `/workbench/returns?year=${day.slice(0, 4)}`],
      [stranger(), `/api/v1/deadline?received=${day}`],
      [stranger(), `/api/v1/deadline?received=2018-01-01&limit=999999999&extend=999999999`],
      [stranger(), `/api/v1/deadline?received=2018-01-01&suspend=0001-01-01..9999-12-31`],
    ] as const) {
      const started = performance.now();
      const page = await who.get(path);
      const took = performance.now() - started;
      if (page.status >= 500 || took > 3000) failed.push(`${page.status} ${Math.round(took)} ms ${path}`);
    }
    for (const [who, path, form] of [
      [
        officer,
        '/workbench/calendar/local-days',
        { date: day, name: '地方假日', kind: 'off', isOffDay: 'off', ground: '测试依据文件' },
      ],
      [
        administrator,
        '/workbench/staff',
        { name: '张', username: 'zhang', unitId: '1', role: 'leader', from: day },
      ],
      [administrator, '/workbench/staff/1/departure', { on: day }],
      [officer, '/workbench/registers/meetings', { heldOn: day, kind: '工作会议', title: '会议' }],
      [
        publisher,
        '/workbench/returns/fill',
        { unit: '1', from: day, to: day, version: '0', desk: 'x', 'q.channels.weibo': '1' },
      ],
      [officer, `/workbench/calendar/local-days/${day}/removal`, {}],
    ] as const) {
      await who.get('/workbench/account/password');
      const page = await who.post(path, { ...form });
      if (page.status >= 500) failed.push(`${page.status} ${path} ${day}`);
    }
  }
  expect(failed).toEqual([]);
});
