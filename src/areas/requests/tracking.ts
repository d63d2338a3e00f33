import { civilDate } from '../../core/clock.ts';
import { NotFound } from '../../core/refusal.ts';
import { type ExplainedDay, explainClock, type RequestClock } from '../../law/index.ts';
import { type LetterEntry, letterKinds, lettersOf } from '../letters/index.ts';
import { openNote } from './applicant.ts';
import { type Held, hold, type RequestCtx } from './case-actions.ts';
import { correctionPlace } from './check-model.ts';
import { correctionTexts } from './check-store.ts';
import { readFeedback } from './dispute-actions.ts';
import { namedFilesOf } from './file-actions.ts';
import { type FormRow, findForm, findFormByCode } from './form-store.ts';
import { codeValue } from './intake-actions.ts';
import type { RequestCase, RequestFileKind } from './model.ts';
import type { Move } from './moves.ts';
import { reasonsOf } from './reasons-actions.ts';
import { casesOfForm } from './request-store.ts';
import { clockOf, obstacle } from './rules.ts';
import { type CaseStanding, factsOf } from './standing.ts';

/** What an applicant may hand in by the tracking page: 补正, 说明理由 (711/35), 更正要求 (711/41). */
export type HandedIn = 'correction' | 'reasons' | 'rectification';

const moveOf = {
  correction: 'take-correction',
  reasons: 'take-reasons',
  rectification: 'take-rectification',
} as const satisfies Readonly<Record<HandedIn, Move>>;

/** The kind of the files that come with it. */
export const fileKindOf: Readonly<Record<HandedIn, RequestFileKind>> = {
  correction: 'correction',
  reasons: 'explanation',
  rectification: 'evidence',
};

/** Something that came in for a request, with its files; what a receipt is given for. */
export interface ReceivedItem {
  /** Names it among those of its request. */
  key: string;
  what: HandedIn;
  /** Civil date. */
  on: string;
  files: readonly { name: string; bytes: number }[];
}

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
  /** In what number and how often he asked, while his reasons are awaited (711/35). */
  reasonsAsked: string | null;
  /** What he may hand in now. */
  awaited: HandedIn[];
  /** What he handed in, here or elsewhere, oldest first. */
  received: ReceivedItem[];
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

const handedIn = Object.keys(moveOf) as HandedIn[];

async function receivedOf(ctx: RequestCtx, standing: CaseStanding): Promise<ReceivedItem[]> {
  const { case: request, corrections, reasons, rectifications } = standing;
  const items: Omit<ReceivedItem, 'files'>[] = [
    ...corrections.flatMap(({ id, answeredOn }) =>
      answeredOn === null ? [] : [{ key: `correction-${id}`, what: 'correction' as const, on: answeredOn }],
    ),
    ...(reasons?.answeredOn ? [{ key: 'reasons', what: 'reasons' as const, on: reasons.answeredOn }] : []),
    ...rectifications.map(({ id, askedOn }) => ({
      key: `rectification-${id}`,
      what: 'rectification' as const,
      on: askedOn,
    })),
  ];
  if (items.length === 0) return [];
  const files = await namedFilesOf(ctx, request.id);
  return items.map((item, index) => {
    const next = items.slice(index + 1).find(({ what }) => what === item.what)?.on ?? null;
    const own = files.filter(
      ({ kind, requestId, addedAt }) =>
        kind === fileKindOf[item.what] &&
        requestId === request.id &&
        civilDate(addedAt) >= item.on &&
        (next === null || civilDate(addedAt) < next),
    );
    return { ...item, files: own.map(({ name, bytes }) => ({ name, bytes })) };
  });
}

const applicant = { kind: 'applicant', staffId: null, unitId: null, may: false, everyUnit: false } as const;
const blocked = (move: Move, { standing, today, calendar }: Held) =>
  obstacle(move, standing, applicant, today, calendar) !== null;

/** What the applicant may hand in now. */
export const awaitedOf = (held: Held): HandedIn[] => handedIn.filter((what) => !blocked(moveOf[what], held));

async function trackedCase(ctx: RequestCtx, request: RequestCase): Promise<TrackedCase> {
  const held = await hold(ctx, request);
  const { standing, calendar } = held;
  const facts = factsOf(standing);
  const open = standing.corrections.find(
    ({ answeredOn, lapsedOn }) => answeredOn === null && lapsedOn === null,
  );
  const texts = open ? await correctionTexts(ctx.db, ctx.agencyId, request.id) : [];
  const sealed = texts.find(({ id }) => id === open?.id)?.askedSealed ?? null;
  const letters = await lettersOf(ctx, request.id);
  const awaited = awaitedOf(held);
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
    reasonsAsked: awaited.includes('reasons') ? ((await reasonsOf(ctx, request.id))?.facts ?? null) : null,
    awaited,
    received: await receivedOf(ctx, standing),
    mayWithdraw: !blocked('withdraw', held) || !blocked('cancel', held),
    feedback: await readFeedback(ctx, request.id),
  };
}
