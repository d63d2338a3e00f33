import type { Db } from '../../core/db.ts';
import { entriesOf } from './entry-store.ts';
import { errataOf } from './erratum-store.ts';
import { issueByNumber, issuesBeside } from './issue-store.ts';
import type { Entry, Erratum, IssueNumber, PublishedIssue } from './model.ts';
import { bySection, issueWords } from './rules.ts';

export const GAZETTE = '/gazette';

/** Public address of an issue; its numbers are its name for ever. */
export const issueHref = ({ year, number }: Pick<IssueNumber, 'year' | 'number'>): string =>
  `${GAZETTE}/${year}/${number}`;

/** Address of its file. */
export const issueFileHref = (issue: Pick<IssueNumber, 'year' | 'number'>): string =>
  `${issueHref(issue)}.pdf`;

/** `昆明市人民政府公报 2018年第3期（总第15号）`. */
export const issueTitle = (issue: IssueNumber & { title: string }): string =>
  `${issue.title} ${issueWords(issue)}（总第${issue.total}号）`;

export interface IssueView {
  issue: PublishedIssue;
  sections: { section: string; entries: Entry[] }[];
  errata: Erratum[];
  before: PublishedIssue | null;
  after: PublishedIssue | null;
}

/** An issue that is out, with what became of its entries since; null where there is none. */
export async function readIssue(
  db: Db,
  agencyId: number,
  at: { year: number; number: number },
): Promise<IssueView | null> {
  const issue = await issueByNumber(db, agencyId, at);
  if (!issue) return null;
  const [entries, errata, beside] = await Promise.all([
    entriesOf(db, agencyId, issue.id),
    errataOf(db, agencyId, issue.id),
    issuesBeside(db, agencyId, issue.total),
  ]);
  const told = errata.filter(({ state }) => state === 'published');
  return { issue, sections: bySection(entries), errata: told, ...beside };
}
