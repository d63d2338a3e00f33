import { buildLists, trimStart } from '../chapter-editor/paste.ts';

const MOST_COLUMNS = 60;

/**
 * What Word, WPS and web pages put on the clipboard, without their rubbish: comments, styles, name-spaced elements, pictures
 * that lie on the other computer. Tables stay; lists that Word writes as paragraphs become real ones.
 */
export function cleanPasted(html: string): string {
  const page = new DOMParser().parseFromString(html.replaceAll(/<!--[\s\S]*?-->/g, ''), 'text/html');
  for (const element of page.querySelectorAll(
    'style, script, meta, link, title, xml, object, iframe, svg, math, noscript, template',
  ))
    element.remove();
  for (const element of [...page.body.querySelectorAll('*')]) {
    if (element.localName.includes(':')) element.replaceWith(...element.childNodes);
  }
  buildLists(page);
  for (const cell of page.body.querySelectorAll<HTMLTableCellElement>('td, th')) {
    if (cell.colSpan > MOST_COLUMNS) cell.colSpan = MOST_COLUMNS;
  }
  for (const paragraph of page.body.querySelectorAll('p, h1, h2, h3, h4, h5, h6, li')) {
    const empty = paragraph.textContent?.replaceAll(/[\s\u00a0\u3000]/g, '') === '';
    if (empty && !paragraph.querySelector('img') && !paragraph.closest('td, th')) paragraph.remove();
    else trimStart(paragraph);
  }
  for (const element of page.body.querySelectorAll('[class], [style], [lang], [id]')) {
    const kept = /text-align:\s*(center|right)/i.exec(element.getAttribute('style') ?? '')?.[1];
    for (const name of ['style', 'lang', 'id']) element.removeAttribute(name);
    if (!/^(align-center|align-right|no-indent)$/.test(element.className)) element.removeAttribute('class');
    if (kept && element.localName === 'p') element.className = `align-${kept.toLowerCase()}`;
    // Emphasis that stands only in a style is kept by the element it becomes.
  }
  return page.body.innerHTML.replaceAll('&nbsp;', ' ');
}
