import { countedTables } from './figures.ts';
import type { CellPick, Format, FormatId } from './format.ts';

/**
 * Which figures of one era correspond to which of the next. `same`: the same thing counted the same way, so that two
 * years may be compared; `part`: something in common, but not the same; `none`: nothing corresponds. Numbers are never
 * carried from one format into another.
 */
export interface CrosswalkLine {
  /** Cells of the older format; none where the figure is new. */
  before: readonly CellPick[];
  /** Cells of the newer format; none where the figure was given up. */
  after: readonly CellPick[];
  kind: 'same' | 'part' | 'none';
  /** Why, in plain Chinese. */
  note: string;
}

export interface Crosswalk {
  from: FormatId;
  to: FormatId;
  lines: readonly CrosswalkLine[];
}

/** A pick without a column means every column of the row; with `same`, each column corresponds to the one of its name. */
const pick = (name: string): CellPick => {
  const [row, column] = name.split('@');
  return { row: row ?? name, ...(column !== undefined && { column }) };
};
const picks = (names: string): CellPick[] =>
  names
    .split(' ')
    .filter((name) => name !== '')
    .map(pick);
const line =
  (kind: CrosswalkLine['kind']) =>
  (before: string, after: string, note: string): CrosswalkLine => ({
    before: picks(before),
    after: picks(after),
    kind,
    note,
  });
const same = line('same');
const part = line('part');
const givenUp = (before: string, note: string) => line('none')(before, '', note);
const isNew = (after: string, note: string) => line('none')('', after, note);

const rows = (prefix: string, count: number): string =>
  Array.from({ length: count }, (_, index) => `${prefix}.${index + 1}`).join(' ');

const refusals = '3.3.2 3.3.3 3.3.4 3.3.5 3.3.6 3.3.7 3.3.8';
const noChannels = '2019 年起统计表不再统计公开渠道';
const noWork = '2019 年起统计表不再列机构、经费、会议和培训';

const from2014: Crosswalk = {
  from: '2014',
  to: '2019',
  lines: [
    givenUp('1.1', '2019 年起不再统计主动公开信息的总条数'),
    same('1.1.1', 'P1.2@disclosed', '都是本年公开的规范性文件件数'),
    same('1.1.2', 'P1.2@created', '都是本年制发的规范性文件件数'),
    givenUp(rows('1.2', 5), noChannels),
    givenUp(
      '2.1 2.2.1 2.2.1.1 2.2.2 2.2.2.1 2.2.3 2.2.4 2.2.5',
      '2019 年起回应解读不再列入统计表，在正文中报告',
    ),
    same('3.1', '1@total', '都是本年新收到的申请件数；2014 年版不区分申请人'),
    givenUp(rows('3.1', 4), '2019 年起不再按申请方式统计，改按申请人统计'),
    same('3.2', '3.7@total', '都是本年办结的申请件数，一件申请计一次'),
    givenUp(rows('3.2', 2), '2019 年起不再区分按时办结和延期办结'),
    givenUp('3.3', '2014 年版按答复计数，一件申请可有多个答复；2019 年起每件申请只计一个办理结果'),
    givenUp('3.3.1', '2019 年起告知已主动公开的，计入予以公开'),
    part('3.3.2', '3.1@total', '2014 年版按答复计数；2019 年起按申请计数，并包括告知已主动公开的'),
    part('3.3.3', '3.2@total', '2014 年版按答复计数；2019 年起按申请计数，区分处理的只计部分公开'),
    part(
      '3.3.4 3.3.4.1 3.3.4.2 3.3.4.3 3.3.4.4 3.3.4.5 3.3.4.6',
      '3.3.1@total 3.3.2@total 3.3.3@total 3.3.4@total 3.3.5@total 3.3.6@total 3.3.7@total 3.3.8@total',
      '不予公开的理由按修订后的《条例》重新划分，总数和各理由都不能逐项对应',
    ),
    part(
      '3.3.5 3.3.6',
      '3.4.1@total',
      '不属于本机关公开和信息不存在的，2019 年起合为本机关不掌握相关政府信息',
    ),
    part('3.3.7', '3.4.3@total', '2014 年版计告知补正的答复；2019 年起只计补正后仍不明确的申请'),
    part('3.3.8', '3.5.1@total', '告知通过其他途径办理的，一部分计入信访举报投诉类申请'),
    part('4', 'R@reconsiderationTotal', '2014 年版没有单列尚未审结的案件'),
    same('4.1', 'R@reconsiderationUpheld', '都是维持的行政复议案件数'),
    same('4.2', 'R@reconsiderationCorrected', '都是被纠正的行政复议案件数'),
    part(
      '4.3',
      'R@reconsiderationOther R@reconsiderationPending',
      '2014 年版的其他情形没有把尚未审结的案件分出来',
    ),
    part(
      '5',
      'R@directTotal R@afterReconsiderationTotal',
      '2019 年起按是否经过复议分为两组，并单列尚未审结的案件',
    ),
    part('5.1', 'R@directUpheld R@afterReconsiderationUpheld', '2019 年起按是否经过复议分为两组'),
    part('5.2', 'R@directCorrected R@afterReconsiderationCorrected', '2019 年起按是否经过复议分为两组'),
    part(
      '5.3',
      'R@directOther R@directPending R@afterReconsiderationOther R@afterReconsiderationPending',
      '2019 年起按是否经过复议分为两组，并单列尚未审结的案件',
    ),
    givenUp('6', '2019 年起统计表不再列举报投诉'),
    part('7', 'F1', '修订前收取检索、复制、邮寄等成本费用，修订后收取信息处理费，在第六章报告'),
    givenUp('8.1 8.2 8.3 8.3.1 8.3.2 8.4 9.1 9.2 9.3', noWork),
    isNew('P1.1', '2014 年版不统计规章'),
    isNew('P1.2@totalDisclosed', '2014 年版不统计对外公开的总数量'),
    isNew('P5.1 P5.2 P6.1 P6.2 P8.1 P9.1', '2014 年版不统计行政许可、处罚、强制、收费和采购'),
    isNew(
      '1@naturalPerson 1@company 1@research 1@publicWelfare 1@legalService 1@other',
      '2014 年版不区分申请人',
    ),
    isNew('2', '2014 年版没有上年结转'),
    isNew('4', '2014 年版没有结转下年度'),
    isNew('3.4.2 3.5.2 3.5.3 3.5.4 3.5.5 3.6', '2014 年版没有这些办理结果'),
    isNew(everyApplicant(`3.1 3.2 3.3.1 ${refusals} 3.4.1 3.4.3 3.5.1 3.7`), '2014 年版不区分申请人'),
    isNew('F2', '2014 年版没有收费通知'),
  ],
};

