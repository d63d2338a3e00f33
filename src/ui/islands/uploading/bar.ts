/** The bar of whatever is on its way, with its words; hidden until something is. */
export interface Bar {
  place: HTMLElement;
  words: HTMLElement;
  /** `share` from 0 to 1. */
  show(share: number, text: string): void;
}

/** `label` names it for whoever does not see it. */
export function openBar(label: string): Bar {
  const place = document.createElement('span');
  place.className = 'progress upload-bar';
  const bar = document.createElement('progress');
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute('aria-label', label);
  const words = document.createElement('span');
  words.className = 'progress-words';
  place.append(bar, words);
  return {
    place,
    words,
    show(share, text) {
      bar.value = share;
      words.textContent = text;
    },
  };
}

export function plainButton(text: string, small = false): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = `btn btn-plain${small ? ' btn-small' : ''}`;
  button.textContent = text;
  return button;
}
