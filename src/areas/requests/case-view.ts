import { NotFound } from '../../core/refusal.ts';
import { type ExplainedDay, explainClock, type RequestClock } from '../../law/index.ts';
import { type LetterEntry, lettersOf } from '../letters/index.ts';
import { demand } from '../organisations/index.ts';
import { gramsOf, maskedApplicant, openApplicant, openNote } from './applicant.ts';
import { contentOf, type LikelyRepeat, likelyRepeats } from './applicant-actions.ts';
import { DISPOSED, demandCase, disposedWords, hold, moverOf, type RequestCtx } from './case-actions.ts';
import { type HistoryEntry, historyOf } from './case-history.ts';
import { correctionPlace, searchPlace } from './check-model.ts';
import { correctionTexts, searchesOf } from './check-store.ts';
import { type ConsultedParty, consultedParties } from './consultation-actions.ts';
import { disposalOfForm } from './disposal-store.ts';
import { type Dispute, listDisputes, readFeedback } from './dispute-actions.ts';
import { type CaseFile, filesOf } from './file-actions.ts';
import { type FormRow, findForm } from './form-store.ts';
import type { Applicant, FormContent, ReplyContent, RequestCase, ReviewKind } from './model.ts';
import type { Move } from './moves.ts';
import { reasonsOf } from './reasons-actions.ts';
import { rectificationsOf } from './rectification-actions.ts';
import { opinionPlace, replyContentOf } from './reply-actions.ts';
import { reviewsOf } from './reply-store.ts';
import { type AlikeCase, alikeCases, casesOfForm } from './request-store.ts';
import { clockOf, movesOpen, type Obstacle } from './rules.ts';
import { seesCase } from './sight-rules.ts';
import { slipsOf } from './slip-actions.ts';
import { type CaseStanding, factsOf } from './standing.ts';

/** The form as the case page shows it; sealed columns stay behind. */
export type FormFacts = Omit<FormRow, 'applicantSealed' | 'contentSealed' | 'codeSealed'>;

export interface ReviewEntry {
  id: number;
  kind: ReviewKind;
  result: 'approved' | 'returned';
  opinion: string;
  byName: string;
  at: string;
}

/** Everything the page of one case shows. Dates are ISO text; the applicant is masked. */
export interface CaseView {
  case: RequestCase;
  form: FormFacts;
  /** Masked; null once disposed of. */
  applicant: Applicant | null;
  content: FormContent | null;
  /** Under which list it was disposed of, who approved it, on which day; null while it is kept. */
  disposal: { id: number; decidedByName: string; on: string } | null;
  standing: CaseStanding;
  clock: RequestClock | null;
  /** Day by day to the due date; empty while the clock stands. */
  days: ExplainedDay[];
  moves: { move: Move; label: string; obstacle: Obstacle | null }[];
  letters: LetterEntry[];
  files: CaseFile[];
  corrections: Map<number, { asked: string; answer: string }>;
  parties: Map<number, { party: ConsultedParty | null; answer: string }>;
  /** What was asked, answered and found under 711/35. */
  reasons: { facts: string; answer: string; finding: string } | null;
  /** What was demanded under 711/41, by demand. */
  rectifications: Map<number, { asked: string; decision: string }>;
  searches: { id: number; unitId: number; findings: string; answeredAt: string | null }[];
  replyContent: ReplyContent | null;
  reviews: ReviewEntry[];
  disputes: Dispute[];
  feedback: { answered: boolean; comment: string; at: string } | null;
  timeline: HistoryEntry[];
  /** Other parts of the same form. */
  siblings: RequestCase[];
  repeats: LikelyRepeat[];
  /** Concluded requests about alike things, for the handler to look at. */
  precedents: AlikeCase[];
}

/** @throws NotFound, also for a case that is not the person's to see */
export async function readCase(ctx: RequestCtx, id: number): Promise<CaseView> {
  demand(ctx.actor, 'requests.read');
  const { db, agencyId, vault } = ctx;
  const request = await demandCase(ctx, id);
  const { standing, today, calendar } = await hold(ctx, request);
  if (!seesCase(ctx.actor, standing)) throw new NotFound('没有找到这件申请，或者它没有分办给您的部门。');
  const form = await findForm(db, agencyId, request.formId);
  if (!form) throw new Error(`request ${id} has no form`);
  const { applicantSealed, contentSealed: _content, codeSealed: _code, ...facts } = form;
  const applicant =
    applicantSealed === null ? null : openApplicant(vault, agencyId, form.number, applicantSealed);
  const disposed: Obstacle | null =
    form.disposedOn === null
      ? null
      : { code: DISPOSED, message: disposedWords(form.disposedOn), article: '' };
  const lawFacts = factsOf(standing);
  const note = (place: string, sealed: string | null) =>
    sealed === null ? '' : openNote(vault, agencyId, place, sealed);
  const corrections = await correctionTexts(db, agencyId, id);
  const searches = await searchesOf(db, agencyId, id);
  const reviews = await reviewsOf(db, agencyId, id);
  const siblings = await casesOfForm(db, agencyId, request.formId);
  const letters = await lettersOf(ctx, id);
  const files = await filesOf(ctx, id);
  const noSlip: Obstacle | null =
    slipsOf(standing, letters).length > 0
      ? null
      : { code: 'requests-no-slip', message: '还没有登记过发出或者送达的文书。', article: null };
  return {
    case: request,
    form: facts,
    disposal: form.disposedOn === null ? null : await disposalOfForm(db, agencyId, form.id),
    applicant: applicant && maskedApplicant(applicant),
    content: await contentOf(ctx, id),
    standing,
    clock: clockOf(standing, calendar),
    days: lawFacts === null ? [] : explainClock(lawFacts, calendar),
    moves: movesOpen(standing, (move) => moverOf(ctx, move), today, calendar).map((open) => ({
      ...open,
      obstacle: disposed ?? open.obstacle ?? (open.move === 'correct-slip' ? noSlip : null),
    })),
    letters,
    files,
    corrections: new Map(
      corrections.map(({ id: row, askedSealed, answerSealed }) => [
        row,
        { asked: note(correctionPlace(id), askedSealed), answer: note(correctionPlace(id), answerSealed) },
      ]),
    ),
    parties: await consultedParties(ctx, id),
    reasons: await reasonsOf(ctx, id),
    rectifications: await rectificationsOf(ctx, id),
    searches: searches.map(({ id: row, unitId, findingsSealed, answeredAt }) => ({
      id: row,
      unitId,
      findings: note(searchPlace(id), findingsSealed),
      answeredAt: answeredAt?.toISOString() ?? null,
    })),
    replyContent: await replyContentOf(ctx, standing),
    reviews: reviews.map(({ opinionSealed, replyId, at, ...review }) => ({
      ...review,
      opinion: note(opinionPlace(replyId), opinionSealed),
      at: at.toISOString(),
    })),
    disputes: await listDisputes(ctx, id),
    feedback: await readFeedback(ctx, id),
    timeline: await historyOf(ctx, id, { letters, files }),
    siblings: siblings.filter((other) => other.id !== id),
    repeats:
      applicant === null
        ? []
        : await likelyRepeats(ctx, { applicant, title: request.title, exceptFormId: request.formId }),
    precedents: await alikeCases(
      db,
      agencyId,
      { grams: gramsOf(request.title), exceptId: id, concluded: true },
      5,
    ),
  };
}