const from2019: Crosswalk = {
  from: '2019',
  to: '2021',
  lines: [
    same('P1.1@created', 'P1.1@issued', '都是本年制发的规章件数'),
    same('P1.2@created', 'P1.2@issued', '都是本年制发的行政规范性文件件数'),
    givenUp('P1.1@disclosed P1.2@disclosed', '2021 年起不再统计本年新公开数量'),
    part(
      'P1.1@totalDisclosed P1.2@totalDisclosed',
      'P1.1@inForce P1.2@inForce',
      '2019 年版计对外公开的总数，2021 年版计现行有效的总数，已废止而仍公开的只在前者',
    ),
    isNew('P1.1@repealed P1.2@repealed', '2019 年版不统计废止件数'),
    same('P5.1@decisions', 'P5.1@decisions', '都是本年作出的处理决定数量'),
    same('P6.1@decisions', 'P6.1@decisions', '都是本年作出的处理决定数量'),
    same('P6.2@decisions', 'P6.2@decisions', '都是本年作出的处理决定数量'),
    givenUp(
      'P5.1@previousItems P5.1@change P6.1@previousItems P6.1@change P6.2@previousItems P6.2@change',
      '2021 年起不再统计项目数量及其增减',
    ),
    givenUp('P5.2', '2021 年起不再统计其他对外管理服务事项'),
    givenUp('P8.1', '2019 年版统计行政事业性收费的项目数'),
    isNew('P8.1', '2021 年版统计行政事业性收费的金额，与项目数不能换算'),
    givenUp('P9.1', '2021 年起不再统计政府集中采购'),
    same('1', '1', '口径相同'),
    same('2', '2', '口径相同'),
    same('3.1', '3.1', '口径相同'),
    same('3.2', '3.2', '口径相同'),
    ...[...rows('3.3', 8).split(' '), ...rows('3.4', 3).split(' '), ...rows('3.5', 5).split(' ')].map((row) =>
      same(row, row, '口径相同'),
    ),
    part('3.6', '3.6.1 3.6.2 3.6.3', '2019 年版只有一行，2021 年起分为三行，三行之和与原一行相当'),
    same('3.7', '3.7', '口径相同'),
    same('4', '4', '口径相同'),
    same('R', 'R', '口径相同'),
    same('F1', 'F1', '口径相同'),
    same('F2', 'F2', '口径相同'),
  ],
};

function everyApplicant(names: string): string {
  const kinds = ['naturalPerson', 'company', 'research', 'publicWelfare', 'legalService', 'other'];
  return names
    .split(' ')
    .flatMap((row) => kinds.map((kind) => `${row}@${kind}`))
    .join(' ');
}

/** One for each change of format, oldest first. */
export const crosswalks: readonly Crosswalk[] = [from2014, from2019];

/** The cells that a pick names in a format: one, or every column of its row. */
export function cellsOfPick(format: Format, { row, column }: CellPick): { row: string; column: string }[] {
  const section = countedTables(format)
    .flatMap(({ sections }) => sections)
    .find(({ rows }) => rows.some(({ code, kind }) => code === row && kind !== 'heading'));
  return (section?.columns ?? [])
    .filter(({ id }) => column === undefined || id === column)
    .map(({ id }) => ({ row, column: id }));
}

/** Cells of the newer format by their address `row/column`, each with the one cell of the older format that is the same. */
export function samePairs(from: Format, to: Format): ReadonlyMap<string, { row: string; column: string }> {
  const crosswalk = crosswalks.find((each) => each.from === from.id && each.to === to.id);
  const pairs = (crosswalk?.lines ?? [])
    .filter(({ kind }) => kind === 'same')
    .flatMap(({ before, after }) => {
      const [old, now] = [before, after].map((side, index) =>
        side.flatMap((each) => cellsOfPick(index === 0 ? from : to, each)),
      );
      return (now ?? []).flatMap((cell) => {
        const match = old?.length === 1 ? old[0] : old?.find(({ column }) => column === cell.column);
        return match ? [[`${cell.row}/${cell.column}`, match] as const] : [];
      });
    });
  return new Map(pairs);
}
