import type { FormatId } from '../../annual-report/formats/format.ts';
import type { DocumentKind } from '../../annual-report/reading/index.ts';
import {
  type CellState,
  type FileState,
  type FindingVerdict,
  type FoundBy,
  type Judgement,
  judgements as judgementWords,
  type ReportFinding,
  type UnitKind,
} from '../../areas/filed-reports/index.ts';

/** Words and shape of a cell of the matrix; colour follows the same name in the style sheet. */
export const standings: Readonly<Record<CellState, { label: string; icon: string }>> = {
  'not-expected': { label: '不需报送', icon: 'minus' },
  missing: { label: '未报', icon: 'circle-dashed' },
  waiting: { label: '待核查', icon: 'clock' },
  unreadable: { label: '读不出', icon: 'file-off' },
  clean: { label: '无问题', icon: 'circle-check' },
  doubtful: { label: '存疑', icon: 'alert-triangle' },
  wrong: { label: '有误', icon: 'alert-octagon' },
};

export const unitKinds: Readonly<Record<UnitKind, string>> = {
  government: '政府',
  department: '部门',
  township: '乡镇',
  subdistrict: '街道',
  zone: '开发区',
  other: '其他',
};

export const fileStates: Readonly<Record<FileState, { label: string; standing: CellState }>> = {
  waiting: { label: '等待读取', standing: 'waiting' },
  read: { label: '已读出', standing: 'clean' },
  unreadable: { label: '读不出', standing: 'wrong' },
  unfiled: { label: '待归档', standing: 'doubtful' },
  same: { label: '已有相同文件', standing: 'unreadable' },
  discarded: { label: '已剔除', standing: 'unreadable' },
};

export const documentKinds: Readonly<Record<DocumentKind, string>> = {
  text: '文本',
  html: '网页',
  docx: 'Word',
  xlsx: 'Excel',
  pdf: 'PDF',
};

export const formatNames: Readonly<Record<FormatId, string>> = {
  '2014': '2014年格式（一张统计表）',
  '2019': '2019年格式（三张表）',
  '2021': '2021年格式（三张表）',
};

export const foundByWords: Readonly<Record<FoundBy, string>> = {
  text: '按报告正文认定单位',
  'file-name': '按文件名认定单位',
  person: '人工指定单位',
};

export const verdicts: Readonly<Record<FindingVerdict, { label: string }>> = {
  wrong: { label: '有误' },
  uncertain: { label: '存疑' },
  unassessable: { label: '无法判断' },
};

/** How a finding is shown: by its verdict, except that a hint is only a hint. */
export type Weight = FindingVerdict | 'notice';

export const weights: Readonly<
  Record<Weight, { label: string; group: string; icon: string; tone: 'danger' | 'warning' | 'neutral' }>
> = {
  wrong: { label: '有误', group: '问题', icon: 'alert-octagon', tone: 'danger' },
  uncertain: { label: '存疑', group: '差异，需要人工核实', icon: 'alert-triangle', tone: 'warning' },
  unassessable: { label: '无法判断', group: '无法判断', icon: 'help-circle', tone: 'neutral' },
  notice: { label: '提示', group: '提示', icon: 'info-circle', tone: 'neutral' },
};

export function weightOf(finding: Pick<ReportFinding, 'verdict' | 'severity'>): Weight {
  return finding.severity === 'notice' ? 'notice' : finding.verdict;
}

export const judgements: Readonly<Record<Judgement, { label: string; help: string }>> = {
  confirmed: { label: judgementWords.confirmed, help: '报告确有问题，需要更正' },
  dismissed: { label: judgementWords.dismissed, help: '核实后没有问题，不再计入' },
  explained: { label: judgementWords.explained, help: '单位作了说明，予以认可' },
};
