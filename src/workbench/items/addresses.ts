/** Addresses of 主动公开 at the desk. */
export const ITEMS = '/workbench/items';
export const DELEGATIONS = `${ITEMS}/delegations`;
export const INTERPRETATIONS = `${ITEMS}/interpretations`;

export const itemAddress = (id: number, below = ''): string => `${ITEMS}/${id}${below}`;

export const itemFileAddress = (id: number, fileId: number, below = ''): string =>
  itemAddress(id, `/files/${fileId}${below}`);

/**
 * A body as the desk shows it: pictures of drafts are not public yet, so they are fetched from the desk; wide tables scroll
 * in a frame of their own.
 */
export function forDesk(body: string, id: number): string {
  let tables = 0;
  return body
    .replaceAll(`src="/files/items/${id}/`, `src="${itemAddress(id)}/pictures/`)
    .replaceAll(/<img (?![^>]*\balt=)/g, '<img alt="" ')
    .replaceAll('<table', () => {
      tables += 1;
      return `<div class="item-wide" role="region" tabindex="0" aria-label="正文表格 ${tables}"><table`;
    })
    .replaceAll('</table>', '</table></div>');
}
