import type { Db } from '../../core/db.ts';
import { putEntries, type SearchEntry } from '../../core/search-index/index.ts';
import { entriesOf } from './entry-store.ts';
import { findIssue, issuesAfter } from './issue-store.ts';
import type { Issue, PublishedIssue } from './model.ts';
import { issueHref, issueTitle } from './public.ts';

const isOut = (issue: Issue | null): issue is PublishedIssue => issue?.state === 'published';

async function entryOf(db: Db, agencyId: number, issue: PublishedIssue): Promise<SearchEntry> {
  const entries = await entriesOf(db, agencyId, issue.id);
  return {
    kind: 'gazette',
    ref: String(issue.id),
    sourceId: null,
    href: issueHref(issue),
    title: issueTitle(issue),
    body: entries.map(({ title }) => title).join('\n'),
    further: entries.map(({ documentNumber }) => documentNumber).join('\n'),
    publishedOn: issue.issuedOn,
  };
}

/** Makes an issue that is out findable, in the caller's transaction. */
export async function indexIssue(db: Db, agencyId: number, issueId: number): Promise<void> {
  const issue = await findIssue(db, agencyId, issueId);
  if (isOut(issue)) await putEntries(db, agencyId, [await entryOf(db, agencyId, issue)]);
}

const PAGE = 100;

/** Writes the entries of all issues anew; returns how many. */
export async function reindexIssues(db: Db, agencyId: number): Promise<number> {
  let done = 0;
  for (let after = 0; ; ) {
    const page = await issuesAfter(db, agencyId, after, PAGE);
    await putEntries(db, agencyId, await Promise.all(page.map((issue) => entryOf(db, agencyId, issue))));
    done += page.length;
    if (page.length < PAGE) return done;
    after = page.at(-1)?.total ?? after;
  }
}
