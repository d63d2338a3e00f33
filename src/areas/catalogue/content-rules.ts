import { civilDate } from '../../core/clock.ts';
import { visibleLine, visibleText } from '../../core/visible-text.ts';
import { checkDocumentNumber, parseDay } from '../../law/index.ts';
import {
  attributes,
  type CatalogueColumn,
  channelKinds,
  normativeKinds,
  type VersionContent,
} from './model.ts';

/** Longest texts of an item, in characters. */
export const contentLengths = {
  title: 200,
  abstract: 500,
  body: 2_000_000,
  line: 100,
  keywords: 10,
  interpretationPlan: 300,
  interprets: 20,
} as const;

export const emptyContent: VersionContent = {
  title: '',
  abstract: '',
  body: '',
  columnId: null,
  furtherColumns: [],
  genre: '',
  subject: '',
  documentNumber: '',
  issuingBody: '',
  source: '',
  keywords: [],
  formedOn: null,
  normative: 'none',
  attribute: 'proactive',
  attributeReason: '',
  nextReviewOn: null,
  channels: ['website'],
  publishAt: null,
  amendment: '',
  interpretationPlan: '',
  interprets: [],
};

/** The content with what people do not see taken out. The body is sanitised elsewhere. */
export function tidyContent(content: VersionContent): VersionContent {
  return {
    ...content,
    title: visibleLine(content.title),
    abstract: visibleText(content.abstract).trim(),
    documentNumber: tidyNumber(visibleLine(content.documentNumber)),
    issuingBody: visibleLine(content.issuingBody),
    source: visibleLine(content.source),
    keywords: [...new Set(content.keywords.map(visibleLine).filter((word) => word !== ''))],
    attributeReason: visibleText(content.attributeReason).trim(),
    amendment: visibleText(content.amendment).trim(),
    interpretationPlan: visibleText(content.interpretationPlan).trim(),
    interprets: [...new Set(content.interprets)],
  };
}

/** In its normal form where it is one; else as it was typed. */
function tidyNumber(typed: string): string {
  const { problem, value } = checkDocumentNumber(typed);
  return problem === null ? value : typed;
}

/** What cannot even be saved as a draft: too long, or no such choice. */
export function draftProblems(content: VersionContent): Record<string, string> {
  const problems: Record<string, string> = {};
  const atMost = (
    field: 'title' | 'abstract' | 'documentNumber' | 'issuingBody' | 'source' | 'interpretationPlan',
    most: number,
    name: string,
  ) => {
    if ([...content[field]].length > most)
      problems[field] = `${name}最多 ${most} 个字，现在有 ${[...content[field]].length} 个。`;
  };
  atMost('title', contentLengths.title, '标题');
  atMost('abstract', contentLengths.abstract, '内容概述');
  atMost('documentNumber', contentLengths.line, '发文字号');
  atMost('issuingBody', contentLengths.line, '发布机构');
  atMost('source', contentLengths.line, '来源');
  atMost('interpretationPlan', contentLengths.interpretationPlan, '解读方案');
  if (content.interprets.length > contentLengths.interprets)
    problems.interprets = `最多关联 ${contentLengths.interprets} 份文件。`;
  if (content.body.length > contentLengths.body) problems.body = '正文过长，请把篇幅大的内容作为附件上传。';
  if (content.keywords.length > contentLengths.keywords)
    problems.keywords = `关键词最多 ${contentLengths.keywords} 个。`;
  if (!(content.attribute in attributes)) problems.attribute = '请选择公开属性。';
  if (!(content.normative in normativeKinds)) problems.normative = '请选择是否规范性文件。';
  if (content.channels.some((channel) => !(channel in channelKinds))) problems.channels = '请选择发布渠道。';
  if (content.formedOn !== null && parseDay(content.formedOn) === null)
    problems.formedOn = '请填写日历上有的日期，写成 2026-01-31。';
  if (content.nextReviewOn !== null && parseDay(content.nextReviewOn) === null)
    problems.nextReviewOn = '请填写日历上有的日期，写成 2026-01-31。';
  return problems;
}

/** What an item lacks before it can go to review; one message per field. `today` is an ISO date. */
export function submissionProblems(
  content: VersionContent,
  column: Pick<CatalogueColumn, 'required' | 'closedOn' | 'name'> | null,
  facts: { today: string; amends: boolean; files: number },
): Record<string, string> {
  const problems = draftProblems(content);
  if ([...content.title].length < 2) problems.title = '请填写标题，至少 2 个字。';
  if (column === null) problems.columnId = '请选择栏目。';
  else if (column.closedOn !== null) problems.columnId = `栏目“${column.name}”已停用，请另选。`;
  if (content.body.replaceAll(/<[^>]*>/g, '').trim() === '' && facts.files === 0)
    problems.body = '请填写正文，或者上传附件。';
  if (content.issuingBody === '') problems.issuingBody = '请填写发布机构的全称。';
  if (content.genre === '') problems.genre = '请选择体裁。';
  if (content.subject === '') problems.subject = '请选择主题分类。';
  if (content.formedOn === null) problems.formedOn = '请填写生成日期：公文为成文日期，其他信息为完成之日。';
  else if (content.formedOn > facts.today) problems.formedOn = '生成日期不能晚于今天。';
  if (content.documentNumber !== '') {
    const { problem } = checkDocumentNumber(content.documentNumber);
    if (problem !== null) problems.documentNumber = `发文字号不对：${problem}。`;
  } else if (content.normative !== 'none') problems.documentNumber = '规范性文件和规章须填写发文字号。';
  if (content.attribute !== 'proactive' && content.attributeReason === '')
    problems.attributeReason = '依申请公开或者不予公开的，请写明理由和依据。';
  if (content.attribute === 'proactive' && content.channels.length === 0)
    problems.channels = '请至少选择一个发布渠道。';
  if (content.publishAt !== null && civilDate(new Date(content.publishAt)) < facts.today)
    problems.publishOn = '定时发布的日期已经过去，请改为今后的日期；立即发布的不填。';
  if (facts.amends && content.amendment === '') problems.amendment = '请写明这次修改了什么，读者会看到。';
  for (const field of column?.required ?? []) {
    const value = content[field as keyof VersionContent];
    const empty =
      value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
    if (empty && problems[field] === undefined) problems[field] = '这个栏目要求填写此项。';
  }
  return problems;
}
