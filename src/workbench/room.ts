import type { FastifyPluginAsync } from 'fastify';
import type { Act } from '../areas/organisations/index.ts';
import type { Ctx } from '../core/context.ts';

/** What one room of the workbench contributes; `rooms.ts` lists them and the shell draws from the list. */
export interface Room {
  key: string;
  nav: NavItem[];
  /** What is mine today, late ones first. */
  tasks?(ctx: Ctx): Promise<Task[]>;
  /** Hits for the global search, best first. */
  search?(ctx: Ctx, query: string, limit: number): Promise<SearchHit[]>;
  routes: FastifyPluginAsync;
}

export interface NavItem {
  label: string;
  href: string;
  /** Name of a Tabler outline icon. */
  icon: string;
  group: '我的' | '依申请公开' | '主动公开' | '填报与台账' | '年度报告' | '监督' | '管理';
  /** Shown to those who may do this. */
  act: Act;
  /** How many things wait behind it; looked up for every page, so it must be quick. */
  count?(ctx: Pick<Ctx, 'db' | 'agencyId'>): Promise<number>;
}

export interface Task {
  title: string;
  href: string;
  /** What is asked of me, e.g. `审核`, `填报`. */
  verb: string;
  /** Civil date, null when the task has none. */
  due: string | null;
  /** Working days left where the limit counts those; natural days are told otherwise. */
  workingDays?: number;
  detail: string;
}

export interface SearchHit {
  kind: string;
  title: string;
  detail: string;
  href: string;
}
