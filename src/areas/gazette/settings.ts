import type { IssueNumber } from './model.ts';

/** What an agency decides about its gazette, kept under `settings.gazette`; what is missing takes its default. */
export interface GazetteSettings {
  /** Red on the cover: 昆明市人民政府公报. */
  title: string;
  /** 主办 and 编辑; '' is not printed. */
  host: string;
  editor: string;
  /** Sections in the order they are printed in. */
  sections: readonly string[];
  /** Numbers of the first issue that comes out here, for a gazette that was there before. */
  first: IssueNumber;
}

export const DEFAULT_SECTIONS = [
  '行政规范性文件',
  '政府文件',
  '部门文件',
  '人事任免',
  '统计数据',
  '其他',
] as const;

export const MOST_SECTIONS = 20;
export const SECTION_LENGTH = 20;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const whole = (value: unknown): number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 ? value : 1;
const object = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

export function gazetteSettingsOf(agency: {
  name: string;
  settings: Readonly<Record<string, unknown>>;
}): GazetteSettings {
  const given = object(agency.settings.gazette);
  const first = object(given.first);
  const sections = Array.isArray(given.sections)
    ? [...new Set(given.sections.map(text))].filter((name) => name !== '' && name.length <= SECTION_LENGTH)
    : [];
  return {
    title: (text(given.title) || `${agency.name}公报`).slice(0, 40),
    host: (typeof given.host === 'string' ? given.host : agency.name).slice(0, 60),
    editor: text(given.editor).slice(0, 60),
    sections: sections.length > 0 ? sections.slice(0, MOST_SECTIONS) : DEFAULT_SECTIONS,
    first: { year: whole(first.year), number: whole(first.number), total: whole(first.total) },
  };
}
