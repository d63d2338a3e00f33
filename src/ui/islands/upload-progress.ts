import { timeLeft } from '../time-left.ts';
import { tellField } from './fields/field-error.ts';
import { type Answer, isPassing, type Sending, sendForm, whyNot, whyTooLarge } from './uploading/send.ts';

/**
 * A form with one file and a place `data-upload-progress` in it shows there how far its file is, lets it be given up, and keeps
 * the file for another try when the line breaks. Its address answers a request for JSON with `{ page }`, where to go, or
 * `{ message }`, what is wrong with the file, and takes the same file twice without harm. Without script the form posts itself.
 */
const TOLD_EVERY = 25;
const STILL_MS = 20_000;

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
  const cancel = cancelButton();
  let sending: Sending<Taken> | null = null;
  let cancelled = false;

  const begin = (file: File) => {
    cancelled = false;
    document.querySelector('.error-summary')?.remove();
    tellField(input, '');
    going.hidden = false;
    label.textContent = '正在上传';
    button.setAttribute('aria-disabled', 'true');
    button.after(cancel);
    const fields = new FormData(form);
    // What is being sent is not to be taken for another one chosen meanwhile.
    input.disabled = true;
    say(`正在上传 ${file.name}，共 ${megabytes(file.size)}`);
    const [watch, watched] = watching(show, say, () => {
      if (document.activeElement === cancel) button.focus();
      cancel.remove();
    });
    sending = sendForm<Taken>(form.action, fields, watch);
    void sending.answer.then((answer) => end(answer, watched()));
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

  const end = (answer: Answer<Taken>, { sent, total }: Bytes) => {
    const page = answer.body?.page;
    if (page && answer.status < 300) {
      sending = null;
      say('已上传，正在打开');
      location.assign(page);
    } else if (cancelled) {
      rest(act);
      tell('info', '已取消上传', '已传的内容没有留在服务器上。文件仍选着，可以再次上传，也可以另选一个。');
    } else if (isPassing(answer)) {
      rest('重新上传');
      const unanswered = answer.status === 0 && total > 0 && sent === total;
      tell('warning', unanswered ? '没有收到服务器的答复' : '没有传完', brokenWords(answer, { sent, total }));
    } else {
      rest(act);
      say('');
      // Choosing the same one again is a change only where nothing was chosen.
      if (answer.lost) input.value = '';
      tellField(input, ended(whyNot(answer)));
      input.focus();
    }
  };

  form.addEventListener('submit', (event) => {
    const [file] = input.files ?? [];
    // The server says that there is none.
    if (!file && !sending) return;
    event.preventDefault();
    if (sending || !file) return;
    const tooLarge = whyTooLarge(file, place.dataset.maxBytes);
    if (!tooLarge) return begin(file);
    tellField(input, `${tooLarge}。请压缩或拆分后再上传。`);
    input.focus();
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

interface Bytes {
  sent: number;
  total: number;
}

/** Follows bytes as they leave: how far, how long still, and that nothing moves. `left` is told once the last has gone. */
function watching(
  show: (share: number, words: string) => void,
  say: (words: string) => void,
  left: () => void,
): [(sent: number, total: number) => void, () => Bytes] {
  let since = performance.now();
  let bytes: Bytes = { sent: 0, total: 0 };
  let told = 0;
  let still: ReturnType<typeof setTimeout> | undefined;
  const wait = () => {
    clearTimeout(still);
    still = setTimeout(() => {
      const words = '20 秒没有进展，网络可能断了；可以再等，也可以取消后重新上传';
      show(bytes.sent / Math.max(bytes.total, 1), words);
      say(words);
    }, STILL_MS);
  };
  wait();
  const watch = (sent: number, total: number) => {
    if (total === 0 || (sent === bytes.sent && total === bytes.total)) return;
    // The browser began anew on another line.
    if (sent < bytes.sent) since = performance.now();
    bytes = { sent, total };
    if (sent === total) {
      clearTimeout(still);
      show(1, '已传完，服务器正在接收');
      say('已传完，服务器正在接收');
      return left();
    }
    wait();
    const percent = Math.floor((sent * 100) / total);
    const seconds = (performance.now() - since) / 1000;
    const rest = seconds < 1 || sent === 0 ? '' : `，${timeLeft(((total - sent) * seconds) / sent)}`;
    show(sent / total, `${percent}%，${megabytes(sent)} / ${megabytes(total)}${rest}`);
    if (percent < told + TOLD_EVERY) return;
    told = percent - (percent % TOLD_EVERY);
    say(`已上传 ${told}%${rest}`);
  };
  return [
    watch,
    () => {
      clearTimeout(still);
      return bytes;
    },
  ];
}

function brokenWords(answer: Answer<Taken>, { sent, total }: Bytes): string {
  if (answer.status !== 0) return `${ended(whyNot(answer))}文件仍选着，可以直接重新上传。`;
  if (total > 0 && sent === total)
    return '文件已经传完，可能已收到。文件仍选着，请重新上传；同一个文件不会重复接收。';
  return `网络断开，已传 ${megabytes(sent)}，需要从头上传。文件仍选着，网络恢复后点“重新上传”。`;
}

const ended = (words: string): string => (/[。！？]$/.test(words) ? words : `${words}。`);

function megabytes(bytes: number): string {
  const value = bytes / 1024 / 1024;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} MB`;
}

function cancelButton(): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'btn btn-plain';
  button.textContent = '取消上传';
  return button;
}

/** The bar with its words; what is only said, at each quarter; and what went wrong, said and seen. */
function barIn(place: HTMLElement) {
  const going = document.createElement('span');
  going.className = 'progress';
  going.hidden = true;
  const bar = document.createElement('progress');
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute('aria-label', '上传进度');
  const words = document.createElement('span');
  words.className = 'progress-words';
  going.append(bar, words);
  const status = document.createElement('div');
  status.setAttribute('role', 'status');
  place.append(going, status);
  const say = (text: string) => {
    status.className = 'visually-hidden';
    status.replaceChildren(text);
  };
  return {
    going,
    say,
    show(share: number, text: string) {
      bar.value = share;
      words.textContent = text;
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
