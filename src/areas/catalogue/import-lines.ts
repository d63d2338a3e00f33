import { z } from 'zod';
import { escapeText } from '../../core/markup.ts';
import { readDay, type SheetRecord } from '../../core/spreadsheet/index.ts';
import { visibleLine, visibleText } from '../../core/visible-text.ts';
import { checkDocumentNumber, normaliseDocumentNumber } from '../../law/index.ts';
import { plainText, sanitiseBody } from './body.ts';
import { contentLengths } from './content-rules.ts';
import { EXAMPLE_SOURCE, importFields } from './import-model.ts';
import {
  type CatalogueColumn,
  type ChannelKind,
  channelKinds,
  type NormativeKind,
  normativeKinds,
} from './model.ts';

/** A published item of the past, as a line of a file gives it. */
export interface ImportLine {
  line: number;
  sourceId: string;
  title: string;
  /** As given: not sanitised yet. */
  body: string;
  abstract: string;
  publishedOn: string;
  formedOn: string;
  unitId: number;
  columnId: number | null;
  /** Besides its own; each once. */
  furtherColumns: readonly number[];
  documentNumber: string;
  genre: string;
  subject: string;
  normative: NormativeKind;
  channels: readonly ChannelKind[];
  /** 政策解读: what it interprets, each by source, index number or document number. */
  interprets: readonly string[];
}

export interface Rejection {
  line: number;
  field: string;
  problem: string;
}

export const isRejection = (line: ImportLine | Rejection): line is Rejection => 'problem' in line;

const text = z.preprocess((value) => (typeof value === 'number' ? String(value) : (value ?? '')), z.string());
const shape = z.object({
  sourceId: text,
  title: text,
  body: text,
  abstract: text,
  publishedOn: text,
  formedOn: text,
  unit: text,
  column: text,
  documentNumber: text,
  kind: text,
  subject: text,
  normative: text,
  channels: listOf(/[,，、;；\s]+/),
  // Names and numbers may hold commas and spaces.
  furtherColumns: listOf(/[;；\n]+/),
  interprets: listOf(/[;；、\n]+/),
});

function listOf(between: RegExp) {
  return z.preprocess(
    (value) =>
      typeof value === 'string'
        ? value
            .split(between)
            .map((part) => part.trim())
            .filter((part) => part !== '')
        : (value ?? []),
    z.array(z.string()),
  );
}

const names: ReadonlySet<string> = new Set(importFields.map(({ name }) => name));
const nameOfLabel: ReadonlyMap<string, string> = new Map(
  importFields.map(({ label, name }) => [label, name]),
);

/** The field that a column or key means, or null. */
export function fieldOf(column: string): string | null {
  return names.has(column) ? column : (nameOfLabel.get(column) ?? null);
}

/** Columns under their Chinese names count as well; where both are there, the English one. */
function named(values: Record<string, unknown>): Record<string, unknown> {
  let renamed: Record<string, unknown> | null = null;
  for (const key in values) {
    const name = names.has(key) ? undefined : nameOfLabel.get(key);
    if (name === undefined || Object.hasOwn(values, name)) continue;
    renamed ??= { ...values };
    renamed[name] = values[key];
  }
  return renamed ?? values;
}

const markup = /<(?:p|br|div|table|h[1-6]|ul|ol|li|img|a|span|strong|em)\b[^>]*>/i;
const byNormativeLabel = new Map(
  Object.entries(normativeKinds).map(([key, label]) => [label as string, key as NormativeKind]),
);
const byLabel = new Map(
  Object.entries(channelKinds).map(([key, label]) => [label as string, key as ChannelKind]),
);

/** What lines may name, and the day of the import as an ISO date. */
export interface ImportPlaces {
  units: readonly { id: number; code: string; name: string }[];
  columns: readonly Pick<CatalogueColumn, 'id' | 'slug' | 'name'>[];
  today: string;
}

