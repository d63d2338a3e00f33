import type { CellPick, CellRef, CheckSpec, Level, ProseAnchor } from '../formats/format.ts';
import { exact, type Grid, type Reading, together } from '../formats/grid.ts';
import type { Finding, Verdict } from '../model.ts';
import { deniedRows, type TiedNumber } from './anchors.ts';
import type { Line } from './line.ts';
import { fits } from './numbers.ts';
import { type Chapter, proseFinding } from './prose-finding.ts';
import { type Scope, scopeAt, sentenceStart } from './scope.ts';

export interface TableContext {
  year: number;
  grid: Grid;
  previous: Grid | null;
  anchors: readonly ProseAnchor[];
  /** Numbers of a line that an anchor reaches, also those whose row this report does not have. */
  tied(line: Line): readonly TiedNumber[];
  check: Pick<CheckSpec, 'rule' | 'level'>;
}

/** Numbers of a paragraph that contradict the cells they are tied to, and denials of what the table counts (rule S15). */
export function contradictionsOfTable(line: Line, chapter: Chapter, context: TableContext): Finding[] {
  const tied = context.tied(line).filter(({ anchor }) => context.grid.has(anchor.row));
  // What follows a number of another scope in the same paragraph usually speaks of the same few.
  let narrowed: string | null = null;
  const stated = tied.flatMap((number) => {
    if (isJoint(line.text, number)) return [];
    const scope = scopeAt(line.text, number.number.start, context.year);
    if (saysSoItself(number, line)) scope.year = null;
    const partOf =
      scope.narrowed ??
      narrowed ??
      channelBefore(line.text, number.start) ??
      repeatedPart(line, number, tied);
    const found = judgeNumber(number, { ...scope, narrowed: partOf }, line, chapter, context);
    if (found && scope.narrowed) narrowed = scope.narrowed;
    return found ?? [];
  });
  return [...stated, ...denials(line, chapter, context)];
}

/** The sums that the number may state: those of its anchor, of which one must hold. */
export function readingsOf(anchor: ProseAnchor, grid: Grid): { picks: CellRef[]; of: Reading }[] {
  const column = columnOf(anchor, grid);
  const own: readonly CellPick[] = anchor.cells ?? [{ row: anchor.row, column }];
  return [own, ...(anchor.alternatives ?? [])].flatMap((picks) => {
    if (!picks.every(({ row }) => grid.has(row))) return [];
    const terms = picks.map(({ row, column: at, sign }) => ({ of: grid.reading(row, at ?? column), sign }));
    return [{ picks: picks.map(({ row, column: at }) => grid.ref(row, at ?? column)), of: together(terms) }];
  });
}

/** Whether a stated number agrees with a figure, rounded or cut off as printed. */
export function agrees(number: TiedNumber, figure: number, isAmount: boolean): boolean {
  if (fits(number, figure)) return true;
  if (number.approximation !== null || (number.step === 1 && !isAmount)) return false;
  const off = exact(figure - number.value);
  return Math.abs(off) <= number.step / 2 || (off > 0 && off < number.step);
}

export function columnOf(anchor: ProseAnchor, grid: Grid): string {
  return anchor.column ?? grid.columns(anchor.row)[0]?.id ?? 'value';
}

/** The number in the unit of its row: an amount may be printed in yuan where the table counts 万元. */
export function inUnitOfRow(number: TiedNumber, line: Line, grid: Grid): TiedNumber {
  const { unit } = grid.spec(number.anchor.row);
  const after = line.text.slice(number.number.end, number.number.end + 2);
  const factor =
    unit === '万元' && after.startsWith('元') ? 1e-4 : unit === '万元' && after === '亿元' ? 1e4 : 1;
  if (factor === 1) return number;
  return { ...number, value: exact(number.value * factor), step: number.step * factor };
}

function judgeNumber(
  stated: TiedNumber,
  scope: Scope,
  line: Line,
  chapter: Chapter,
  context: TableContext,
): Finding | null {
  if (scope.isChange) return null;
  const isLastYear = scope.year === context.year - 1;
  if (scope.year !== null && scope.year !== context.year && !isLastYear) return null;
  const grid = isLastYear ? context.previous : context.grid;
  if (!grid?.has(stated.anchor.row)) return null;
  const number = inUnitOfRow(stated, line, grid);
  const column = columnOf(stated.anchor, grid);
  const isAmount =
    (grid.columns(stated.anchor.row).find(({ id }) => id === column)?.measure ??
      grid.spec(stated.anchor.row).kind) === 'amount';
  const readings = readingsOf(stated.anchor, grid);
  if (readings.some(({ of }) => of.unread.length === 0 && agrees(number, of.value, isAmount))) return null;
  const own = readings[0];
  if (!own) return null;
  const unread = readings.flatMap(({ of }) => of.unread);
  const at = { chapter: chapter.key, quote: stated.quote, rule: context.check.rule };
  if (unread.length > 0)
    return isLastYear
      ? null
      : proseFinding({
          ...at,
          level: 'notice',
          verdict: 'unassessable',
          message: `正文“${stated.quote}”无从与统计表核对`,
          cells: unread,
          left: number.value,
          right: null,
        });
  const couldFit = readings.some(({ of }) => of.value < number.value && of.up.length > 0);
  const doubt =
    scope.narrowed !== null
      ? 'scope'
      : isLastYear
        ? 'last-year'
        : couldFit
          ? 'blank'
          : number.approximation
            ? 'about'
            : null;
  return proseFinding({
    ...at,
    level: levelOf(context.check.level, doubt),
    verdict: doubt ? 'uncertain' : 'wrong',
    message: wording(stated, own, grid, number, doubt, scope),
    cells: isLastYear
      ? []
      : [
          grid.ref(stated.anchor.row, column),
          ...own.picks.filter(({ row, column: id }) => row !== stated.anchor.row || id !== column),
        ],
    left: number.value,
    right: shown(own.of),
    tolerance: number.step === 1 ? 0 : number.step / 2,
  });
}

