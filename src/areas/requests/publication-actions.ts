import type { Db } from '../../core/db.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import {
  dropEntries,
  dropEntry,
  putEntries,
  putEntry,
  type SearchEntry,
} from '../../core/search-index/index.ts';
import { visibleLine, visibleText } from '../../core/visible-text.ts';
import { cite } from '../../law/index.ts';
import { record } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import { demandReleased } from '../releases/index.ts';
import { gramsOf, openApplicant } from './applicant.ts';
import { type CaseRef, moving, type RequestCtx } from './case-actions.ts';
import { findForm } from './form-store.ts';
import { releasedFiles } from './outgoing-files.ts';
import { type PublicationForm, publicationProblems } from './publication-rules.ts';
import {
  findPublication,
  findPublished,
  insertPublication,
  listPublished,
  lockPublication,
  type Publication,
  type PublishedAnswer,
  proposedPublications,
  publicationsOfRequest,
  similarPublished,
  type Transferred,
  transferredBetween,
  updatePublication,
} from './publication-store.ts';

const ARTICLE_44 = cite({ statute: '711', article: 44 });
const ARTICLE_17 = cite({ statute: '711', article: 17 });

/**
 * Proposes that an answered request becomes public for everybody (711/44). Numbers, telephones and cards are refused by
 * their form, the applicant's own details by what is sealed; files must have passed the release gate for this request.
 * @returns the proposal's id
 * @throws InvalidForm; Refusal when nothing was disclosed, or a proposal waits or is published already
 */
export async function proposePublication(
  ctx: RequestCtx,
  ref: CaseRef,
  given: PublicationForm,
): Promise<number> {
  return moving(ctx, ref, 'publish', async (ctx, { standing, today }) => {
    const { db, agencyId, vault } = ctx;
    const request = standing.case;
    const earlier = await publicationsOfRequest(db, agencyId, request.id);
    const waiting = earlier.find(({ state }) => state === 'proposed' || state === 'published');
    if (waiting) {
      throw new Refusal(
        'requests-published-once',
        waiting.state === 'published'
          ? '这件申请的答复已经向社会公开；需要修改的，请先撤下。'
          : '这件申请已有一份转主动公开的稿件在审查。',
      );
    }
    const form = await findForm(db, agencyId, request.formId);
    const applicant = form?.applicantSealed
      ? openApplicant(vault, agencyId, form.number, form.applicantSealed)
      : null;
    const tidy: PublicationForm = {
      title: visibleLine(given.title),
      question: visibleText(given.question).trim(),
      answer: visibleText(given.answer).trim(),
      fileIds: [...new Set(given.fileIds)],
    };
    const own = await releasedFiles(ctx, request.id);
    const files = tidy.fileIds.flatMap((id) => own.find((file) => file.id === id) ?? []);
    const problems = publicationProblems(tidy, files, applicant, today);
    if (Object.keys(problems).length > 0) throw new InvalidForm(problems);
    const digests = files.map(({ digest }) => digest);
    await demandReleased(ctx, { kind: 'request', id: request.id }, digests);
    const id = await insertPublication(db, agencyId, {
      ...tidy,
      requestId: request.id,
      grams: gramsOf(tidy.title),
      authorId: ctx.actor.kind === 'staff' ? ctx.actor.staffId : null,
      proposedOn: today.toString(),
    });
    return { after: { publication: id, title: tidy.title, files: tidy.fileIds }, result: id };
  });
}

/**
 * Publishes a proposal or gives it back, by another person than its author (先审核后公开).
 * @throws Refusal `requests-own-hand`, `requests-not-proposed`; InvalidForm when it is given back without a reason
 */
export async function reviewPublication(
  ctx: RequestCtx,
  id: number,
  { approve, reason }: { approve: boolean; reason: string },
): Promise<void> {
  demand(ctx.actor, 'requests.review-publication');
  const why = visibleLine(reason);
  if (!approve && (why.length < 2 || why.length > 500))
    throw new InvalidForm({ reason: '请写明退回的理由，2 至 500 字。' });
  await transact(ctx, async (ctx) => {
    const { db, agencyId, actor } = ctx;
    const publication = await held(ctx, id, ['proposed'], '这份稿件不在审查中，可能已被他人审查。');
    if (actor.kind === 'staff' && actor.staffId === publication.authorId) {
      throw new Refusal('requests-own-hand', '这份稿件由您提出，须由他人审查。', { article: ARTICLE_17 });
    }
    const today = ctx.clock.today().toString();
    await updatePublication(db, agencyId, id, {
      state: approve ? 'published' : 'returned',
      reviewer_id: actor.kind === 'staff' ? actor.staffId : null,
      reason: why,
      ...(approve && { published_on: today }),
    });
    if (approve) {
      const published = await findPublished(db, agencyId, id);
      if (published) await putEntry(db, agencyId, entryOfAnswer(published));
    }
    await record(ctx, {
      act: approve ? 'requests.approve-publication' : 'requests.return-publication',
      ground: ARTICLE_17,
      subject: subjectOf(publication),
      before: { state: publication.state },
      after: { state: approve ? 'published' : 'returned' },
      ...(why === '' ? {} : { reason: why }),
    });
  });
}

