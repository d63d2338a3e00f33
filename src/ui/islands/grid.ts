/**
 * The grid of returns: arrow keys and Enter walk the quantities, a column or two pasted from a spreadsheet is shown
 * before it is filled in, and the rows filled so far are counted. Without script the form is the same form.
 */
const form = document.querySelector<HTMLFormElement>('#returns-grid');
if (form) openGrid(form);

interface Filling {
  input: HTMLInputElement;
  value: string;
}

function openGrid(form: HTMLFormElement): void {
  const inputs = [...form.querySelectorAll<HTMLInputElement>('input.grid-quantity')];
  const counter = form.querySelector('[data-grid-count]');
  const count = () => {
    const filled = inputs.filter((input) => input.value.trim() !== '').length;
    const blank = form.querySelectorAll('.grid-blank input:checked').length;
    if (counter)
      counter.textContent = `已填 ${filled} 项\uff0c留空 ${blank} 项\uff0c未填 ${inputs.length - filled - blank} 项`;
  };
  form.addEventListener('input', count);
  form.addEventListener('change', count);
  count();

  for (const [index, input] of inputs.entries()) {
    input.addEventListener('keydown', (event) => {
      const step = { ArrowDown: 1, Enter: 1, ArrowUp: -1 }[event.key];
      const next = step === undefined ? undefined : (below(input, step) ?? inputs[index + step]);
      if (step === undefined || event.isComposing) return;
      // Enter in a grid goes on to the next row; sending the form takes its button.
      event.preventDefault();
      next?.focus();
      next?.select();
    });
    input.addEventListener('paste', (event) => {
      const rows = (event.clipboardData?.getData('text/plain') ?? '')
        .replace(/\r/g, '')
        .replace(/\n+$/, '')
        .split('\n')
        .map((row) => row.split('\t'));
      if (rows.length === 1 && rows[0]?.length === 1) return;
      event.preventDefault();
      const block = input.closest('[data-grid-matrix]') ? pastedBlock(rows, input) : null;
      preview(form, block ?? matched(rows, inputs, index), rows.length);
    });
  }
}

/** The cell above or below in a table of rows by columns; undefined elsewhere and at its edges. */
function below(input: HTMLInputElement, step: number): HTMLInputElement | undefined {
  const cell = input.closest('td');
  const table = input.closest('[data-grid-matrix]');
  if (!cell || !table) return undefined;
  const column = [
    ...table.querySelectorAll<HTMLInputElement>(
      `td[data-column="${cell.dataset.column}"] input.grid-quantity`,
    ),
  ];
  return column[column.indexOf(input) + step];
}

/** A block of cells goes in from this cell to the right and down; words before the numbers of a row are left out. */
function pastedBlock(rows: string[][], from: HTMLInputElement): Filling[] {
  const fillings: Filling[] = [];
  let first: HTMLInputElement | undefined = from;
  for (const cells of rows) {
    if (!first) break;
    const start = cells.findIndex((cell) =>
      /^[\s\d,.+-]*\d[\s\d,.]*$|^\s*留空\s*$|^\s*$/.test(cell.normalize('NFKC')),
    );
    const line = [...(first.closest('tr')?.querySelectorAll<HTMLInputElement>('input.grid-quantity') ?? [])];
    const at = line.indexOf(first);
    for (const [index, cell] of cells.slice(Math.max(0, start)).entries()) {
      const input = line[at + index];
      if (input && cell.trim() !== '') fillings.push({ input, value: cell.trim() });
    }
    first = below(first, 1);
  }
  return fillings;
}

/** Two columns or more: a label or code anywhere before the number says which row it is for. One column: row by row from here. */
function matched(rows: string[][], inputs: HTMLInputElement[], from: number): Filling[] {
  const plain = (text: string) => text.normalize('NFKC').replace(/\s/g, '');
  const named = new Map(
    inputs.flatMap((input) => [
      [plain(input.dataset.gridLabel ?? ''), input] as const,
      [plain(input.dataset.gridCode ?? ''), input] as const,
    ]),
  );
  return rows.flatMap((cells, index): Filling[] => {
    if (cells.length === 1) {
      const input = inputs[from + index];
      return input && cells[0]?.trim() ? [{ input, value: cells[0].trim() }] : [];
    }
    const at = cells.findIndex((cell) => named.has(plain(cell)));
    const value = cells
      .slice(at + 1)
      .find((cell) => /^[\s\d,.+-]*\d[\s\d,.]*$|^\s*留空\s*$/.test(cell.normalize('NFKC')));
    const input = at < 0 ? undefined : named.get(plain(cells[at] ?? ''));
    return input && value ? [{ input, value: value.trim() }] : [];
  });
}

function preview(form: HTMLFormElement, fillings: Filling[], rows: number): void {
  const dialog = document.createElement('dialog');
  dialog.className = 'grid-paste';
  const title = document.createElement('h2');
  title.textContent =
    fillings.length === 0
      ? '没有认出可以填入的行'
      : `将填入 ${fillings.length} 项${fillings.length < rows ? `\uff0c另有 ${rows - fillings.length} 行没有对应的指标\uff0c不填入` : ''}`;
  const table = document.createElement('table');
  table.className = 'table';
  for (const { input, value } of fillings) {
    const row = table.insertRow();
    row.insertCell().textContent = input.dataset.gridLabel ?? '';
    row.insertCell().textContent = input.value === '' ? '' : `原为 ${input.value}`;
    const cell = row.insertCell();
    cell.textContent = value;
    cell.className = 'numeric';
  }
  const apply = button('填入', 'btn btn-primary', () => {
    for (const { input, value } of fillings) {
      const blank = value === '留空';
      const box = form.querySelector<HTMLInputElement>(`input[name="b.${input.dataset.gridCode}"]`);
      if (box) box.checked = blank;
      input.value = blank && box ? '' : value;
    }
    form.dispatchEvent(new Event('input', { bubbles: true }));
    dialog.close();
  });
  const actions = document.createElement('div');
  actions.className = 'form-actions';
  if (fillings.length > 0) actions.append(apply);
  actions.append(button('不填入', 'btn btn-plain', () => dialog.close()));
  dialog.append(title, table, actions);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function button(label: string, className: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = className;
  made.textContent = label;
  made.addEventListener('click', act);
  return made;
}
