/**
 * A register (台账) as data: one description draws the list, the form, the spreadsheet columns and the checks, and names
 * the table. A new register is a new description and a table with the shared columns.
 */
export interface Register {
  key: RegisterKey;
  label: string;
  /** One entry, e.g. `会议`. */
  noun: string;
  /** What it is for and what counts, shown above the list. */
  lead: string;
  table: `register_${string}`;
  icon: string;
  fields: readonly Field[];
  /** Field whose date orders the list and puts a flow into its year. */
  dateField: string;
  /** Field that names an entry. */
  titleField: string;
  /** For stocks: the field with the last day, which still counts; empty while it lasts. */
  endField?: string;
}

export type RegisterKey = 'meetings' | 'trainings' | 'staff' | 'budgets' | 'offices' | 'reading-places';

export interface Field {
  /** Name in forms and JSON, camelCase. */
  name: string;
  /** Column in the table. */
  column: string;
  /** Label in forms, lists and spreadsheet headings. */
  label: string;
  kind: 'text' | 'long' | 'date' | 'count' | 'money' | 'choice' | 'unit' | 'people';
  required?: boolean;
  help?: string;
  /** Lengths of text, in characters. */
  minLength?: number;
  maxLength?: number;
  /** For `choice`: what may be chosen. */
  options?: readonly string[];
  /** For `date`: what lies in the future has not happened and cannot be registered. */
  past?: boolean;
  /** Shown as a column of the list. */
  listed?: boolean;
  /** The list shows its total in this unit, e.g. `人次`. */
  summed?: string;
  /** What the template shows as a sample. */
  example?: string;
}

/** An entry's values by field name: text, ISO date, number, unit id, or null where left empty. */
export type EntryValues = Readonly<Record<string, string | number | null>>;

/** @throws Error when the description names a field it does not have */
export function fieldOf(register: Register, name: string): Field {
  const field = register.fields.find((candidate) => candidate.name === name);
  if (!field) throw new Error(`the register ${register.key} has no field ${name}`);
  return field;
}