/** Takes a published answer off the portal, or back what waits for review. @throws InvalidForm without a reason */
export async function withdrawPublication(ctx: RequestCtx, id: number, reason: string): Promise<void> {
  demand(ctx.actor, 'requests.publish');
  const why = visibleLine(reason);
  if (why.length < 2 || why.length > 500) throw new InvalidForm({ reason: '请写明理由，2 至 500 字。' });
  await transact(ctx, async (ctx) => {
    const publication = await held(ctx, id, ['proposed', 'published'], '这份稿件已被退回或者撤下。');
    const state = publication.state === 'published' ? 'withdrawn' : 'returned';
    await updatePublication(ctx.db, ctx.agencyId, id, { state, reason: why });
    await dropEntry(ctx.db, ctx.agencyId, ANSWER, String(id));
    await record(ctx, {
      act: 'requests.withdraw-publication',
      ground: ARTICLE_44,
      subject: subjectOf(publication),
      before: { state: publication.state },
      after: { state },
      reason: why,
    });
  });
}

const ANSWER = 'answer';

const entryOfAnswer = (answer: PublishedAnswer): SearchEntry => ({
  kind: ANSWER,
  ref: String(answer.id),
  sourceId: null,
  href: `/requests/answered/${answer.id}`,
  title: answer.title,
  body: `${answer.question}\n${answer.answer}`,
  publishedOn: answer.publishedOn,
});

const REINDEXED = 10_000;

/** Writes the search entries of all published answers anew. */
export async function reindexAnswers(db: Db, agencyId: number): Promise<number> {
  const answers = await listPublished(db, agencyId, { words: [], after: null, limit: REINDEXED });
  await dropEntries(db, agencyId, ANSWER);
  await putEntries(db, agencyId, answers.map(entryOfAnswer));
  return answers.length;
}

/** Answers everybody may read, the newest first; `query` narrows to those that contain its words. */
export function publishedAnswers(
  db: Db,
  agencyId: number,
  list: { query: string; after: { publishedOn: string; id: number } | null; limit: number },
): Promise<PublishedAnswer[]> {
  return listPublished(db, agencyId, { ...list, words: wordsOf(list.query) });
}

const wordsOf = (query: string) =>
  query
    .normalize('NFKC')
    .split(/[\s,，。、?？!！]+/u)
    .filter((word) => word !== '')
    .slice(0, 6);

/** Share of the shorter title's pieces that must agree. */
const ALIKE = 0.34;

/** Published answers to what sounds alike, most alike first; for the next applicant and for whoever handles his request. */
export async function similarAnswers(
  db: Db,
  agencyId: number,
  title: string,
  limit = 5,
): Promise<PublishedAnswer[]> {
  const grams = gramsOf(title);
  const found = await similarPublished(db, agencyId, grams, 50);
  return found
    .filter((answer) => answer.shared >= ALIKE * Math.min(grams.length, gramsOf(answer.title).length))
    .slice(0, limit);
}

/** One published answer, or null. */
export function publishedAnswer(db: Db, agencyId: number, id: number): Promise<PublishedAnswer | null> {
  return findPublished(db, agencyId, id);
}

/** Every proposal and publication of a request, the newest first. */
export function publicationsOf(ctx: RequestCtx, requestId: number): Promise<Publication[]> {
  demand(ctx.actor, 'requests.read');
  return publicationsOfRequest(ctx.db, ctx.agencyId, requestId);
}

/**
 * What became proactive disclosure within a year, for the 主动公开移送明细表; that it was printed is recorded.
 * @throws InvalidForm for a year that is none
 */
export async function printTransfers(ctx: RequestCtx, year: number): Promise<Transferred[]> {
  demand(ctx.actor, 'requests.read');
  if (!Number.isInteger(year) || year < 2008 || year > ctx.clock.today().year)
    throw new InvalidForm({ year: `请填写 2008 至 ${ctx.clock.today().year} 之间的年份。` });
  return transact(ctx, async (ctx) => {
    const found = await transferredBetween(ctx.db, ctx.agencyId, {
      from: `${year}-01-01`,
      to: `${year}-12-31`,
    });
    await record(ctx, {
      act: 'requests.print-transfers',
      ground: ARTICLE_44,
      subject: { kind: 'request-transfers', id: year, label: `${year}年` },
      after: { year, items: found.length },
    });
    return found;
  });
}

/** @throws NotFound */
export async function readPublication(ctx: RequestCtx, id: number): Promise<Publication> {
  demand(ctx.actor, 'requests.read');
  const publication = await findPublication(ctx.db, ctx.agencyId, id);
  if (!publication) throw new NotFound('没有找到这份转主动公开的稿件。');
  return publication;
}

/** What waits for its review, the oldest first. */
export function waitingPublications(ctx: RequestCtx): Promise<Publication[]> {
  demand(ctx.actor, 'requests.read');
  return proposedPublications(ctx.db, ctx.agencyId);
}

async function held(
  ctx: RequestCtx,
  id: number,
  states: readonly Publication['state'][],
  otherwise: string,
): Promise<Publication> {
  const publication = await lockPublication(ctx.db, ctx.agencyId, id);
  if (!publication) throw new NotFound('没有找到这份转主动公开的稿件。');
  if (!states.includes(publication.state)) throw new Refusal('requests-not-proposed', otherwise);
  return publication;
}

const subjectOf = ({ id, title }: Publication) => ({ kind: 'request-publication', id, label: title });
