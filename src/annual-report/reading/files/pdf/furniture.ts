import { tidyLine } from '../lines.ts';
import type { PageContent } from './page.ts';

const PAGE_NUMBER =
  /^(第\s*)?[-—–－·•~～\s]*\d{1,4}(\s*[/／]\s*\d{1,4})?[-—–－·•~～\s]*(页(\s*[,，/／]?\s*共\s*\d{1,4}\s*页)?)?$/;

/** Takes away page numbers and the lines that head or foot every page. */
export function dropFurniture(pages: readonly PageContent[]): void {
  for (const page of pages) {
    for (const end of ['first', 'last'] as const) {
      const line = lineAt(page, end);
      if (line && isMarginal(page, line.top, line.bottom) && PAGE_NUMBER.test(tidyLine(line.text)))
        drop(page, end);
    }
  }
  for (const end of ['first', 'last'] as const) {
    const seen = new Map<string, PageContent[]>();
    for (const page of pages) {
      const line = lineAt(page, end);
      if (!line || !isMarginal(page, line.top, line.bottom)) continue;
      const key = `${tidyLine(line.text).replace(/\d+/g, '#')} ${Math.round(line.top / 4)}`;
      seen.set(key, [...(seen.get(key) ?? []), page]);
    }
    for (const same of seen.values()) {
      if (same.length >= 2 && same.length >= pages.length / 2) for (const page of same) drop(page, end);
    }
  }
}

function lineAt(page: PageContent, end: 'first' | 'last') {
  const entry = page.entries.at(end === 'first' ? 0 : -1);
  if (entry?.kind !== 'line') return null;
  const { line } = entry;
  return { top: line.top, bottom: line.bottom, text: line.pieces.map(({ text }) => text).join(' ') };
}

function isMarginal(page: PageContent, top: number, bottom: number): boolean {
  return bottom < page.height * 0.12 || top > page.height * 0.88;
}

function drop(page: PageContent, end: 'first' | 'last'): void {
  if (end === 'first') page.entries.shift();
  else page.entries.pop();
}