type Doubt = 'scope' | 'last-year' | 'blank' | 'about' | null;

function levelOf(level: Level, doubt: Doubt): Level {
  return doubt === 'scope' || doubt === 'last-year' ? 'notice' : level;
}

const shown = ({ told, value }: Reading): number | null => (told ? value : null);

function wording(
  stated: TiedNumber,
  own: { picks: CellRef[]; of: Reading },
  grid: Grid,
  number: TiedNumber,
  doubt: Doubt,
  scope: Scope,
): string {
  const { unit } = grid.spec(stated.anchor.row);
  const name = namesOf(own.picks, grid);
  const sum = own.picks.length > 1 ? '合计' : '';
  const value = own.of.told ? `${sum} ${own.of.value} ${unit}` : '为空';
  const table = `${doubt === 'last-year' ? '上年统计表' : '统计表'}${name}${value}`;
  const difference = exact(Math.abs(number.value - own.of.value));
  if (doubt === 'scope')
    return `正文“${stated.quote}”与${table}不同，相差 ${difference} ${unit}。正文写明“${scope.narrowed}”，统计范围可能不同，请核对`;
  if (doubt === 'about')
    return `正文“${stated.quote}”（约数）与${table}不相符。请改正其一，或改用统计表的数字`;
  return `正文“${stated.quote}”与${table}不一致，相差 ${difference} ${unit}。请改正其一，或改用统计表的数字`;
}

/** The first and the last of a long sum. */
function namesOf(picks: readonly CellRef[], grid: Grid): string {
  const names = picks.map(({ row, column }) => grid.name(row, column));
  return names.length > 3 ? `${names[0]}至${names.at(-1)}` : names.join('、');
}

function denials(line: Line, chapter: Chapter, { grid, check, year, anchors }: TableContext): Finding[] {
  return deniedRows(line, anchors).flatMap(({ anchor, quote, end }) => {
    if (!grid.has(anchor.row)) return [];
    const own = readingsOf(anchor, grid)[0];
    if (!own || own.of.value === 0) return [];
    const scope = scopeAt(line.text, end, year);
    if (scope.year !== null && scope.year !== year) return [];
    const verdict: Verdict = scope.narrowed ? 'uncertain' : 'wrong';
    const name = namesOf(own.picks, grid);
    const message = `正文“${quote}”，而统计表${name}为 ${own.of.value} ${grid.spec(anchor.row).unit}。请改正其一`;
    const level = scope.narrowed ? 'notice' : check.level;
    const at = { chapter: chapter.key, quote, rule: check.rule, level, verdict, message };
    return [proseFinding({ ...at, cells: own.picks, left: 0, right: own.of.value })];
  });
}

/** 上年结转5件 names last year and is a figure of this one. */
function saysSoItself(number: TiedNumber, line: Line): boolean {
  return /上年|上一年|去年/u.test(line.text.slice(number.start, number.number.start));
}

/** 予以公开或部分公开59件: the number is of both, and which sum of cells that is nobody says. */
function isJoint(text: string, { start, number }: TiedNumber): boolean {
  if (/(?<!法人)或|以及/u.test(text.slice(start, number.start))) return true;
  const before = /([^，,。；;：:（）()“”]+?)(?:或者?|以及|和|及|与|、)$/u.exec(
    text.slice(Math.max(0, start - 30), start),
  );
  return before !== null && before[1]!.length > 1 && !/[0-9一二两三四五六七八九十]/u.test(before[1]!);
}

/** Published or received through one channel only: 在政府网站主动公开272条 is less than all. */
function channelBefore(text: string, at: number): string | null {
  const words =
    /(?:通过|利用|依托|借助|在)[^，,。；;]{0,24}(?:网站|平台|专栏|栏目|公众号|订阅号|微博|微信|抖音|头条|公报|电子屏|信箱|系统|新媒体)[^，,。；;]{0,6}$/u.exec(
      text.slice(Math.max(0, at - 60), at),
    );
  return words?.[0] ?? null;
}

/** 其中 before a second number for the cell that the sentence already stated: a part of it. */
function repeatedPart(line: Line, number: TiedNumber, tied: readonly TiedNumber[]): string | null {
  const from = sentenceStart(line.text, number.start);
  const first = tied.find(
    ({ anchor, start }) => anchor === number.anchor && start >= from && start < number.start,
  );
  return first && line.text.slice(first.number.end, number.number.start).includes('其中') ? '其中' : null;
}
