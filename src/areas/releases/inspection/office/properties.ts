import type { Discovery } from '../finding.ts';
import { fewOf, maskText } from '../masking.ts';
import type { OfficePackage } from './package.ts';
import { textOf } from './xml-tree.ts';

const PERSONS = new Set(['creator', 'lastModifiedBy', 'Manager', 'contributor']);
/** Say when and by which program, which is no secret and needed by some readers. */
const PLAIN = new Set([
  'created',
  'modified',
  'Application',
  'AppVersion',
  'DocSecurity',
  'Pages',
  'Words',
  'Characters',
  'CharactersWithSpaces',
  'Lines',
  'Paragraphs',
  'Slides',
  'Notes',
  'HiddenSlides',
  'MMClips',
  'ScaleCrop',
  'LinksUpToDate',
  'SharedDoc',
  'HyperlinksChanged',
  'TotalTime',
  'TitlesOfParts',
  'HeadingPairs',
  'revision',
  'title',
  'language',
  'PresentationFormat',
]);
/** What programs write when nobody is named. */
const NOBODY =
  /^(unknown|un-?named|administrator|admin|user|owner|windows 用户|微软用户|微软中国|microsoft( office)?( user)?|openpyxl|python-docx|exceljs|docx(4j|js)?|wps( office)?|kingsoft|apache poi|libreoffice|pptxgenjs|typst|word|-+)?$/i;
const ORGANISATION =
  /(局|委|办|室|厅|院|府|会|处|科|所|站|中心|公司|集团|部|校|大学|银行|队|社|馆|署|省|市|区|县|镇|乡|街道|gov\.cn)$/;

/** Whether a name in a file's properties is that of a person, as far as can be told. */
export function namesPerson(name: string): boolean {
  const plain = name.trim();
  return !NOBODY.test(plain) && !ORGANISATION.test(plain);
}

/** Who wrote and kept the file, and what else its properties tell. */
export function propertyDiscoveries(pkg: OfficePackage): Discovery[] {
  const parts = pkg
    .relations('')
    .filter(({ type, external }) => !external && /^(core|extended)-properties$/.test(type))
    .map(({ target }) => target)
    .filter((name) => pkg.has(name));
  const persons: [string, string][] = [];
  const others: [string, string][] = [];
  for (const part of parts) {
    const xml = pkg.text(part);
    for (const element of pkg.tree(part).children) {
      const value = textOf(xml, element).trim();
      if (NOBODY.test(value) || PLAIN.has(element.name)) continue;
      (PERSONS.has(element.name) && namesPerson(value) ? persons : others).push([element.name, value]);
    }
  }
  const found: Discovery[] = [];
  const clear = (names: (name: string) => boolean) => () => {
    for (const part of parts) emptyProperties(pkg, part, names);
  };
  if (persons.length > 0) {
    found.push({
      kind: 'document-author',
      at: 'properties',
      place: '文件属性',
      count: persons.length,
      evidence: fewOf(persons.map(([name, value]) => `${label(name)}：${maskText(value)}`)),
      mend: clear((name) => PERSONS.has(name)),
    });
  }
  if (others.length > 0) {
    found.push({
      kind: 'document-properties',
      at: 'properties',
      place: '文件属性',
      count: others.length,
      evidence: fewOf(others.map(([name, value]) => `${label(name)}：${maskText(value)}`)),
      mend: clear((name) => !PLAIN.has(name)),
    });
  }
  return [...found, ...customProperties(pkg), ...thumbnails(pkg)];
}

function emptyProperties(pkg: OfficePackage, part: string, names: (name: string) => boolean): void {
  pkg.edit(part, (root, edits) => {
    for (const element of root.children) {
      if (names(element.name)) edits.cut(element.openEnd, element.closeStart);
    }
  });
}

function customProperties(pkg: OfficePackage): Discovery[] {
  const part = pkg.mainPart('custom-properties');
  if (!part || !pkg.has(part)) return [];
  const xml = pkg.text(part);
  const values = pkg
    .tree(part)
    .children.map((property) => textOf(xml, property).trim())
    .filter((value) => value !== '');
  if (values.length === 0) return [];
  return [
    {
      kind: 'custom-properties',
      at: 'custom-properties',
      place: '文件属性',
      count: values.length,
      evidence: fewOf(values.map(maskText)),
      mend: () => pkg.drop(part),
    },
  ];
}

function thumbnails(pkg: OfficePackage): Discovery[] {
  return pkg
    .relations('')
    .filter(({ type, external, target }) => type === 'thumbnail' && !external && pkg.has(target))
    .map(({ target }) => ({
      kind: 'thumbnail',
      at: target,
      place: '文件属性',
      mend: () => pkg.drop(target),
    }));
}

const labels: Readonly<Record<string, string>> = {
  creator: '作者',
  lastModifiedBy: '最后修改者',
  Manager: '经理',
  contributor: '参与者',
  Company: '单位',
  subject: '主题',
  description: '备注',
  keywords: '标记',
  category: '类别',
  Template: '模板',
  HyperlinkBase: '链接基址',
};

const label = (name: string): string => labels[name] ?? name;
