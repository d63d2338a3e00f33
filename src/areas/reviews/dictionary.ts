import type { Db } from '../../core/db.ts';
import { defaultEntries } from './default-entries.ts';
import { type KeptEntry, keptEntries, revisionOf } from './dictionary-store.ts';
import type { DictionaryEntry } from './model.ts';
import { type Dictionary, dictionaryOf } from './words-in-text.ts';

/** Every word of the agency's dictionaries: those of the program as the agency changed them, then its own. */
export async function entriesOf(db: Db, agencyId: number): Promise<DictionaryEntry[]> {
  return withKept(await keptEntries(db, agencyId));
}

/** The words of the program as these changed them, then the others of them. */
export function withKept(kept: readonly KeptEntry[]): DictionaryEntry[] {
  const changed = new Map(kept.flatMap((entry) => (entry.builtIn === null ? [] : [[entry.builtIn, entry]])));
  return [
    ...defaultEntries().map((entry) => changed.get(entry.key) ?? entry),
    ...kept.filter(({ builtIn }) => builtIn === null),
  ];
}

const ready = new Map<string, Dictionary>();
/** Agencies whose dictionaries are held ready; the one that was asked for longest ago makes room. */
const MOST_READY = 20;

/**
 * The dictionaries of the agency as they are now, in whichever process they were changed, ready for searching: one line is read
 * for every search, the words only after a change.
 */
export async function loadDictionary(db: Db, agencyId: number): Promise<Dictionary> {
  const revision = await revisionOf(db, agencyId);
  // Without a revision there are the words of the program only: many agencies share these, and none brings its own among them.
  const read = () => (revision === '' ? defaultEntries() : entriesOf(db, agencyId));
  const known = ready.get(revision) ?? dictionaryOf(await read());
  ready.delete(revision);
  ready.set(revision, known);
  for (const oldest of ready.keys()) {
    if (ready.size <= MOST_READY) break;
    ready.delete(oldest);
  }
  return known;
}
