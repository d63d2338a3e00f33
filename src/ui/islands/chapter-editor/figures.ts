import type { Node } from 'prosemirror-model';
import type { EditorView, NodeView } from 'prosemirror-view';

/** What the page offers to refer to: each figure and variable with how every way of writing it prints. */
export interface FigureChoice {
  ref: string;
  label: string;
  unit: string;
  value: number | null;
  texts: Record<string, string>;
}

/** How an inside of `{{…}}` prints and what it is, or null when it names nothing. */
export type FigureLookup = (inside: string) => { text: string; title: string; blank: boolean } | null;

export function figureLookup(choices: readonly FigureChoice[]): FigureLookup {
  const known = new Map(
    choices.flatMap((choice) =>
      Object.entries(choice.texts).map(([inside, text]) => [inside, { choice, text }] as const),
    ),
  );
  return (inside) => {
    const found = known.get(inside.trim().replace(/\.value(?=\||$)/, ''));
    if (!found) return null;
    const { choice, text } = found;
    const value = choice.value === null ? '' : ` ${choice.value}${choice.unit}`;
    const way = inside.includes('|approx')
      ? '（约数）'
      : inside.includes('|change')
        ? '（比上年）'
        : inside.startsWith('prev:')
          ? '（上年）'
          : '';
    return {
      text,
      title:
        /^\w/.test(choice.ref) && !/\d/.test(choice.ref) ? choice.label : `${choice.label}${way}${value}`,
      blank: text === '未填报',
    };
  };
}

/** A live figure in the text: a quiet chip that shows the present value and cannot be typed over. */
export class FigureChip implements NodeView {
  readonly dom: HTMLElement;

  constructor(node: Node, lookup: FigureLookup) {
    const ref = node.attrs.ref as string;
    const found = lookup(ref);
    this.dom = document.createElement('span');
    this.dom.className = `chip chip-${found === null ? 'danger' : found.blank ? 'warning' : 'neutral'}`;
    this.dom.dataset.figure = ref;
    this.dom.textContent = found?.text ?? `{{${ref}}}`;
    this.dom.title = found ? `统计表：${found.title}` : '统计表中没有这个数字，请删去后重新插入';
    if (ref.includes('|approx') && found) {
      const mark = document.createElement('small');
      mark.className = 'approximate';
      mark.textContent = '约数';
      this.dom.append(mark);
    }
  }

  ignoreMutation(): boolean {
    return true;
  }
}

/** The text of a line as it prints, with where each stretch stands in the document. */
export function printedLine(
  block: Node,
  start: number,
  lookup: FigureLookup,
): { text: string; position(index: number, end?: boolean): number } {
  const stretches: { at: number; text: string; from: number; size: number; atom: boolean }[] = [];
  let text = '';
  block.forEach((node, offset) => {
    const atom = !node.isText;
    const ref = node.attrs.ref as string;
    const printed = atom ? (lookup(ref)?.text ?? `{{${ref}}}`) : (node.text ?? '');
    stretches.push({ at: text.length, text: printed, from: start + offset, size: node.nodeSize, atom });
    text += printed;
  });
  return {
    text,
    position(index, end = false) {
      const within = (stretch: (typeof stretches)[number]) =>
        end
          ? index > stretch.at && index <= stretch.at + stretch.text.length
          : index >= stretch.at && index < stretch.at + stretch.text.length;
      const stretch = stretches.find(within);
      if (!stretch) return start;
      if (stretch.atom) return stretch.from + (end ? stretch.size : 0);
      return stretch.from + index - stretch.at;
    },
  };
}

/** The panel `插入数字`: a search field over a list one walks with the arrow keys. */
export function figureMenu(
  panel: HTMLElement,
  choices: readonly FigureChoice[],
  insert: (ref: string) => void,
  close: () => void,
): { open(): void } {
  const search = panel.querySelector<HTMLInputElement>('[data-figure-search]')!;
  const way = panel.querySelector<HTMLSelectElement>('[data-figure-way]')!;
  const list = panel.querySelector<HTMLElement>('[data-figure-list]')!;
  let shown: FigureChoice[] = [];
  let active = 0;

  const inside = (choice: FigureChoice): string => {
    const wanted = way.value.replace('*', choice.ref);
    return wanted in choice.texts ? wanted : choice.ref;
  };
  const draw = () => {
    const words = search.value.trim().toLowerCase().split(/\s+/);
    shown = choices.filter(({ ref, label, value }) =>
      words.every((word) => `${ref} ${label} ${value ?? '空白'}`.toLowerCase().includes(word)),
    );
    active = Math.min(active, Math.max(shown.length - 1, 0));
    list.replaceChildren(
      ...shown.map((choice, index) => {
        const option = document.createElement('li');
        option.id = `figure-option-${index}`;
        option.role = 'option';
        option.ariaSelected = String(index === active);
        const label = document.createElement('span');
        label.textContent = choice.label;
        const value = document.createElement('b');
        value.textContent = choice.texts[inside(choice)] ?? '';
        const code = document.createElement('small');
        code.textContent = /\d/.test(choice.ref) ? choice.ref : '';
        option.append(code, label, value);
        return option;
      }),
    );
    if (shown.length === 0) {
      const none = document.createElement('li');
      none.className = 'editor-none';
      none.role = 'option';
      none.ariaDisabled = 'true';
      none.textContent = '没有符合的数字，请换个词或行号';
      list.append(none);
    }
    search.setAttribute('aria-activedescendant', shown.length > 0 ? `figure-option-${active}` : '');
    list.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  };
  const choose = (index: number) => {
    const choice = shown[index];
    if (choice) insert(inside(choice));
  };

  search.addEventListener('input', (event) => {
    event.stopPropagation();
    active = 0;
    draw();
  });
  way.addEventListener('change', (event) => {
    event.stopPropagation();
    draw();
  });
  search.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) active = (active + step + shown.length) % Math.max(shown.length, 1);
    else if (event.key === 'Enter') choose(active);
    else return;
    event.preventDefault();
    draw();
  });
  panel.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    close();
  });
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const option = (event.target as HTMLElement).closest('li');
    if (option) choose([...list.children].indexOf(option));
  });
  return {
    open() {
      search.value = '';
      active = 0;
      draw();
      search.focus();
    },
  };
}

/** Node views of an editor. */
export const nodeViews = (lookup: FigureLookup) => ({
  figure: (node: Node, _view: EditorView) => new FigureChip(node, lookup),
});
