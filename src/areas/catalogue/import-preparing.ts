import { copyCells } from '../../core/copy.ts';
import { type EntryCells, entryCells } from '../../core/search-index/index.ts';
import type { SheetRecord } from '../../core/spreadsheet/index.ts';
import { emptyContent } from './content-rules.ts';
import { digestOf } from './digest.ts';
import {
  cleanBody,
  type ImportLine,
  type ImportPlaces,
  isRejection,
  lineReader,
  type Rejection,
} from './import-lines.ts';
import type { ChannelKind, NormativeKind, VersionContent } from './model.ts';
import { natureText, shownText } from './search-texts.ts';

/** What the lines of one import have in common; plain values, so that it travels to other threads. */
export interface ImportSetting extends ImportPlaces {
  agencyId: number;
  /** 发布机构 of what is imported. */
  issuingBody: string;
  /** What index numbers begin with. */
  house: string;
  /** When the import began, as an ISO instant. */
  at: string;
}

/** One item, worked out as far as that goes without the database: rows lack its id and index number. */
export interface PreparedItem {
  line: number;
  sourceId: string;
  /** Of the year it was formed in it takes its index number. */
  year: number;
  title: string;
  publishedOn: string;
  channels: readonly ChannelKind[];
  documentNumber: string;
  normative: NormativeKind;
  /** SM3 of what it says, as long as it interprets nothing. */
  digest: string;
  /** Null for nearly all: what it interprets, and what its digest is of then. */
  interpreting: { references: readonly string[]; content: VersionContent } | null;
  /** Cells of `preparedItemColumns`. */
  item: string;
  /** Cells of `preparedVersionColumns`. */
  version: string;
  entry: EntryCells;
}

export interface PreparedChunk {
  items: PreparedItem[];
  rejected: Rejection[];
}

export const preparedItemColumns =
  'unit_id source_id state live_version title abstract column_id genre subject document_number issuing_body formed_on published_on published_at normative'.split(
    ' ',
  );
export const preparedVersionColumns =
  'version state title abstract body plain column_id further_columns genre subject document_number issuing_body source formed_on normative channels created_at saved_at published_at'.split(
    ' ',
  );

/** Checks, sanitises and cuts into words: all that takes time and needs nothing but the lines. */
export function prepareChunk(records: readonly SheetRecord[], setting: ImportSetting): PreparedChunk {
  const read = lineReader(setting);
  const chunk: PreparedChunk = { items: [], rejected: [] };
  for (const record of records) {
    const line = read(record);
    if (isRejection(line)) chunk.rejected.push(line);
    else chunk.items.push(prepare(line, setting));
  }
  return chunk;
}

function prepare(line: ImportLine, { agencyId, issuingBody, at }: ImportSetting): PreparedItem {
  const { title, abstract, columnId, furtherColumns, formedOn, publishedOn, normative } = line;
  const { genre, subject, documentNumber } = line;
  const { body, plain } = cleanBody(line.body);
  const content = { ...emptyContent, ...line, body, issuingBody, interprets: [] };
  // 09:00, the opening of offices: history knows no hour.
  const publishedAt = `${publishedOn} 09:00:00+08`;
  const described = [genre, subject, documentNumber, issuingBody];
  return {
    line: line.line,
    sourceId: line.sourceId,
    year: Number(formedOn.slice(0, 4)),
    title,
    publishedOn,
    channels: line.channels,
    documentNumber,
    normative,
    digest: digestOf(content),
    interpreting: line.interprets.length === 0 ? null : { references: line.interprets, content },
    item: copyCells([
      line.unitId,
      line.sourceId,
      'published',
      1,
      title,
      abstract,
      columnId,
      ...described,
      formedOn,
      publishedOn,
      publishedAt,
      normative,
    ]),
    version: copyCells([
      1,
      'published',
      title,
      abstract,
      body,
      plain,
      columnId,
      furtherColumns.map(String),
      ...described,
      issuingBody,
      formedOn,
      normative,
      line.channels,
      at,
      at,
      publishedAt,
    ]),
    entry: entryCells(agencyId, {
      kind: 'item',
      sourceId: line.sourceId,
      title,
      body: shownText({ abstract, plain }),
      further: natureText({ issuingBody, keywords: content.keywords, genre, subject, normative }),
      documentNumber,
      unitId: line.unitId,
      columnId,
      furtherColumns,
      genre,
      validity: 'in-force',
      publishedOn,
    }),
  };
}
