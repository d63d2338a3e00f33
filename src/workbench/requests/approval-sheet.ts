import type { Sheet, SheetBlock } from '../../areas/letters/index.ts';
import {
  type Approval,
  type ApprovalStep,
  applicantKinds,
  printedDay,
  type ReplyContent,
} from '../../areas/requests/index.ts';
import { cite, replyKind } from '../../law/index.ts';
import { formatDate, formatDateTime } from '../../ui/index.ts';
import type { OfficeNames } from './case-names.ts';
import { opinions, parties, replyStates, reviewKinds, searchOutcomes } from './case-words.ts';

/** 政府信息公开申请答复审查呈批单: the proposal and every opinion on it, from the acts on record. The applicant is not named. */
export function approvalSheet(
  { view, steps }: Approval,
  made: { agency: string; on: string; by: string; names: OfficeNames },
): Sheet {
  const { case: request, standing, content, replyContent, letters } = view;
  const { reply } = standing;
  const kind = reply && replyKind(reply.kindCode);
  const letter = letters.find(({ id }) => id === reply?.letterId);
  const { names } = made;
  const round = steps.slice(steps.findLastIndex(({ kind: step }) => step === 'submit' || step === 'recall'));
  return {
    agency: made.agency,
    title: '政府信息公开申请答复审查呈批单',
    on: made.on,
    foot: `申请编号 ${request.number}　${made.by}于${formatDate(made.on)}生成`,
    blocks: [
      {
        kind: 'facts',
        heading: '申请',
        rows: [
          { label: '申请编号', value: request.number },
          { label: '申请人', value: `${applicantKinds[request.applicantKind]}（见申请表）` },
          { label: '收到申请之日', value: printedDay(request.receivedOn) || '待确认' },
          { label: '答复期限', value: printedDay(request.dueOn) || '没有期限在计算' },
          { label: '承办单位', value: names.unit(request.unitId) },
          { label: '承办人', value: names.person(reply?.authorId ?? request.handlerId) },
          { label: '申请事项', value: request.title, wide: true },
          ...(content ? [{ label: '申请内容', value: content.content, wide: true }] : []),
        ],
      },
      {
        kind: 'facts',
        heading: '拟答复意见',
        rows: [
          { label: '答复种类', value: kind?.label ?? '', wide: true },
          { label: '依据', value: kind?.cites.map(cite).join('\n') ?? '', wide: true },
          ...(replyContent ? proposal(replyContent) : []),
          { label: '状态', value: reply ? replyStates[reply.state] : '' },
          { label: '发文字号', value: letter?.number ?? '签发时编号' },
        ],
      },
      basis(view, names),
      {
        kind: 'facts',
        heading: '意见',
        rows: [
          opinionOf('承办人意见', latest(round, 'submit'), '拟同意上述答复意见，请审核。'),
          opinionOf('合法性审核意见', latest(round, 'legal')),
          opinionOf('保密审查意见', latest(round, 'secrecy')),
          opinionOf('负责人签发意见', latest(round, 'signature')),
        ],
      },
      {
        kind: 'list',
        heading: '办理经过',
        columns: ['时间', '环节', '办理人', '结果', '意见'],
        widths: [4, 3, 3, 2, 7],
        rows: steps.map(({ at, kind: step, by, result, words }) => [
          formatDateTime(at),
          stepWords[step],
          by,
          result === null ? '' : resultWords[result],
          words,
        ]),
        empty: '没有记录。',
      },
    ],
  };
}

const stepWords: Readonly<Record<ApprovalStep['kind'], string>> = {
  submit: '送审',
  recall: '撤回送审',
  ...reviewKinds,
};
const resultWords = { approved: '通过', returned: '退回' } as const;

const latest = (steps: readonly ApprovalStep[], kind: ApprovalStep['kind']) =>
  steps.findLast((step) => step.kind === kind);

/** An opinion with who gave it and when; what was said of a draft that went back since falls. */
function opinionOf(label: string, step: ApprovalStep | undefined, unspoken = '') {
  if (!step) return { label, value: '（还没有意见）', wide: true };
  const result = step.result === null ? '' : `${resultWords[step.result]}。`;
  const words = step.words || unspoken;
  return { label, value: `${result}${words}\n${step.by}　${formatDateTime(step.at)}`, wide: true };
}

function proposal(content: ReplyContent) {
  const said: readonly [string, string][] = [
    ['理由', content.reason],
    ['其他依据', content.furtherGrounds],
    ['告知的内容', content.told],
    ['提供的信息', content.provided],
    ['不予公开的内容', content.withheld],
    ['公开的危害', content.harm],
    ['公共利益', content.publicInterest],
  ];
  return said.filter(([, value]) => value !== '').map(([label, value]) => ({ label, value, wide: true }));
}

/** What the units found and what others said. */
function basis({ standing, parties: known }: Approval['view'], names: OfficeNames): SheetBlock {
  return {
    kind: 'list',
    heading: '检索和征求意见',
    columns: ['事项', '对象', '结果'],
    widths: [3, 6, 5],
    rows: [
      ...standing.assignments.map(({ unitId, outcome }) => [
        '检索',
        names.unit(unitId),
        outcome === null ? '还没有登记' : searchOutcomes[outcome],
      ]),
      ...standing.consultations.map(({ id, party, opinion }) => [
        parties[party],
        known.get(id)?.party?.name ?? '',
        opinion === null ? '等待意见' : opinions[opinion],
      ]),
    ],
    empty: '没有检索，也没有征求意见。',
  };
}
