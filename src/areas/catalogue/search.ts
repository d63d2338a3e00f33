import type { Db } from '../../core/db.ts';
import { dropEntry, putEntries, putEntry, type SearchEntry } from '../../core/search-index/index.ts';
import { itemHref } from './public.ts';
import { dropLeftovers, findLiveText, type LiveText, liveTextsBehind } from './search-store.ts';
import { natureText, shownText } from './search-texts.ts';

const KIND = 'item';
/** Text of all files of one item that is looked at. */
const FILE_TEXT = 50_000;

function entryOf(live: LiveText): SearchEntry {
  const inFiles = live.files
    .map(({ name, plain }) => `${name}\n${plain}`)
    .join('\n')
    .slice(0, FILE_TEXT);
  return {
    kind: KIND,
    ref: String(live.id),
    sourceId: live.sourceId,
    href: itemHref(live.indexNumber),
    title: live.title,
    body: shownText(live),
    further: [live.indexNumber, natureText(live), inFiles].join('\n'),
    documentNumber: live.documentNumber,
    unitId: live.unitId,
    columnId: live.columnId,
    furtherColumns: live.furtherColumns,
    genre: live.genre,
    validity: live.validity,
    publishedOn: live.publishedOn,
  };
}

/** Makes the live version of an item findable, as it stands in the caller's transaction; takes it out when there is none. */
export async function indexItem(db: Db, agencyId: number, itemId: number): Promise<void> {
  const live = await findLiveText(db, agencyId, itemId);
  if (live) await putEntry(db, agencyId, entryOf(live));
  else await dropEntry(db, agencyId, KIND, String(itemId));
}

const PAGE = 500;

/** Writes the entries of all items anew, behind an id; tells the last one of each page, so that it can go on from there. */
export async function reindexItems(
  db: Db,
  agencyId: number,
  after = 0,
  progress: (last: number) => void = () => {},
): Promise<number> {
  let done = 0;
  for (let last = after; ; ) {
    const page = await db.transaction().execute(async (trx) => {
      const live = await liveTextsBehind(trx, agencyId, last, PAGE);
      await putEntries(trx, agencyId, live.map(entryOf));
      return live.map(({ id }) => id);
    });
    if (page.length === 0) break;
    done += page.length;
    last = page.at(-1) ?? last;
    progress(last);
  }
  await dropLeftovers(db, agencyId);
  return done;
}
