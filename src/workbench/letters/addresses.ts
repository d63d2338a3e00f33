export const LETTERS = '/workbench/letters';
export const TEMPLATES = `${LETTERS}/templates`;
export const LETTER_SETTINGS = `${LETTERS}/settings`;

export const templateAddress = (key: string, more = ''): string =>
  `${TEMPLATES}/${encodeURIComponent(key)}${more}`;
