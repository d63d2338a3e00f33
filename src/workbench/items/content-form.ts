import {
  attributes,
  channelKinds,
  genres,
  normativeKinds,
  subjects,
  type VersionContent,
} from '../../areas/catalogue/index.ts';
import { parseDay } from '../../law/index.ts';
import { type Errors, oneOf } from '../request.ts';
import { numberOrNull, type Posted } from './request.ts';

/** The fields of the editor as they stand on the page. */
export type ContentForm = Record<(typeof names)[number], string> & {
  channels: readonly string[];
  furtherColumns: readonly string[];
  interprets: readonly string[];
};

const names = [
  'title',
  'abstract',
  'body',
  'columnId',
  'genre',
  'subject',
  'documentNumber',
  'issuingBody',
  'source',
  'keywords',
  'formedOn',
  'normative',
  'attribute',
  'attributeReason',
  'nextReviewOn',
  'publishOn',
  'publishTime',
  'amendment',
  'interpretationPlan',
] as const;

/** What was typed; nothing is judged yet. */
export function formIn({ given, all }: Posted): ContentForm {
  const values = Object.fromEntries(names.map((name) => [name, given(name)])) as Record<
    (typeof names)[number],
    string
  >;
  return {
    ...values,
    channels: all('channels'),
    furtherColumns: all('furtherColumns'),
    interprets: all('interprets'),
  };
}

/** What a version says, as the page shows it. */
export function formOf(content: VersionContent): ContentForm {
  const [publishOn = '', publishTime = ''] = content.publishAt === null ? [] : localOf(content.publishAt);
  return {
    title: content.title,
    abstract: content.abstract,
    body: content.body,
    columnId: String(content.columnId ?? ''),
    genre: content.genre,
    subject: content.subject,
    documentNumber: content.documentNumber,
    issuingBody: content.issuingBody,
    source: content.source,
    keywords: content.keywords.join('，'),
    formedOn: content.formedOn ?? '',
    normative: content.normative,
    attribute: content.attribute,
    attributeReason: content.attributeReason,
    nextReviewOn: content.nextReviewOn ?? '',
    publishOn,
    publishTime,
    amendment: content.amendment,
    interpretationPlan: content.interpretationPlan,
    channels: content.channels,
    furtherColumns: content.furtherColumns.map(String),
    interprets: content.interprets.map(String),
  };
}

/**
 * The content a form holds. `saved` is what the draft says now: a vocabulary that has lost a word keeps it where it stood.
 * `columns` are the columns of the agency.
 */
export function contentOf(
  form: ContentForm,
  saved: Pick<VersionContent, 'genre' | 'subject'>,
  columns: ReadonlySet<number>,
): { content: VersionContent; errors: Errors } {
  const errors: Record<string, string> = {};
  const column = numberOrNull(form.columnId);
  const columnId = column !== null && columns.has(column) ? column : null;
  const further = form.furtherColumns.flatMap((one) => numberOrNull(one) ?? []);
  const publishTime = form.publishTime.replace('：', ':').replace(/^(?=\d:)/, '0') || '09:00';
  if (form.publishOn !== '' && parseDay(form.publishOn) === null)
    errors.publishOn = '请填写日历上有的日期，写成 2026-01-31。';
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(publishTime)) errors.publishTime = '请填写时间，写成 09:00。';
  const scheduled = form.publishOn !== '' && Object.keys(errors).length === 0;
  const content: VersionContent = {
    title: form.title,
    abstract: form.abstract,
    body: asHtml(form.body),
    columnId,
    furtherColumns: [...new Set(further)].filter((id) => columns.has(id) && id !== columnId),
    genre: form.genre === saved.genre || genres.includes(form.genre) ? form.genre : '',
    subject: form.subject === saved.subject || subjects.includes(form.subject) ? form.subject : '',
    documentNumber: form.documentNumber,
    issuingBody: form.issuingBody,
    source: form.source,
    keywords: form.keywords.split(/[\s,，、;；]+/).filter((word) => word !== ''),
    formedOn: form.formedOn || null,
    normative: oneOf(normativeKinds, form.normative) ?? 'none',
    attribute: oneOf(attributes, form.attribute) ?? 'proactive',
    attributeReason: form.attributeReason,
    nextReviewOn: form.nextReviewOn || null,
    channels: form.channels.flatMap((one) => oneOf(channelKinds, one) ?? []),
    publishAt: scheduled ? new Date(`${form.publishOn}T${publishTime}:00+08:00`).toISOString() : null,
    amendment: form.amendment,
    interpretationPlan: form.interpretationPlan,
    interprets: form.interprets.flatMap((one) => numberOrNull(one) ?? []),
  };
  return { content, errors };
}

/** Plain text, as somebody without script types it, becomes paragraphs; HTML stays. */
function asHtml(body: string): string {
  if (/<\/?[a-z][a-z0-9]*(\s[^>]*)?\/?>/i.test(body)) return body;
  return body
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => `<p>${line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</p>`)
    .join('\n');
}

/** Day and time of the clock on the wall in China. */
function localOf(instant: string): [string, string] {
  const local = new Date(new Date(instant).getTime() + 8 * 3_600_000).toISOString();
  return [local.slice(0, 10), local.slice(11, 16)];
}
