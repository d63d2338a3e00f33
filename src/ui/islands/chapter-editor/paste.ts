/**
 * What Word, WPS and web pages put on the clipboard, reduced to what a chapter can hold. Word writes its lists as
 * paragraphs that carry their number or dot as text; they become real lists here. Tables become one line for each row.
 */
export function cleanPastedHtml(html: string): string {
  const page = new DOMParser().parseFromString(html.replaceAll(/<!--[\s\S]*?-->/g, ''), 'text/html');
  for (const element of page.querySelectorAll('style, script, meta, link, title, xml, img, object, iframe'))
    element.remove();
  for (const element of page.body.querySelectorAll('*')) {
    if (element.localName.includes(':')) element.replaceWith(...element.childNodes);
  }
  for (const row of [...page.body.querySelectorAll('tr')]) {
    const line = page.createElement('p');
    line.textContent = [...row.cells].map((cell) => cell.textContent?.trim() ?? '').join('，');
    row.closest('table')?.before(line);
  }
  for (const table of page.body.querySelectorAll('table')) table.remove();
  buildLists(page);
  for (const paragraph of page.body.querySelectorAll('p, h1, h2, h3, h4, h5, h6, li')) {
    if (
      paragraph.textContent?.replaceAll(/[\s\u00a0\u3000]/g, '') === '' &&
      !paragraph.querySelector('[data-figure]')
    )
      paragraph.remove();
    else trimStart(paragraph);
  }
  return page.body.innerHTML.replaceAll('\u00a0', ' ').replaceAll('&nbsp;', ' ');
}

/** Makes real lists of the paragraphs Word writes them as. */
export function buildLists(page: Document): void {
  let list = null as HTMLElement | null;
  for (const paragraph of [...page.body.querySelectorAll<HTMLElement>('p')]) {
    const style = paragraph.getAttribute('style') ?? '';
    const marker = [...paragraph.querySelectorAll<HTMLElement>('span')].find((span) =>
      /mso-list:\s*ignore/i.test(span.getAttribute('style') ?? ''),
    );
    if (!marker || !/mso-list:/i.test(style)) {
      list = null;
      continue;
    }
    const ordered = /[\d一二三四五六七八九十a-z]/i.test(marker.textContent ?? '');
    marker.remove();
    const name = ordered ? 'ol' : 'ul';
    if (list?.localName !== name || list.nextElementSibling !== paragraph) {
      list = page.createElement(name);
      paragraph.before(list);
    }
    const item = page.createElement('li');
    item.append(...paragraph.childNodes);
    list.append(item);
    paragraph.remove();
  }
}

/** Indents typed as spaces are the style sheet's work. */
export function trimStart(element: Element): void {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    text.nodeValue = (text.nodeValue ?? '').replace(/^[\s\u00a0\u3000]+/, '');
    if (text.nodeValue !== '') return;
  }
}
