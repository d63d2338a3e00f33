import type { Ctx } from '../../core/context.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { visibleLine, visibleText } from '../../core/visible-text.ts';
import { changeSettings } from '../organisations/index.ts';
import { settingsOfGazette } from './acting.ts';
import { hasIssues } from './desk.ts';
import { MOST_SECTIONS, SECTION_LENGTH } from './settings.ts';

export type GazetteSettingsForm = Readonly<
  Record<'title' | 'host' | 'editor' | 'sections' | 'firstYear' | 'firstNumber' | 'firstTotal', string>
>;

/**
 * Keeps how the gazette is named, divided and numbered; issues that are out stay as they are. First numbers are given
 * once: they count for nothing after the first issue.
 * @throws InvalidForm by field
 */
export async function changeGazetteSettings(ctx: Ctx, form: GazetteSettingsForm): Promise<void> {
  const before = await settingsOfGazette(ctx);
  const begun = await hasIssues(ctx);
  const faults: Record<string, string> = {};
  const title = visibleLine(form.title);
  if (title.length < 2 || title.length > 40)
    faults.title = '请填写公报名称，2 至 40 字，例如“昆明市人民政府公报”。';
  const named = (name: 'host' | 'editor', what: string) => {
    const text = visibleLine(form[name]);
    if (text.length > 60) faults[name] = `${what}最多 60 字。`;
    return text;
  };
  const host = named('host', '主办');
  const editor = named('editor', '编辑');
  const sections = [
    ...new Set(
      visibleText(form.sections)
        .split('\n')
        .map(visibleLine)
        .filter((line) => line !== ''),
    ),
  ];
  if (sections.length < 1 || sections.length > MOST_SECTIONS)
    faults.sections = `请填 1 至 ${MOST_SECTIONS} 个栏目，每行一个。`;
  else if (sections.some((name) => name.length > SECTION_LENGTH))
    faults.sections = `栏目名称最多 ${SECTION_LENGTH} 字。`;
  const whole = (name: 'firstYear' | 'firstNumber' | 'firstTotal', most: number, least = 1) => {
    const value = /^\d{1,6}$/.test(form[name].trim()) ? Number(form[name].trim()) : 0;
    if (value < least || value > most) faults[name] = `请填 ${least} 至 ${most} 的整数。`;
    return value;
  };
  const first = begun
    ? before.first
    : {
        year: whole('firstYear', 2100, 1949),
        number: whole('firstNumber', 999),
        total: whole('firstTotal', 99_999),
      };
  if (Object.keys(faults).length > 0) throw new InvalidForm(faults);
  await changeSettings(ctx, { gazette: { title, host, editor, sections, first } });
}
