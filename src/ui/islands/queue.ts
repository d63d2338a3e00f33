/** Rows of a queue by keyboard: up and down (or k and j) choose, Enter opens the row's first link. */
for (const table of document.querySelectorAll<HTMLTableElement>('table[data-queue]')) walk(table);

document.body.addEventListener('htmx:afterSettle', (event) => {
  const swapped = event.target as Element;
  for (const table of swapped.querySelectorAll<HTMLTableElement>('table[data-queue]')) walk(table);
});

function walk(table: HTMLTableElement): void {
  if (table.dataset.queue === 'ready') return;
  table.dataset.queue = 'ready';
  const rows = () =>
    [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => row.querySelector('a[href]'));
  for (const [index, row] of rows().entries()) row.tabIndex = index === 0 ? 0 : -1;

  table.addEventListener('keydown', (event) => {
    const row = event.target instanceof HTMLTableRowElement ? event.target : null;
    if (!row) return;
    const list = rows();
    const at = list.indexOf(row);
    const next = { ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1, Home: 0, End: list.length - 1 }[
      event.key
    ];
    if (next !== undefined && list[next]) {
      event.preventDefault();
      row.tabIndex = -1;
      list[next].tabIndex = 0;
      list[next].focus();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      row.querySelector<HTMLAnchorElement>('a[href]')?.click();
    }
  });
}
