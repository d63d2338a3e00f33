import { NotFound } from '../../core/refusal.ts';
import { type ExplainedDay, explainClock, type RequestClock } from '../../law/index.ts';
import { type LetterEntry, letterKinds, lettersOf } from '../letters/index.ts';
import { openNote } from './applicant.ts';
import { hold, type RequestCtx } from './case-actions.ts';
import { correctionPlace } from './check-model.ts';
import { correctionTexts } from './check-store.ts';
import { readFeedback } from './dispute-actions.ts';
import { type FormRow, findForm, findFormByCode } from './form-store.ts';
import { codeValue } from './intake-actions.ts';
import type { RequestCase } from './model.ts';
import { casesOfForm } from './request-store.ts';
import { clockOf, obstacle } from './rules.ts';
import { type CaseStanding, factsOf } from './standing.ts';

/** One request as its applicant follows it. */
export interface TrackedCase {
  case: RequestCase;
  standing: CaseStanding;
  clock: RequestClock | null;
  days: ExplainedDay[];
  /** Letters to the applicant; those to others are not among them. */
  letters: LetterEntry[];
  /** What he is asked to make clear, while that is open. */
  asked: string | null;
  mayWithdraw: boolean;
  feedback: { answered: boolean; comment: string } | null;
}

export interface TrackedForm {
  form: Pick<
    FormRow,
    'id' | 'number' | 'submittedOn' | 'confirmedOn' | 'channel' | 'wantedForm' | 'deliveryWay'
  >;
  cases: TrackedCase[];
}

/** The form behind a number and its query code; null alike for a wrong number and a wrong code. */
export async function findTracked(
  ctx: RequestCtx,
  number: string,
  code: string,
): Promise<{ formId: number } | null> {
  const plain = code.replaceAll(/[\s-]/g, '').toUpperCase();
  if (!/^\d{4}-\d{6}$/.test(number) || !/^[0-9A-Z]{8}$/.test(plain)) return null;
  const digests = ctx.vault.digests('query-code', codeValue(ctx.agencyId, number, plain));
  const formId = await findFormByCode(ctx.db, ctx.agencyId, number, digests);
  return formId === null ? null : { formId };
}

/** Where each request of a form stands. The caller has checked number and code. @throws NotFound */
export async function trackedForm(ctx: RequestCtx, formId: number): Promise<TrackedForm> {
  const form = await findForm(ctx.db, ctx.agencyId, formId);
  if (!form) throw new NotFound('没有找到这份申请。');
  const { id, number, submittedOn, confirmedOn, channel, wantedForm, deliveryWay } = form;
  const cases = await casesOfForm(ctx.db, ctx.agencyId, formId);
  const tracked: TrackedCase[] = [];
  for (const request of cases) tracked.push(await trackedCase(ctx, request));
  return { form: { id, number, submittedOn, confirmedOn, channel, wantedForm, deliveryWay }, cases: tracked };
}

async function trackedCase(ctx: RequestCtx, request: RequestCase): Promise<TrackedCase> {
  const { standing, today, calendar } = await hold(ctx, request);
  const facts = factsOf(standing);
  const open = standing.corrections.find(
    ({ answeredOn, lapsedOn }) => answeredOn === null && lapsedOn === null,
  );
  const texts = open ? await correctionTexts(ctx.db, ctx.agencyId, request.id) : [];
  const sealed = texts.find(({ id }) => id === open?.id)?.askedSealed ?? null;
  const applicant = { kind: 'applicant', staffId: null, unitId: null, may: false, everyUnit: false } as const;
  const blocked = (move: 'withdraw' | 'cancel') =>
    obstacle(move, standing, applicant, today, calendar) !== null;
  const letters = await lettersOf(ctx, request.id);
  return {
    case: request,
    standing,
    clock: clockOf(standing, calendar),
    days: facts === null ? [] : explainClock(facts, calendar),
    letters: letters.filter(
      ({ kind, state, replyCode }) =>
        !letterKinds[kind].forOthers &&
        state !== 'void' &&
        (replyCode === null || request.concludedOn !== null),
    ),
    asked: sealed === null ? null : openNote(ctx.vault, ctx.agencyId, correctionPlace(request.id), sealed),
    mayWithdraw: !blocked('withdraw') || !blocked('cancel'),
    feedback: await readFeedback(ctx, request.id),
  };
}