/** Reads one record after the other. A line's own faults are told field by field, the first one. */
export function lineReader(places: ImportPlaces): (record: SheetRecord) => ImportLine | Rejection {
  const units = new Map(
    places.units.flatMap(({ id, code, name }) => [[code, id] as const, [name, id] as const]),
  );
  const columns = new Map(
    places.columns.flatMap(({ id, slug, name }) => [[slug, id] as const, [name, id] as const]),
  );
  const [main] = places.units;
  return (record) => {
    const wrong = (field: string, problem: string): Rejection => ({
      line: record.line,
      field,
      problem: shown(problem),
    });
    if (record.problem !== undefined) return wrong('', record.problem);
    const read = shape.safeParse(named(record.values));
    if (!read.success) return wrong(String(read.error.issues[0]?.path[0] ?? ''), '应为文字');
    const given = read.data;
    const sourceId = visibleLine(given.sourceId);
    if (sourceId === '' || sourceId.length > 200) return wrong('sourceId', '请填写来源编号，最多 200 字');
    if (sourceId === EXAMPLE_SOURCE) return wrong('sourceId', '这是模板里的示例行，不导入');
    const title = visibleLine(given.title);
    if ([...title].length < 2 || [...title].length > contentLengths.title)
      return wrong('title', `标题应为 2 至 ${contentLengths.title} 字`);
    if (given.body.length > contentLengths.body)
      return wrong('body', `正文最多 ${contentLengths.body / 10_000} 万字，请把篇幅大的内容作为附件上传`);
    const publishedOn = given.publishedOn === '' ? places.today : readDay(given.publishedOn);
    if (publishedOn === null) return wrong('publishedOn', '应写成 YYYY-MM-DD，且是日历上有的日子');
    if (publishedOn > places.today) return wrong('publishedOn', '不能晚于今天');
    const formedOn = given.formedOn === '' ? publishedOn : readDay(given.formedOn);
    if (formedOn === null) return wrong('formedOn', '应写成 YYYY-MM-DD，且是日历上有的日子');
    if (formedOn > publishedOn) return wrong('formedOn', '不能晚于发布日期');
    const unitId = given.unit === '' ? main?.id : units.get(given.unit);
    if (unitId === undefined) return wrong('unit', `没有这个部门：${given.unit}；应为部门的代码或全称`);
    const columnId = given.column === '' ? null : columns.get(given.column);
    if (columnId === undefined) return wrong('column', `没有这个栏目：${given.column}；应为栏目的地址或名称`);
    const furtherColumns = new Set<number>();
    for (const name of given.furtherColumns) {
      const id = columns.get(name);
      if (id === undefined)
        return wrong('furtherColumns', `没有这个栏目：${name}；应为栏目的地址或名称，几个之间用分号隔开`);
      if (id !== columnId) furtherColumns.add(id);
    }
    const documentNumber =
      given.documentNumber === '' ? '' : normaliseDocumentNumber(visibleLine(given.documentNumber));
    if (documentNumber !== '') {
      const { problem } = checkDocumentNumber(documentNumber);
      if (problem !== null) return wrong('documentNumber', problem);
    }
    const genre = visibleLine(given.kind);
    if ([...genre].length > 30) return wrong('kind', '体裁最多 30 字');
    const normative = byNormativeLabel.get(given.normative) ?? (given.normative || 'none');
    if (!isNormative(normative)) return wrong('normative', '应为 none、normative 或 rule');
    const interprets = [...new Set(given.interprets.map(visibleLine))].filter((one) => one !== '');
    if (interprets.length > contentLengths.interprets || interprets.some((one) => one.length > 200))
      return wrong('interprets', `最多 ${contentLengths.interprets} 份文件，每份的编号最多 200 字`);
    const channels = given.channels.map((name) =>
      Object.hasOwn(channelKinds, name) ? (name as ChannelKind) : byLabel.get(name),
    );
    if (channels.includes(undefined))
      return wrong('channels', `应为 ${Object.keys(channelKinds).join('、')}`);
    return {
      line: record.line,
      sourceId,
      title,
      body: given.body,
      abstract: visibleText(given.abstract).trim().slice(0, contentLengths.abstract),
      publishedOn,
      formedOn,
      unitId,
      columnId,
      furtherColumns: [...furtherColumns],
      documentNumber,
      genre,
      subject: visibleLine(given.subject).slice(0, 60),
      normative,
      channels: channels.length === 0 ? ['website'] : [...new Set(channels as ChannelKind[])],
      interprets,
    };
  };
}

/** What a file says, as it may be kept and shown: short, and nothing in it that a database or a page stumbles over. */
export const shown = (text: string): string => visibleLine(text).slice(0, 300).toWellFormed();

const isNormative = (kind: string): kind is NormativeKind => Object.hasOwn(normativeKinds, kind);

/** The body as it may be kept and shown, as strictly as of what is typed, and the same as plain text. */
export function cleanBody(given: string): { body: string; plain: string } {
  const visible = visibleText(given).toWellFormed();
  const body = markup.test(visible) ? sanitiseBody(visible) : paragraphs(visible);
  return { body, plain: plainText(body) };
}

/** Plain text as paragraphs, a line each. */
function paragraphs(given: string): string {
  return given
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => `<p>${escapeText(line)}</p>`)
    .join('');
}
