import { beforeAll, describe, expect, it } from 'vitest';
import { openTwoHouses } from '../support/two-houses.ts';
import type { Visitor } from '../support/visitor.ts';

const house = await openTwoHouses();

/** Ends somebody's visit; told elsewhere. Renderings are made from what was composed, not from what an address says. */
const LEAVES = /sign-out|cancellation|sessions|\/password|preview\.:kind/;
const routes = house.routes.filter(({ url }) => !LEAVES.test(url));

const nasty = [
  '%00',
  '..%2F..%2Fetc%2Fpasswd',
  '__proto__',
  "'%22%3Cscript%3E",
  '-1',
  '1e400',
  '2147483648',
  '99999999999999999999',
  '0000-00-00',
  '%E2%80%AE'.repeat(20),
  '%ED%A0%80',
  '\\ud800',
];

const nastyInQueries = ['%00', '99999999999999999999', '9999-99-99:1', 'returns:2018-02-31:1', 'constructor'];

const queries = [
  'after before year agency unit month from to q kind shown on text state role next back act actor subject seq day',
  'received extend limit suspend confirmed channel pieces pages version recovery large contrast date page finding',
].flatMap((line) => line.split(' '));

/** What stands for each name of an address when it is not the one under test. */
const plain: Record<string, string> = {
  ':year': '2018',
  ':key': 'meetings',
  ':table': '2014',
  ':row': '1.1',
  ':column': 'value',
  ':kind': 'json',
  ':date': '2018-12-31',
};

function address(url: string, given: Record<string, string>): string {
  return url.replace(/\(\^[^)]*\)/g, '').replace(/:[a-z]+|\*/g, (name) => given[name] ?? plain[name] ?? '1');
}

const namesOf = (url: string) => url.replace(/\(\^[^)]*\)/g, '').match(/:[a-z]+|\*/g) ?? [];

function nastyAddresses(url: string): string[] {
  const query = (value: string) => `?${queries.map((name) => `${name}=${value}`).join('&')}`;
  return [
    ...nasty.flatMap((value) => namesOf(url).map((name) => address(url, { [name]: value }))),
    ...nastyInQueries.map((value) => address(url, {}) + query(value)),
  ];
}

/** Where each of them has something to do; elsewhere both are turned away at the door. */
const KEEPING = /agencies|units|staff|settings|operations|locked/;
const routesOf = (name: string) =>
  routes.filter(({ url }) => name === 'nobody' || KEEPING.test(url) === (name === 'guanli'));

const desks = new Map<string, Visitor>();
beforeAll(async () => {
  for (const name of ['zhuanyuan', 'guanli']) desks.set(name, await house.demonstrated(name));
  desks.set('nobody', house.stranger());
});

const desk = (name: string): Visitor => {
  const found = desks.get(name);
  if (!found) throw new Error(`nobody is called ${name}`);
  return found;
};

describe('no address makes the system fail', () => {
  it.each(['zhuanyuan', 'guanli', 'nobody'])('whatever %s types', { timeout: 180_000 }, async (name) => {
    const visitor = desk(name);
    const failed: string[] = [];
    for (const { method, url } of routesOf(name)) {
      for (const target of nastyAddresses(url)) {
        const page =
          method === 'GET' ? await visitor.get(target) : await visitor.post(target, { a: '\u202e' });
        if (page.status >= 500) failed.push(`${page.status} ${method} ${target.slice(0, 150)}`);
      }
    }
    expect(failed).toEqual([]);
    if (name !== 'nobody') expect((await visitor.get('/workbench')).status).toBe(200);
  });

  it('nor any form', { timeout: 120_000 }, async () => {
    const values = ['2147483648', '1e400', '-0', '0000-00-00', '字'.repeat(3000)];
    const fields =
      'name code shortName unitId parentId position username post phone email role from to on year source fromRevision kind result comment reason finding explanation text date unit month id version desk waiting revision q.channels.weibo heldOn title attendees'.split(
        ' ',
      );
    const failed: string[] = [];
    for (const name of ['zhuanyuan', 'guanli']) {
      const visitor = desk(name);
      for (const { method, url } of routesOf(name)) {
        if (method !== 'POST') continue;
        for (const value of values) {
          const form = Object.fromEntries(fields.map((field) => [field, value]));
          const mixed = { ...form, from: '2018-01-01', to: '2018-01-31', version: '0', desk: 'x', unit: '1' };
          for (const body of [form, mixed]) {
            const page = await visitor.post(address(url, {}), body);
            if (page.status >= 500) failed.push(`${page.status} ${url} ${value.slice(0, 20)}`);
          }
        }
      }
    }
    expect(failed).toEqual([]);
  });
});
