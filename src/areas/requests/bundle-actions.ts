import { transact } from '../../core/db.ts';
import { actsOf, record, type TimelineAct } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import { applicantOf, reasonToRead } from './applicant-actions.ts';
import { type RequestCtx, subjectOf } from './case-actions.ts';
import { type CaseView, readCase } from './case-view.ts';
import { namedFilesOf } from './file-actions.ts';
import type { Applicant } from './model.ts';

/** Everything of a case that its bundle (案卷) shows. */
export interface BundledCase {
  view: CaseView;
  /** In clear; null once disposed of. */
  applicant: Applicant | null;
  /** What was done on the request and its letters, oldest first. */
  acts: TimelineAct[];
}

const MOST_ACTS = 5000;

/**
 * Opens a case for its bundle, the applicant in clear; who took it and why is recorded.
 * @throws NotFound as `readCase` does; Refusal as `reasonToRead`
 */
export async function openForBundle(ctx: RequestCtx, id: number): Promise<BundledCase> {
  demand(ctx.actor, 'requests.reveal');
  const view = await readCase(ctx, id);
  return transact(ctx, async (ctx) => {
    const { db, agencyId } = ctx;
    const reason = await reasonToRead(ctx, view.case, null);
    const applicant = view.applicant === null ? null : await applicantOf(ctx, view.case.formId);
    const subjects: [string, number][] = [
      ['request', id],
      ...view.letters.map((letter): [string, number] => ['letter', letter.id]),
    ];
    const acts: TimelineAct[] = [];
    for (const [kind, subject] of subjects)
      acts.push(...(await actsOf(db, agencyId, kind, subject, MOST_ACTS)));
    await record(ctx, {
      act: 'requests.bundle',
      ground: '《中华人民共和国个人信息保护法》第三十四条',
      subject: subjectOf(view.case),
      reason,
    });
    const files = await namedFilesOf(ctx, id);
    return { view: { ...view, files }, applicant, acts: acts.sort((a, b) => a.seq - b.seq) };
  });
}
