import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import subsetFont from 'subset-font';
import { fontFiles, sans, serif } from '../fonts.ts';

/** A font inside a Word document: only the characters it uses, the first 32 bytes masked with its key (ECMA-376 17.8.1). */
export interface EmbeddedFont {
  name: string;
  key: string;
  data: Buffer;
}

/** Named in the styles but seldom free to embed: what stands in where the reader's computer lacks them. */
const substitutes: readonly { name: string; substitute: string; family: string }[] = [
  { name: '仿宋', substitute: serif, family: 'modern' },
  { name: '楷体', substitute: serif, family: 'modern' },
  { name: '方正小标宋简体', substitute: serif, family: 'script' },
  { name: '黑体', substitute: sans, family: 'modern' },
];

export async function embedFonts(text: string): Promise<EmbeddedFont[]> {
  return Promise.all([embed(serif, fontFiles.serif, text), embed(sans, fontFiles.sansMedium, text)]);
}

async function embed(name: string, file: string, text: string): Promise<EmbeddedFont> {
  const characters = [...new Set(text)].sort().join('');
  const data = Buffer.from(
    await subsetFont(await readFile(file), characters, { targetFormat: 'sfnt', noLayoutClosure: true }),
  );
  const digest = createHash('sha256').update(data).digest('hex').slice(0, 32).toUpperCase();
  mask(data, digest);
  return { name, key: digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '{$1-$2-$3-$4-$5}'), data };
}

function mask(data: Buffer, digest: string): void {
  const key = Buffer.from(digest, 'hex').reverse();
  for (let i = 0; i < 32; i++) data[i] = (data[i] ?? 0) ^ (key[i % 16] ?? 0);
}

const namespaces =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

/** word/fontTable.xml */
export function fontTable(embedded: readonly EmbeddedFont[]): string {
  const named = substitutes.map(
    ({ name, substitute, family }) =>
      `<w:font w:name="${name}"><w:altName w:val="${substitute}"/><w:charset w:val="86"/><w:family w:val="${family}"/><w:pitch w:val="default"/></w:font>`,
  );
  const files = embedded.map(
    ({ name, key }, index) =>
      `<w:font w:name="${name}"><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/><w:embedRegular r:id="rId${index + 1}" w:fontKey="${key}"/></w:font>`,
  );
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts ${namespaces}>${named.join('')}${files.join('')}</w:fonts>`;
}

/** word/_rels/fontTable.xml.rels */
export function fontRelations(embedded: readonly EmbeddedFont[]): string {
  const relations = embedded.map(
    (_, index) =>
      `<Relationship Id="rId${index + 1}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/font" Target="fonts/font${index + 1}.odttf"/>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relations.join('')}</Relationships>`;
}
