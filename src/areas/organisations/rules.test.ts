import { describe, expect, it } from 'vitest';
import type { Actor } from '../../core/context.ts';
import { may, policy, type Role, roles } from './policy.ts';
import {
  branchOf,
  checkParent,
  contrastWithWhite,
  grant,
  inTreeOrder,
  maskPhone,
  type RolePeriod,
  rolesOn,
} from './rules.ts';

const tree = [
  { id: 1, parentId: null },
  { id: 2, parentId: 1 },
  { id: 3, parentId: 2 },
  { id: 4, parentId: 1 },
  { id: 9, parentId: null },
];

describe('the tree of agencies', () => {
  it('knows the branch below an agency', () => {
    expect(branchOf(tree, 1)).toEqual([1, 2, 4, 3]);
    expect(branchOf(tree, 3)).toEqual([3]);
  });

  it.each([
    ['no superior', 2, null, null],
    ['a superior elsewhere', 3, 4, null],
    ['itself', 2, 2, '上级机构不能是本机构自己。'],
    ['its own subordinate', 1, 3, '不能选择本机构的下级机构作为上级机构。'],
    ['an agency that is not there', 2, 77, '没有这个上级机构，请重新选择。'],
  ])('moving under %s', (_, id, parent, problem) => {
    expect(checkParent(tree, id, parent)).toBe(problem);
  });

  it('is read from the top down, an orphan counted as a root', () => {
    const order = inTreeOrder([...tree, { id: 10, parentId: 99 }]).map(({ id, depth }) => [id, depth]);
    expect(order).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
      [4, 1],
      [9, 0],
      [10, 0],
    ]);
  });
});

describe('roles over time', () => {
  const publisher: RolePeriod = { role: 'publisher', from: '2018-01-01', to: '2018-06-30' };

  it.each([
    ['the day before', '2017-12-31', []],
    ['the first day', '2018-01-01', ['publisher']],
    ['the last day', '2018-06-30', ['publisher']],
    ['the day after', '2018-07-01', []],
  ])('held on %s', (_, on, held) => {
    expect(rolesOn([publisher], on)).toEqual(held);
  });

  it('an open role lasts', () => {
    expect(rolesOn([{ ...publisher, to: null }], '2030-01-01')).toEqual(['publisher']);
  });

  it.each<[string, RolePeriod[], RolePeriod, string | null]>([
    ['a second role', [publisher], { role: 'unit-head', from: '2018-02-01', to: null }, null],
    ['the same role later', [publisher], { role: 'publisher', from: '2018-07-01', to: null }, null],
    [
      'the same role on its last day',
      [publisher],
      { role: 'publisher', from: '2018-06-30', to: null },
      'role-held',
    ],
    [
      'an auditor who is administrator',
      [{ role: 'administrator', from: '2018-01-01', to: null }],
      { role: 'auditor', from: '2018-02-01', to: null },
      'duties-separated',
    ],
    [
      'an administrator after his time as auditor',
      [{ role: 'auditor', from: '2017-01-01', to: '2017-12-31' }],
      { role: 'administrator', from: '2018-01-01', to: null },
      null,
    ],
    [
      'a secrecy reviewer who is administrator',
      [{ role: 'administrator', from: '2018-01-01', to: null }],
      { role: 'secrecy-reviewer', from: '2018-02-01', to: null },
      'duties-separated',
    ],
  ])('granting %s', (_, held, wanted, refusal) => {
    const act = () => grant(held, wanted, roles);
    if (refusal) expect(act).toThrow(expect.objectContaining({ code: refusal }));
    else expect(act).not.toThrow();
  });
});

describe('the policy table', () => {
  const as = (...held: Role[]): Actor => ({
    kind: 'staff',
    staffId: 1,
    name: '甲',
    agencyId: 1,
    unitId: 1,
    roles: held,
  });

  it('lets nobody act without a role', () => {
    for (const act of Object.keys(policy) as (keyof typeof policy)[]) {
      expect(may(as(), act)).toBe(false);
      expect(may({ kind: 'public', name: '访客' }, act)).toBe(false);
      expect(may({ kind: 'system', name: '任务' }, act)).toBe(true);
    }
  });

  it('keeps writing accounts and reading the ledger apart', () => {
    expect(may(as('administrator'), 'organisations.write')).toBe(true);
    expect(may(as('administrator'), 'ledger.read')).toBe(false);
    expect(may(as('auditor'), 'ledger.read')).toBe(true);
    expect(may(as('auditor'), 'organisations.write')).toBe(false);
    expect(may(as('publisher'), 'organisations.read')).toBe(false);
  });
});

it.each([
  ['13888001234', '138****1234'],
  ['0871-68001234', '087******1234'],
  ['12345', '*****'],
  ['', ''],
])('masks %s as %s', (phone, masked) => expect(maskPhone(phone)).toBe(masked));

it('measures contrast with white', () => {
  expect(contrastWithWhite('#000000')).toBeCloseTo(21, 1);
  expect(contrastWithWhite('#12508f')).toBeGreaterThan(7);
  expect(contrastWithWhite('#ffcc00')).toBeLessThan(2);
});
