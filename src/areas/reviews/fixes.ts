import { escapeQuoted } from '../../core/markup.ts';
import { type Replacement, readBody, replaceInBody } from './body-text.ts';
import type { Fix, Place, ScannedField, ScannedText } from './model.ts';
import { scan } from './scan.ts';
import { type ScanFacts, spotsOf } from './spots.ts';

/** The fields whose text a fix can change. */
type Mendable = Omit<ScannedText, 'normative' | 'files'>;

/** What is done at a place of the text. */
interface Mend {
  place: Pick<Place, 'field' | 'start' | 'end'>;
  fix: Fix;
}

/** The text with these places put right, which come from one scan of it. `words` describes a picture. Pure. */
function mended<Text extends Mendable>(text: Text, fixes: readonly Mend[], words = ''): Text {
  const changed = { ...text };
  for (const [field, some] of Map.groupBy(fixes, ({ place }) => place.field)) {
    const writing = replacementsOf(some);
    if (field === 'body') changed.body = bodyMended(text.body, some, writing, words);
    else if (field === 'keywords')
      changed.keywords = replaced(text.keywords.join('，'), writing)
        .split('，')
        .filter((word) => word !== '');
    else if (isText(field)) changed[field] = replaced(text[field], writing);
  }
  return changed;
}

const isText = (field: ScannedField): field is Exclude<keyof Mendable, 'keywords' | 'body'> =>
  !['body', 'keywords', 'files', 'normative'].includes(field);

function replacementsOf(some: readonly Mend[]): Replacement[] {
  return some
    .filter(({ fix }) => fix.act === 'write')
    .map(({ place, fix }) => ({ start: place.start, end: place.end, text: fix.text }))
    .sort((a, b) => a.start - b.start);
}

function replaced(text: string, replacements: readonly Replacement[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, text: words } of replacements) {
    pieces.push(text.slice(at, start), words);
    at = end;
  }
  return [...pieces, text.slice(at)].join('');
}

function bodyMended(
  html: string,
  some: readonly Mend[],
  writing: readonly Replacement[],
  words: string,
): string {
  const written = replaceInBody(html, readBody(html), writing);
  // Marks around what went with the words before them.
  let body = written.replaceAll(/<(strong|em|u|s|sup|sub)><\/\1>/g, '');
  for (const { place, fix } of some) {
    if (fix.act === 'unlink') body = unlinked(body, fix.text);
    if (fix.act === 'describe') body = described(body, place, words);
  }
  return body;
}

/** Every link to this address becomes plain words. */
function unlinked(html: string, href: string): string {
  return html.replaceAll(
    /<a\b((?:[^>"]|"[^"]*")*)>([\s\S]*?)<\/a>/gi,
    (whole, attributes: string, words: string) =>
      readBody(`<a${attributes}></a>`).links[0]?.href === href ? words : whole,
  );
}

/** Words for a picture that has none; the first such at its place. */
function described(html: string, place: Mend['place'], words: string): string {
  const picture = readBody(html).pictures.find(({ text, alt }) => text === place.start && alt === '');
  if (!picture) return html;
  const tag = html.slice(picture.start, picture.end).replace(/\salt="[^"]*"/i, '');
  const alt = escapeQuoted(words);
  return `${html.slice(0, picture.start)}${tag.replace(/^<img/i, `<img alt="${alt}"`)}${html.slice(picture.end)}`;
}

/** Which finding is put right, how, and whether everything of its kind with it. */
export interface Choice {
  key: string;
  /** Which of its fixes. */
  fix: number;
  all: boolean;
  /** Where the fix asks for words. */
  words: string;
}

/** A word put right may make the same mistake with its neighbours: it is looked at again this often. */
const PASSES = 10;
const EVERYTHING = 1_000_000;

/** The text with what was chosen put right; null when it is not there any more. Pure. */
export function putRight<Text extends ScannedText>(
  text: Text,
  facts: ScanFacts,
  choice: Choice,
): Text | null {
  const chosen = scan(text, facts).find(({ key }) => key === choice.key);
  const fix = chosen?.fixes[choice.fix];
  if (!chosen || !fix) return null;
  if (fix.act !== 'write') return mended(text, [{ place: chosen.place, fix }], choice.words);
  const { field, start } = chosen.place;
  const end = start + fix.text.length;
  let right = choice.all ? text : mended(text, [{ place: chosen.place, fix }]);
  for (let pass = 0; pass < PASSES; pass++) {
    const again = spotsOf(right, facts, EVERYTHING).spots.flatMap((spot): Mend[] => {
      const { about, within } = spot;
      if (about.entry !== chosen.entry) return [];
      const here = within.field === field && spot.start < end && spot.end > start;
      const same = choice.all || here ? about.fixes(spot)[choice.fix] : undefined;
      return same ? [{ place: { field: within.field, start: spot.start, end: spot.end }, fix: same }] : [];
    });
    if (again.length === 0) return right;
    right = mended(right, again);
  }
  return right;
}
