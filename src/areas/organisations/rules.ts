import type { StaffActor } from '../../core/context.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Role } from './policy.ts';

/** Pure rules of agencies, units and staff: nothing here waits or writes. Dates are ISO text, which sorts as it counts. */

/** One role over time; `to` is the last day it is held, null while open. */
export interface RolePeriod {
  role: Role;
  from: string;
  to: string | null;
}

export interface TreeNode {
  id: number;
  parentId: number | null;
}

/** The ids of an agency and of everything below it, nearest first. */
export function branchOf(tree: readonly TreeNode[], agencyId: number): number[] {
  const branch = [agencyId];
  for (const id of branch) {
    for (const node of tree) if (node.parentId === id && !branch.includes(node.id)) branch.push(node.id);
  }
  return branch;
}

/** An agency may not stand below itself or below its own subordinate; consolidation would never end. */
export function checkParent(
  tree: readonly TreeNode[],
  agencyId: number,
  parentId: number | null,
): string | null {
  if (parentId === null) return null;
  if (parentId === agencyId) return '上级机构不能是本机构自己。';
  if (branchOf(tree, agencyId).includes(parentId)) return '不能选择本机构的下级机构作为上级机构。';
  return tree.some((node) => node.id === parentId) ? null : '没有这个上级机构，请重新选择。';
}

/** The tree in reading order, each agency followed by its subordinates. */
export function inTreeOrder<T extends TreeNode>(nodes: readonly T[]): (T & { depth: number })[] {
  const known = new Set(nodes.map((node) => node.id));
  const below = (parentId: number | null, depth: number): (T & { depth: number })[] =>
    nodes
      .filter(
        (node) => (node.parentId !== null && known.has(node.parentId) ? node.parentId : null) === parentId,
      )
      .flatMap((node) => [{ ...node, depth }, ...below(node.id, depth + 1)]);
  return below(null, 0);
}

/** The roles held on a civil date, both ends of a period counted. */
export function rolesOn(periods: readonly RolePeriod[], on: string): Role[] {
  const held = periods.filter((period) => period.from <= on && (period.to === null || on <= period.to));
  return [...new Set(held.map((period) => period.role))];
}

/** A member of staff as he acts on a civil date, with the roles he holds then. */
export function actingOn(
  {
    id: staffId,
    name,
    agencyId,
    unitId,
    roles,
  }: Omit<StaffActor, 'kind' | 'staffId' | 'roles'> & {
    id: number;
    roles: readonly RolePeriod[];
  },
  on: string,
): StaffActor {
  return { kind: 'staff', staffId, name, agencyId, unitId, roles: rolesOn(roles, on) };
}

/** Duties that one person may not hold at the same time: whoever keeps the accounts does not audit them. */
export const separated: readonly (readonly [Role, Role])[] = [
  ['administrator', 'auditor'],
  ['administrator', 'secrecy-reviewer'],
];

const overlap = (a: RolePeriod, b: RolePeriod) =>
  (a.to === null || b.from <= a.to) && (b.to === null || a.from <= b.to);

/** Refuses a period that repeats one already held or breaks the separation of duties. */
export function grant(
  held: readonly RolePeriod[],
  wanted: RolePeriod,
  labels: Readonly<Record<Role, string>>,
): void {
  const label = labels[wanted.role];
  if (held.some((period) => period.role === wanted.role && overlap(period, wanted))) {
    throw new Refusal('role-held', `该人员在这段时间已经担任${label}，请先结束原任期或改选日期。`);
  }
  for (const pair of separated) {
    const other = pair.find((role) => role !== wanted.role);
    if (!pair.includes(wanted.role) || !other) continue;
    if (held.some((period) => period.role === other && overlap(period, wanted))) {
      throw new Refusal(
        'duties-separated',
        `${label}与${labels[other]}不能由同一人同时担任，请先结束原任期。`,
      );
    }
  }
}

/** `13888001234` → `138****1234`: what the ledger and lists may show of a telephone number. */
export function maskPhone(phone: string): string {
  if (phone.length < 7) return phone && '*'.repeat(phone.length);
  return `${phone.slice(0, 3)}${'*'.repeat(phone.length - 7)}${phone.slice(-4)}`;
}

/** Contrast of a `#rrggbb` colour with white (WCAG 2.2, relative luminance). */
export function contrastWithWhite(colour: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as [
    number,
    number,
    number,
  ];
  return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05);
}
