import type { Ctx } from '../../core/context.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { visibleLine } from '../../core/visible-text.ts';
import { changeSettings } from '../organisations/index.ts';
import { type Series, series } from './kinds.ts';
import { isIssuer } from './settings.ts';

export interface LetterSettingsForm {
  prefix: string;
  words: Readonly<Record<Series, string>>;
  reconsideration: string;
  court: string;
  bodiesRequired: boolean;
  dateForm: string;
}

/**
 * Keeps how the agency numbers and closes its letters. Letters issued before stay as they are.
 * @throws InvalidForm by field; a word of a series under `word-<series>`
 */
export async function changeLetterSettings(ctx: Ctx, form: LetterSettingsForm): Promise<void> {
  const line = (text: string) => visibleLine(text);
  const faults: Record<string, string> = {};
  const prefix = line(form.prefix);
  if (!isIssuer(prefix) || prefix.length > 15) {
    faults.prefix = '请填 2 至 15 个汉字或字母，如“昆高政公开”。';
  }
  const words = Object.fromEntries(
    (Object.keys(series) as Series[]).map((key) => [key, line(form.words[key])]),
  ) as Record<Series, string>;
  for (const [key, word] of Object.entries(words)) {
    if (!/^[\p{Script=Han}A-Za-z]{1,4}$/u.test(word)) faults[`word-${key}`] = '请填 1 至 4 个汉字或字母。';
    else if (Object.values(words).filter((other) => other === word).length > 1) {
      faults[`word-${key}`] = '每类文书的代字不能相同，否则会出现两个相同的文号。';
    }
  }
  const body = (name: 'reconsideration' | 'court', what: string) => {
    const text = line(form[name]);
    if (text.length > 100) faults[name] = `${what}的名称最多 100 个字。`;
    return text;
  };
  const reconsideration = body('reconsideration', '行政复议机关');
  const court = body('court', '人民法院');
  if (form.dateForm !== 'digits' && form.dateForm !== 'han') faults.dateForm = '请选择其中一项。';
  if (Object.keys(faults).length > 0) throw new InvalidForm(faults);
  await changeSettings(ctx, {
    letters: {
      prefix,
      words,
      reconsideration,
      court,
      bodiesRequired: form.bodiesRequired,
      dateForm: form.dateForm,
    },
  });
}
