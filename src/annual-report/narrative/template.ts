import { type NarrativeContext, readReference } from './reference.ts';

const mark = /\{\{(#[^{}]+|else|\/)\}\}/u;

/**
 * The first text of a chapter: decides the template's conditional sections by the figures of the day and leaves the
 * references live. `{{#4,5}}…{{else}}…{{/}}` keeps the first part when any of the cells is above 0; sections may nest.
 * Should a figure change later so that the wording no longer holds ("没有收到…"), the prose check says so.
 * @throws RangeError for a section that is not closed or names no cell: a fault of the template
 */
export function draftChapter(template: string, context: NarrativeContext): string {
  const tokens = template.split(mark);
  let at = 0;

  const readSection = (closing: boolean): { yes: string; no: string } => {
    const branches = { yes: '', no: '' };
    let branch: 'yes' | 'no' = 'yes';
    for (; at < tokens.length; at++) {
      const token = tokens[at]!;
      const isText = at % 2 === 0;
      if (isText) branches[branch] += token;
      else if (token === '/' || token === 'else') {
        if (!closing) throw new RangeError(`template closes a section that it did not open: {{${token}}}`);
        if (token === '/') return branches;
        branch = 'no';
      } else {
        at++;
        const inner = readSection(true);
        const holds = token
          .slice(1)
          .split(',')
          .some((name) => isAboveZero(name, context));
        branches[branch] += holds ? inner.yes : inner.no;
      }
    }
    if (closing) throw new RangeError('template leaves a section open');
    return branches;
  };

  return readSection(false)
    .yes.replaceAll(/[ \t]+$/gm, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

function isAboveZero(name: string, context: NarrativeContext): boolean {
  const ref = readReference(name);
  const value = ref && context.cell(ref);
  if (ref === null || value === undefined) throw new RangeError(`template condition names no cell: ${name}`);
  return (value ?? 0) > 0;
}
