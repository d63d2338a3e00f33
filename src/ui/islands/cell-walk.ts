/** A table with `data-cell-walk`: one stop for the Tab key, arrows go from link to link, up and down keep the column. */
for (const table of document.querySelectorAll<HTMLTableElement>('table[data-cell-walk]')) walkCells(table);

function walkCells(table: HTMLTableElement): void {
  const grid = () =>
    [...table.tBodies]
      .flatMap((body) => [...body.rows])
      .map((row) => [...row.cells].map((cell) => cell.querySelector<HTMLElement>('a[href]')));
  const links = grid().flat();
  for (const [index, link] of links.filter((one) => one !== null).entries())
    link.tabIndex = index === 0 ? 0 : -1;

  table.addEventListener('keydown', (event) => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    const link = (event.target as HTMLElement).closest<HTMLElement>('a[href]');
    if (!step || !link || event.altKey || event.ctrlKey || event.metaKey) return;
    const cells = grid();
    let row = cells.findIndex((list) => list.includes(link));
    let column = cells[row]?.indexOf(link) ?? -1;
    for (;;) {
      row += step[0] ?? 0;
      column += step[1] ?? 0;
      const list = cells[row];
      if (!list || column < 0 || column >= list.length) return;
      const next = list[column];
      if (!next) continue;
      event.preventDefault();
      link.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
      return;
    }
  });
}
