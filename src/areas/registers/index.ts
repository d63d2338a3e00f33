import { registerLabels } from '../../ledger/index.ts';
import { registers } from './registers.ts';

export { addEntry, changeEntry, restoreEntry, voidEntry } from './actions.ts';
export { countedKinds, countingsOf } from './countings.ts';
export { type Effect, effectsOf } from './effects.ts';
export { registerFigures } from './figures.ts';
export {
  confirmImport,
  holdImport,
  type ImportPreview,
  importEntries,
  previewImport,
} from './import-actions.ts';
export { peopleOf } from './people.ts';
export { type Field, fieldOf, type Register, type RegisterKey } from './register.ts';
export { findRegister, registers } from './registers.ts';
export type { Given } from './rules.ts';
export { readRegisterRecord, readRegisterSheet, VOIDED_HEADING } from './sheet.ts';
export {
  type Entry,
  type EntryFilter,
  entriesPage,
  entriesTotal,
  findEntry,
  type Place,
  yearsOf,
} from './store.ts';

registerLabels({
  acts: {
    'registers.add': '登记台账',
    'registers.change': '修改台账登记',
    'registers.void': '撤销台账登记',
    'registers.restore': '恢复台账登记',
  },
  subjects: Object.fromEntries(
    Object.values(registers).map(({ key, label }) => [
      `register-${key}`,
      { label, href: (id: string) => `/workbench/registers/${key}/${id}` },
    ]),
  ),
  fields: Object.fromEntries(
    Object.values(registers).flatMap(({ key, fields }) =>
      fields.map(({ name, label }) => [`register-${key}.${name}`, label]),
    ),
  ),
});
