import { cellKey } from '../../../annual-report/compile.ts';
import type { Values } from '../own-requests.ts';
import type { Random, Streams } from '../random.ts';
import type { SetUnit } from '../units.ts';

/** Overrides what the prose states in a slot; the other numbers stay true. */
export type Misstatements = Readonly<Record<string, (stated: number) => number>>;

/** What a writer of prose knows of one report, and how it says a number. */
export interface Teller {
  unit: SetUnit;
  year: number;
  random: Random;
  /** For sentences that must not disturb the others. */
  streams: Streams;
  /** 全市, 全县, 全镇, 我局 … */
  scope: string;
  value(table: string, row: string, column?: string): number;
  /** Last year's, in whatever format that year had; null where that table has no such cell. */
  last(table: string, row: string, column?: string): number | null;
  /** A number under a name by which a planted fault can change it. */
  say(slot: string, stated: number): string;
  /** One decimal, with %. */
  percent(slot: string, part: number, whole: number): string;
  /** `，比上年增加3件，增长12.5%`; '' when last year is unknown or nothing. */
  growth(slot: string, now: number, before: number | null, unit: string): string;
}

const open = '\uE000';
const close = '\uE001';

export function tellerOf(report: {
  unit: SetUnit;
  year: number;
  random: Random;
  streams: Streams;
  values: Values;
  previous: Values | null;
  misstatements: Misstatements;
}): Teller {
  const { unit, year, random, streams, values, previous, misstatements } = report;
  const say = (slot: string, stated: number): string => {
    const misstate = misstatements[slot];
    return misstate ? `${open}${plain(misstate(stated))}${close}` : plain(stated);
  };
  return {
    unit,
    year,
    random,
    streams,
    scope: scopeOf(unit),
    say,
    value: (table, row, column = 'value') => values[cellKey(table, row, column)] ?? 0,
    last: (table, row, column = 'value') => previous?.[cellKey(table, row, column)] ?? null,
    percent: (slot, part, whole) => `${say(slot, Math.round((part / whole) * 1000) / 10)}%`,
    growth: (slot, now, before, counted) => {
      if (!before) return '';
      if (now === before) return random.pick(['，与上年持平', '，与去年持平']);
      const share = say(slot, Math.round((Math.abs(now - before) / before) * 1000) / 10);
      const [more, grown] = now > before ? ['增加', '增长'] : ['减少', '下降'];
      return random.pick([
        `，比上年${more}${Math.abs(now - before)}${counted}，${grown}${share}%`,
        `，同比${grown}${share}%`,
        `，较上年${grown}${share}%`,
      ]);
    },
  };
}

/** The text as printed, and each clause that states something false. */
export function withoutMarks(text: string): { text: string; misstated: string[] } {
  const bare = (marked: string) => marked.replaceAll(open, '').replaceAll(close, '');
  const clauses = text.split(/(?<=[。；])/u).filter((clause) => clause.includes(open));
  return { text: bare(text), misstated: clauses.map(bare) };
}

function plain(value: number): string {
  return String(Math.round(value * 1e6) / 1e6);
}

function scopeOf({ kind, name }: SetUnit): string {
  if (kind === 'city') return '全市';
  if (kind === 'county') return name.includes('区') ? '全区' : '全县';
  if (kind === 'zone') return '我区';
  if (kind === 'subdistrict') return '我街道';
  if (kind === 'department') return name.endsWith('委员会') ? '我委' : '我局';
  return name.includes('乡') ? '我乡' : '我镇';
}
