import { registerLabels } from '../../ledger/index.ts';

export { mayMove, settingsOfGazette } from './acting.ts';
export {
  addEntries,
  beginIssue,
  moveEntry,
  putInSection,
  removeEntry,
  renameIssue,
} from './compose-actions.ts';
export {
  type DeskIssue,
  deskIssue,
  findCandidates,
  gazetteDesk,
  hasIssues,
  type IssueLine,
  waitingFor,
} from './desk.ts';
export { noteErratum, reviewErratum } from './erratum-actions.ts';
export { waitingErrata } from './erratum-store.ts';
export { issuesAfter, issuesOfYear, openIssues, yearsOfIssues } from './issue-store.ts';
export { gazetteJobs } from './jobs.ts';
export {
  type Candidate,
  type Entry,
  type Erratum,
  erratumStates,
  type Issue,
  issueReviewResults,
  issueStates,
  type PublishedIssue,
} from './model.ts';
export { labelOf, previewIssue } from './print-actions.ts';
export type { PrintFailure } from './print-failure-store.ts';
export { type GazettePrinting, openGazettePrinting } from './printing/index.ts';
export { GAZETTE, type IssueView, issueFileHref, issueHref, issueTitle, readIssue } from './public.ts';
export { printAgain, publishIssue } from './publish-actions.ts';
export { discardIssue, recallIssue, reviewIssue, submitIssue } from './review-actions.ts';
export { correctionObstacle, type IssueMove, issueWords } from './rules.ts';
export { reindexIssues } from './search.ts';
export { changeGazetteSettings, type GazetteSettingsForm } from './settings-form.ts';

registerLabels({
  acts: {
    'gazette.begin': '新编一期公报',
    'gazette.rename': '修改公报稿名称',
    'gazette.add': '编入公报',
    'gazette.remove': '移出公报',
    'gazette.arrange': '调整公报编排',
    'gazette.submit': '公报送审',
    'gazette.recall': '撤回公报',
    'gazette.approve': '审核公报：通过',
    'gazette.send-back': '审核公报：退回',
    'gazette.publish': '出版公报',
    'gazette.print': '排印公报',
    'gazette.print-again': '重新排印公报',
    'gazette.discard': '作废公报稿',
    'gazette.correct': '登记公报更正',
    'gazette.pass-correction': '审核公报更正：通过',
    'gazette.refuse-correction': '审核公报更正：不通过',
  },
  subjects: {
    'gazette-issue': { label: '政府公报', href: (id) => `/workbench/gazette/${id}` },
  },
  fields: {
    items: '信息编号',
    section: '公报栏目',
    entries: '篇数',
    issueNumber: '期号',
    total: '总期号',
    gazette: '政府公报规则',
  },
});
