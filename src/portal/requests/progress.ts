import {
  awaitsOpinion,
  type RequestState,
  reasonsVerdicts,
  rectificationOutcomes,
  requestStates,
  type TrackedCase,
} from '../../areas/requests/index.ts';
import { replyKinds } from '../../law/index.ts';
import { formatDate } from '../../ui/index.ts';

export interface ProgressEntry {
  on: string;
  title: string;
  detail?: string;
}

/** Where a request stands, in a word and a sentence the applicant understands. */
export function standingWords(
  { case: request, standing, awaited }: TrackedCase,
  today: string,
): { word: string; sentence: string } {
  const { reasons } = standing;
  if (reasons !== null && awaited.includes('reasons'))
    return {
      word: '等您说明理由',
      sentence: `您的申请数量、频次明显超过合理范围，请您在${formatDate(reasons.dueOn)}前说明理由。答复期限继续计算。`,
    };
  const waiting = awaitsOpinion(request, today);
  const open = standing.corrections.find(
    ({ answeredOn, lapsedOn }) => answeredOn === null && lapsedOn === null,
  );
  const { fee } = standing;
  const sentences: Readonly<Record<RequestState, string>> = {
    unconfirmed: '已经提交，等待双方确认。我们会与您联系，确认之日起计算答复期限。',
    registered: '已经收到，正在审查申请是否完整、清楚。',
    correcting: `申请内容不够明确，请您${open ? `在${formatDate(open.dueOn)}前` : ''}补正。收到补正后，答复期限重新计算。`,
    handling: waiting ? '正在征求有关方面的意见，这段时间不计算在答复期限内。' : '正在查找和办理。',
    unpaid: `已经发出收费通知，请您${fee?.dueOn ? `在${formatDate(fee.dueOn)}前` : '按通知'}缴费。缴清次日起重新计算答复期限。`,
    reviewing: '答复正在审核。',
    signing: '答复正在签发。',
    signed: '答复已经签发，即将发出。',
    concluded: resultWords(request.resultCode),
    archived: resultWords(request.resultCode),
    cancelled: '这件申请已经取消，没有进入办理。',
  };
  const words: Partial<Record<RequestState, string>> = {
    registered: '审查中',
    correcting: '等您补正',
    unpaid: '等您缴费',
    signing: '审核中',
    signed: '即将发出',
    archived: '已办结',
  };
  return {
    word:
      waiting && request.state === 'handling'
        ? '征求意见'
        : (words[request.state] ?? requestStates[request.state].label),
    sentence: sentences[request.state],
  };
}

function resultWords(code: string | null): string {
  if (code === 'W' || code === 'B6.3') return '您撤回了这件申请，已经办结。';
  const kind = replyKinds.find((found) => found.code === code);
  return kind ? `已经答复：${kind.label}。` : '已经办结。';
}

/** What happened so far, the newest first; only what concerns the applicant. */
export function progressOf({ case: request, standing }: TrackedCase): ProgressEntry[] {
  const entries: ProgressEntry[] = [{ on: request.submittedOn, title: '提交申请' }];
  const add = (on: string | null | undefined, title: string, detail?: string) => {
    if (on) entries.push({ on, title, ...(detail && { detail }) });
  };
  add(request.receivedOn, '收到申请', '从这一天起算答复期限，当天不计。');
  for (const correction of standing.corrections) {
    add(correction.noticedOn, '告知补正', `请在${formatDate(correction.dueOn)}前补正。`);
    add(correction.answeredOn, '收到补正', '答复期限从这一天起重新计算。');
    add(correction.lapsedOn, '逾期没有补正', '依法视为放弃申请。');
  }
  const { reasons } = standing;
  add(reasons?.noticedOn, '请您说明理由', `请在${formatDate(reasons?.dueOn ?? null)}前说明。`);
  add(reasons?.answeredOn, '收到您说明的理由', '答复期限继续计算。');
  if (reasons?.verdict)
    add(
      reasons.judgedOn,
      '认定您说明的理由',
      reasons.delayedUntil
        ? `${reasonsVerdicts[reasons.verdict]}，延迟到${formatDate(reasons.delayedUntil)}前答复。`
        : `${reasonsVerdicts[reasons.verdict]}。`,
    );
  for (const consultation of standing.consultations) {
    // 协办 between offices moves no day of the applicant's.
    if (consultation.party === 'assistant') continue;
    const whom = consultation.party === 'third-party' ? '第三方' : '共同制作机关';
    add(consultation.sentOn, `征求${whom}意见`, '所需时间不计算在答复期限内。');
    add(consultation.answeredOn, `${whom}意见征求完毕`);
  }
  const { extension, fee, reply } = standing;
  add(extension?.notifiedOn, '延长答复期限', `延长 ${extension?.days} 个工作日。`);
  add(fee?.noticedOn, '通知缴费', `金额 ${fee?.amount.toFixed(2)} 元。`);
  add(fee?.paidOn, '收到费用');
  add(fee?.lapsedOn, '逾期没有缴费', '依法视为放弃申请。');
  add(fee?.refundedOn, '退费', `金额 ${fee?.refunded.toFixed(2)} 元。`);
  if (request.concludedOn !== null) {
    add(reply?.dispatchedOn, '发出答复');
    add(reply?.deliveredOn, '答复已送达');
    for (const { askedOn, decidedOn, outcome } of standing.rectifications) {
      add(askedOn, '收到您的更正要求');
      if (outcome !== null) add(decidedOn, '答复更正要求', `${rectificationOutcomes[outcome]}。`);
    }
    if (reply?.dispatchedOn == null) add(request.concludedOn, '办结', resultWords(request.resultCode));
  }
  // A day's own order is kept: what was done first stands below.
  return entries
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => b.entry.on.localeCompare(a.entry.on) || b.index - a.index)
    .map(({ entry }) => entry);
}

/** Working days left until the last counted day; negative never: past the end there is nothing left to count. */
export function workingDaysLeft({ days }: Pick<TrackedCase, 'days'>, today: string): number | undefined {
  const last = days.at(-1)?.date;
  if (last === undefined || today > last) return undefined;
  return days.filter(({ date, counted }) => counted && date > today).length;
}
