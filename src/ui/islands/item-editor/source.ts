import { DOMSerializer, DOMParser as ModelParser, type Node } from 'prosemirror-model';
import { itemSchema } from './schema.ts';

/** The text of the field as a document. Plain text, as it is typed without script, becomes paragraphs. */
export function readBody(html: string): Node {
  const page = new DOMParser().parseFromString(/<[a-z]/i.test(html) ? html : paragraphs(html), 'text/html');
  for (const caption of [...page.body.querySelectorAll('caption')]) {
    const line = page.createElement('p');
    line.className = 'align-center';
    line.append(...caption.childNodes);
    caption.closest('table')?.before(line);
    caption.remove();
  }
  return ModelParser.fromSchema(itemSchema).parse(page.body);
}

/** The document as HTML, as the field and the server hold it. */
export function writeBody(doc: Node): string {
  const holder = document.createElement('div');
  holder.append(DOMSerializer.fromSchema(itemSchema).serializeFragment(doc.content));
  const empty = doc.childCount === 1 && doc.firstChild?.isTextblock && doc.firstChild.content.size === 0;
  return empty ? '' : holder.innerHTML;
}

function paragraphs(text: string): string {
  const holder = document.createElement('div');
  for (const line of text.split(/\r?\n/).filter((one) => one.trim() !== '')) {
    const paragraph = document.createElement('p');
    paragraph.textContent = line.trim();
    holder.append(paragraph);
  }
  return holder.innerHTML;
}
