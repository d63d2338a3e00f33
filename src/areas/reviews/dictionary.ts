import type { Db } from '../../core/db.ts';
import { defaultEntries } from './default-entries.ts';
import { type KeptEntry, keptEntries } from './dictionary-store.ts';
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
    ...defaultEntries.map((entry) => changed.get(entry.key) ?? entry),
    ...kept.filter(({ builtIn }) => builtIn === null),
  ];
}

/** The dictionaries of the agency, ready for searching. */
export async function loadDictionary(db: Db, agencyId: number): Promise<Dictionary> {
  return dictionaryOf(await entriesOf(db, agencyId));
}
