import { formatBytes } from '../format.ts';
import { tellField } from './fields/field-error.ts';
import { openBar, plainButton } from './uploading/bar.ts';
import {
  type Answer,
  ended,
  goTo,
  isPassing,
  type Sending,
  sendForm,
  whyNot,
  whyTooLarge,
} from './uploading/send.ts';
import { type Bytes, brokenWords, watchBytes } from './uploading/watch.ts';

/**
 * A form that sends its files at once, with all of its fields, and has a place `data-upload-progress` in it shows there how
 * far they are, lets them be given up, and keeps everything for another try when the line breaks. Its address answers a request for JSON
 * with `{ page }`, where to go, or `{ message, fields }`, what is wrong, and takes the same files twice without harm. Without
 * script the form posts itself.
 */
for (const place of document.querySelectorAll<HTMLElement>('[data-upload-progress]')) openProgress(place);

interface Taken {
  page: string;
}

function openProgress(place: HTMLElement): void {
  const form = place.closest('form');
  const input = form?.querySelector<HTMLInputElement>('input[type="file"]');
  const button = form?.querySelector<HTMLButtonElement>('button[type="submit"]');
  const label = button?.querySelector('span');
  if (!form || !input || !button || !label) return;
  const act = label.textContent ?? '';
  const { going, show, say, tell } = barIn(place);
  const cancel = plainButton('取消上传', button.classList.contains('btn-small'));
  cancel.classList.add('upload-cancel');
  let sending: Sending<Taken> | null = null;
  let cancelled = false;
  let blamed: readonly HTMLElement[] = [];

  const blame = (fields: ReadonlyMap<HTMLElement, string>) => {
    for (const field of blamed) tellField(field, '');
    for (const [field, message] of fields) tellField(field, message);
    blamed = [...fields.keys()];
    blamed[0]?.focus();
  };

  const begin = (files: readonly File[]) => {
    cancelled = false;
    document.querySelector('.error-summary')?.remove();
    tellField(input, '');
    blame(new Map());
    going.hidden = false;
    label.textContent = '正在上传';
    button.setAttribute('aria-disabled', 'true');
    button.after(cancel);
    const fields = new FormData(form);
    // What is being sent is not to be taken for another one chosen meanwhile.
    input.disabled = true;
    say(`正在上传 ${namesOf(files)}，共 ${formatBytes(files.reduce((sum, { size }) => sum + size, 0))}`);
    const watch = watchBytes({
      show,
      say,
      left() {
        if (document.activeElement === cancel) button.focus();
        cancel.remove();
      },
    });
    sending = sendForm<Taken>(form.action, fields, watch.progress);
    void sending.answer.then((answer) => end(answer, watch.end()));
  };

  /** Everything as before, the file still chosen. */
  const rest = (words: string) => {
    sending = null;
    going.hidden = true;
    input.disabled = false;
    button.removeAttribute('aria-disabled');
    label.textContent = words;
    if (document.activeElement === cancel) button.focus();
    cancel.remove();
  };

  const end = (answer: Answer<Taken>, bytes: Bytes) => {
    const page = answer.body?.page;
    if (page && answer.status < 300) {
      sending = null;
      say('已上传，正在打开');
      goTo(page);
    } else if (cancelled) {
      rest(act);
      tell('info', '已取消上传', '已传的内容没有留在服务器上。文件仍选着，可以再次上传，也可以另选一个。');
    } else if (isPassing(answer)) {
      rest('重试');
      const { title, text } = brokenWords(answer, bytes);
      tell('warning', title, text);
    } else {
      rest(act);
      say('');
      // Choosing the same one again is a change only where nothing was chosen.
      if (answer.lost) input.value = '';
      blame(wrongIn(form, input, answer));
    }
  };

  // Whoever has to save something first stops the form before it comes here, and sends it again.
  document.addEventListener('submit', (event) => {
    if (event.target !== form || event.defaultPrevented) return;
    const files = [...(input.files ?? [])];
    // The server says that there is none.
    if (files.length === 0 && !sending) return;
    event.preventDefault();
    if (sending) return;
    const tooLarge = files.map((file) => whyTooLarge(file, place.dataset.maxBytes)).find(Boolean);
    if (!tooLarge) return begin(files);
    blame(new Map([[input, `${tooLarge}。请压缩或拆分后再上传。`]]));
  });
  input.addEventListener('change', () => {
    label.textContent = act;
    say('');
    tellField(input, '');
  });
  cancel.addEventListener('click', () => {
    cancelled = true;
    sending?.cancel();
  });
  addEventListener('beforeunload', (event) => {
    if (sending) event.preventDefault();
  });
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    rest(act);
    say('');
  });
}

const namesOf = ([first, ...more]: readonly File[]): string =>
  more.length === 0 ? (first?.name ?? '') : `${more.length + 1} 个文件`;

/** What was refused, by the fields it is about; what is about none of them is about the file. */
function wrongIn(form: HTMLFormElement, input: HTMLElement, answer: Answer<Taken>): Map<HTMLElement, string> {
  const wrong = new Map<HTMLElement, string>();
  for (const [name, message] of Object.entries(answer.body?.fields ?? {})) {
    const field = name === '' ? null : form.elements.namedItem(name);
    wrong.set(field instanceof HTMLElement && field.closest('.field') ? field : input, message);
  }
  if (wrong.size === 0) wrong.set(input, ended(whyNot(answer)));
  return wrong;
}

/** The bar with its words; what is only said, at each quarter; and what went wrong, said and seen. */
function barIn(place: HTMLElement) {
  const { place: going, show } = openBar('上传进度');
  going.hidden = true;
  const status = document.createElement('div');
  status.setAttribute('role', 'status');
  place.append(going, status);
  return {
    going,
    show,
    say(text: string) {
      status.className = 'visually-hidden';
      status.replaceChildren(text);
    },
    tell(tone: 'info' | 'warning', title: string, text: string) {
      const heading = document.createElement('p');
      heading.className = 'alert-title';
      heading.textContent = title;
      const more = document.createElement('p');
      more.className = 'alert-text';
      more.textContent = text;
      const inner = document.createElement('div');
      inner.append(heading, more);
      status.className = `alert alert-${tone}`;
      status.replaceChildren(inner);
    },
  };
}
