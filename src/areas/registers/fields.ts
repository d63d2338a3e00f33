import type { Field } from './register.ts';

type More = Partial<Field>;

/** `heldOn` → `held_on`; a unit is kept by its id. */
const columnOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const field =
  (kind: Field['kind']) =>
  (name: string, label: string, more: More = {}): Field => ({
    name,
    column: columnOf(name),
    label,
    kind,
    ...more,
  });

export const text = field('text');
export const date = field('date');
export const count = field('count');
export const people = field('people');
export const money = field('money');

/** What names an entry: one line that must be there. */
export const title = (name: string, label: string, maxLength: number, more: More = {}): Field =>
  text(name, label, { required: true, listed: true, minLength: 2, maxLength, ...more });

export const choice = (name: string, label: string, options: readonly string[], more: More = {}): Field =>
  field('choice')(name, label, { required: true, listed: true, options, example: options[0] ?? '', ...more });

export const unit: Field = {
  name: 'unit',
  column: 'unit_id',
  label: '责任部门',
  kind: 'unit',
  listed: true,
  example: '办公室',
};

export const note = field('long')('note', '备注', { maxLength: 500 });
export const phone = text('phone', '电话', { maxLength: 50, example: '0871-12345678' });
