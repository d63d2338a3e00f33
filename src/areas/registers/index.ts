export {
  addEntry,
  changeEntry,
  type GivenRow,
  importEntries,
  type RowFault,
  restoreEntry,
  voidEntry,
} from './actions.ts';
export { registerFigures } from './figures.ts';
export type { EntryValues, Field, Register, RegisterKey } from './register.ts';
export { findRegister, registers } from './registers.ts';
export { type Entry, type EntryFilter, entriesPage, findEntry, yearsOf } from './store.ts';
