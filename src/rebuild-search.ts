import { reindexReports } from './annual-report/index.ts';
import { reindexItems } from './areas/catalogue/index.ts';
import { reindexIssues } from './areas/gazette/index.ts';
import { allAgencies } from './areas/organisations/index.ts';
import { reindexAnswers } from './areas/requests/index.ts';
import type { Clock } from './core/clock.ts';
import type { Connection, Db } from './core/db.ts';
import type { Job } from './core/jobs.ts';
import { analyseEntries, forgetMisses, lacksEntries, noteEntriesWritten } from './core/search-index/index.ts';

/**
 * Writes the index of everything an agency made public anew, while it is being searched. Safe to run twice and to break
 * off: `after` goes on behind the last item told to `progress`.
 * @returns how many items, reports, answers and issues of the gazette
 */
export async function rebuildSearch(
  db: Db,
  agencyId: number,
  { after = 0, progress }: { after?: number; progress?: (lastItem: number) => void } = {},
): Promise<number> {
  const items = await reindexItems(db, agencyId, after, progress);
  const reports = await reindexReports(db, agencyId);
  const answers = await reindexAnswers(db, agencyId);
  const issues = await reindexIssues(db, agencyId);
  await noteEntriesWritten(db, agencyId);
  await analyseEntries(db);
  return items + reports + answers + issues;
}

interface Host {
  connection: Pick<Connection, 'db'>;
  clock: Clock;
}

export const searchJobs: readonly Job<Host>[] = [
  {
    name: 'fill-search-index',
    label: '为已公开的内容建立检索索引',
    // For installations from before there was an index, or whose entries were written otherwise; does nothing after that.
    schedule: '40 3 * * *',
    async run({ connection: { db } }) {
      for (const { id } of await allAgencies(db)) {
        if (await lacksEntries(db, id)) await rebuildSearch(db, id);
      }
    },
  },
  {
    name: 'forget-searches',
    label: '清除半年以前没有结果的检索词',
    schedule: '20 4 * * *',
    run: ({ connection: { db }, clock }) => forgetMisses(db, clock.today().toString()),
  },
];
