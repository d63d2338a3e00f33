import { expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { clockAt } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { Letter } from '../../core/mail.ts';
import { addStaff, addUnit, createAgency } from '../organisations/index.ts';
import {
  mailNotifications,
  markAllRead,
  notify,
  openNotification,
  ownNotifications,
  unreadCount,
} from './index.ts';

const { db } = await freshDatabase();
const clock = clockAt('2019-01-15');
const base = { db, clock, actor: { kind: 'system' as const, name: '系统' } };
const agencyId = await createAgency(base, { code: 'test', name: '测试管委会', shortName: '测试区' });
const system: Ctx = { ...base, agencyId };
const unitId = await addUnit(system, { code: 'A', name: '办公室' });
const person = (username: string, email = '') =>
  addStaff(system, { unitId, name: username, username, email, roles: [] });
const reachable = await person('reachable', 'reachable@example.gov.cn');
const other = await person('other');
const as = (staffId: number): Ctx => ({
  ...system,
  actor: { kind: 'staff', staffId, name: '某', agencyId, unitId, roles: [] },
});
const message = { title: '请填报十二月数据', href: '/workbench/returns/1' };

test('tells each person once while the message is unread, and nobody of his own act', async () => {
  expect(await notify(system, [reachable, other, other], message)).toBe(2);
  expect(await notify(system, [reachable], message)).toBe(0);
  expect(await notify(as(other), [other], { ...message, title: '自己办的' })).toBe(0);
  expect(await unreadCount(db, agencyId, other)).toBe(1);
});

test('mail goes once to those with an address; a failed letter waits for the next run', async () => {
  const letters: Letter[] = [];
  const host = { db, clock, publicUrl: 'https://gk.example.gov.cn/' };
  const broken = { send: () => Promise.reject(new Error('refused')), close: () => {} };
  await expect(mailNotifications({ ...host, mail: broken })).rejects.toThrow('refused');
  const mail = { send: async (letter: Letter) => void letters.push(letter), close: () => {} };
  expect(await mailNotifications({ ...host, mail })).toBe(1);
  expect(await mailNotifications({ ...host, mail })).toBe(0);
  expect(letters.map(({ to, subject }) => [to, subject])).toEqual([
    ['reachable@example.gov.cn', message.title],
  ]);
  expect(letters[0]!.text).toContain('https://gk.example.gov.cn/workbench/returns/1');
});

test('opening reads one, and only one of mine', async () => {
  const { items } = await ownNotifications(as(other), {});
  const [mine] = items;
  await expect(openNotification(as(reachable), mine!.id)).rejects.toThrow('没有找到这条通知');
  expect(await openNotification(as(other), mine!.id)).toBe(message.href);
  expect(await unreadCount(db, agencyId, other)).toBe(0);
  expect(await notify(system, [other], message)).toBe(1);
});

test('pages are keyed, and all can be read at once', async () => {
  for (const n of [1, 2, 3]) await notify(system, [reachable], { ...message, title: `第${n}件` });
  const first = await ownNotifications(as(reachable), { limit: 2 });
  expect(first.items.map(({ title }) => title)).toEqual(['第3件', '第2件']);
  const second = await ownNotifications(as(reachable), { limit: 2, before: first.next });
  expect(second.items.map(({ title }) => title)).toEqual(['第1件', message.title]);
  expect(second.next).toBeNull();
  expect(await markAllRead(as(reachable))).toBe(4);
  expect((await ownNotifications(as(reachable), { unreadOnly: true })).items).toEqual([]);
});

test('an address outside the workbench is refused by the database', async () => {
  await expect(notify(system, [other], { title: '外链', href: 'https://example.com' })).rejects.toThrow(
    'check',
  );
});
