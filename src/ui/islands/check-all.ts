/** `<input type="checkbox" data-check-all>` in a table ticks every box of its table, and says how many are ticked. */
for (const all of document.querySelectorAll<HTMLInputElement>('input[data-check-all]')) follow(all);

function follow(all: HTMLInputElement): void {
  const table = all.closest('table');
  const counter = all.form?.querySelector('[data-checked-count]');
  const boxes = () => [...(table?.querySelectorAll<HTMLInputElement>('tbody input[type="checkbox"]') ?? [])];
  const tell = () => {
    const ticked = boxes().filter(({ checked }) => checked).length;
    all.checked = ticked > 0 && ticked === boxes().length;
    all.indeterminate = ticked > 0 && !all.checked;
    if (counter) counter.textContent = ticked === 0 ? '没有勾选' : `已勾选 ${ticked} 项`;
  };
  all.hidden = false;
  all.addEventListener('change', () => {
    for (const box of boxes()) box.checked = all.checked;
    tell();
  });
  table?.addEventListener('change', tell);
  tell();
}
