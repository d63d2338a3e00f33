/** The body of an item as a document. It was sanitised when it was saved; what is added here is what reading needs. */
export function ItemBody({ body, images }: { body: string; images?: ReadonlySet<string> }) {
  return <div class="item-body" dangerouslySetInnerHTML={{ __html: readable(body, images) }} />;
}

/**
 * Pictures say something to everybody, wide tables scroll in a frame of their own, links to elsewhere carry no reference.
 * `images`: digests of the pictures that are public; others leave their words behind. All without.
 */
export function readable(body: string, images?: ReadonlySet<string>): string {
  let tables = 0;
  return body
    .replaceAll(/<img\b[^>]*>/g, (tag) => {
      const alt = /\balt="([^"]*)"/.exec(tag)?.[1];
      const digest = /\/([0-9a-f]{64})"/.exec(tag)?.[1] ?? '';
      if (images && !images.has(digest)) return `<em>［图片${alt ? `：${alt}` : ''}］</em>`;
      const described = alt === undefined ? tag.replace('<img', '<img alt=""') : tag;
      return described.replace('<img', '<img loading="lazy" decoding="async"');
    })
    .replaceAll(/<table\b/g, () => {
      tables += 1;
      return `<div class="item-table" role="region" tabindex="0" aria-label="表格 ${tables}"><table`;
    })
    .replaceAll('</table>', '</table></div>')
    .replaceAll(/<a (?=[^>]*\bhref="https?:)/g, '<a rel="noopener noreferrer external" ');
}
