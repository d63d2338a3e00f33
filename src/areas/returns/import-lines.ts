import type { Figure } from '../../core/figure.ts';
import type { SheetRecord } from '../../core/spreadsheet/index.ts';
import { readDay, readDecimal, tidy } from '../../core/spreadsheet/index.ts';
import { quantityProblem } from './rules.ts';

/** A line of an import file in our terms. */
export interface ImportLine {
  line: number;
  sourceId: string | null;
  figure: string;
  unitId: number;
  from: string;
  to: string;
  /** Decimal text; null: left blank. */
  quantity: string | null;
  note: string;
}

/** What is wrong with a line, in the words of the file: which field, and what to do. */
export interface Rejection {
  line: number;
  field: string;
  problem: string;
}

/** Finds what a file calls a figure (its code, or the row code of that year's report format); text tells why not. */
export type ResolveFigure = (name: string, year: number) => Figure | string;

/** Column names in files made by hand. */
const columns: Readonly<Record<string, readonly string[]>> = {
  sourceId: ['sourceId', '来源编号'],
  figure: ['figure', '指标', '指标代码'],
  unit: ['unit', '单位', '单位代码', '填报单位'],
  from: ['from', '起始日期'],
  to: ['to', '截止日期'],
  quantity: ['quantity', '数量'],
  note: ['note', '备注'],
};

/** Reads lines one by one; what repeats in a large file (dates, units, figures) is looked up once. */
export function lineReader(known: {
  units: readonly { id: number; code: string; name: string; closedOn: string | null }[];
  resolveFigure: ResolveFigure;
  /** Periods must have ended by this day. */
  today: string;
}): (record: SheetRecord) => ImportLine | Rejection {
  const units = new Map(
    known.units.flatMap((unit) => [[tidy(unit.name), unit] as const, [unit.code, unit] as const]),
  );
  const day = remembered((text: string) => readDay(text));
  const figureOf = remembered((key: string) => {
    const [year, name] = [key.slice(0, 4), key.slice(4)];
    return known.resolveFigure(name, Number(year));
  });

  return (record) => {
    const { line, values, problem } = record;
    const reject = (field: string, words: string): Rejection => ({ line, field, problem: words });
    if (problem !== undefined) return reject('', problem);
    const given = (field: string) =>
      columns[field]?.map((name) => values[name]).find((value) => value !== undefined);
    const text = (field: string) => tidy(String(given(field) ?? ''));

    const unit = units.get(text('unit'));
    if (!unit)
      return reject(
        'unit',
        text('unit') === '' ? '请填写单位代码' : `没有代码或名称为“${text('unit')}”的单位`,
      );
    const from = day(text('from'));
    if (from === null) return reject('from', '应为日期，写成 2018-01-31');
    const to = day(text('to'));
    if (to === null) return reject('to', '应为日期，写成 2018-01-31');
    if (from > to) return reject('to', '截止日期早于起始日期');
    if (from.slice(0, 4) !== to.slice(0, 4)) return reject('to', '起止日期应在同一年内，跨年的请分成两行');
    if (to > known.today) return reject('to', `期间到 ${to} 才结束，不能提前导入`);
    if (unit.closedOn !== null && from > unit.closedOn)
      return reject('from', `该单位已于 ${unit.closedOn} 撤销`);
    if (text('figure') === '') return reject('figure', '请填写指标代码');
    const figure = figureOf(`${from.slice(0, 4)}${text('figure')}`);
    if (typeof figure === 'string') return reject('figure', figure);
    if (figure.source === 'records') return reject('figure', `“${figure.label}”由系统按记录统计，不接受填报`);

    const quantity = quantityOf(given('quantity'));
    if (quantity === undefined) return reject('quantity', '应为数字；留空请写 null 或空单元格');
    const wrong = quantity === null ? null : quantityProblem(figure, quantity);
    if (wrong) return reject('quantity', wrong);
    const note = String(given('note') ?? '').trim();
    if (note.length > 500) return reject('note', '备注最多 500 字');
    const sourceId = String(given('sourceId') ?? '').trim();
    if (sourceId.length > 200) return reject('sourceId', '来源编号最多 200 字');
    return {
      line,
      sourceId: sourceId === '' ? null : sourceId,
      figure: figure.code,
      unitId: unit.id,
      from,
      to,
      quantity,
      note,
    };
  };
}

export function isRejection(read: ImportLine | Rejection): read is Rejection {
  return 'problem' in read;
}

/** undefined: not a quantity. An absent field is none either: a blank must be stated. */
function quantityOf(value: unknown): string | null | undefined {
  if (value === null) return null;
  if (typeof value === 'number') return readDecimal(String(value)) ?? undefined;
  if (typeof value !== 'string') return undefined;
  const text = tidy(value);
  return text === '' || text === '留空' ? null : (readDecimal(text) ?? undefined);
}

function remembered<T>(find: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) {
      value = find(key);
      if (known.size < 100_000) known.set(key, value);
    }
    return value;
  };
}
