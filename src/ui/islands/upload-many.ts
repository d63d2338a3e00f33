import { isPassing, sendForm, whyNot, whyTooLarge } from './uploading/send.ts';

/**
 * A form with `data-upload-many="<address>"` sends its files one by one, each with its own progress, words and retry.
 * The first file opens a batch and is answered with `{ batch, page, message }`; the others follow with `?batch=`.
 * Files may be dropped on the form, folders too. Without script the form posts them all at once.
 */
const AT_ONCE = 3;
const PATIENCE_MS = [1000, 4000, 10_000];
const LITTER = /^(\.|~\$|thumbs\.db$|desktop\.ini$)/i;

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-upload-many]')) openUpload(form);

interface Sending {
  file: File;
  row: HTMLLIElement;
  bar: HTMLProgressElement;
  words: HTMLElement;
  retry: HTMLButtonElement;
  state: 'waiting' | 'sending' | 'sent' | 'failed';
}

interface Batch {
  id: number;
  page: string;
}

interface Opened {
  batch: number;
  page: string;
}

function openUpload(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>('input[type="file"]');
  const area = form.querySelector<HTMLElement>('[data-drop]');
  const list = form.querySelector<HTMLOListElement>('[data-upload-list]');
  const summary = form.querySelector<HTMLElement>('[data-upload-summary]');
  const button = form.querySelector<HTMLButtonElement>('button[type="submit"]');
  if (!input || !area || !list || !summary) return;
  const sendings: Sending[] = [];
  let batch: Batch | null = null;

  const tell = () => {
    const count = (state: Sending['state']) => sendings.filter((one) => one.state === state).length;
    const [sent, failed] = [count('sent'), count('failed')];
    summary.textContent = `已上传 ${sent} / ${sendings.length} 个文件${failed > 0 ? `\uff0c${failed} 个没有成功` : ''}`;
    const open = sendings.length - sent - failed;
    if (open > 0 || sendings.length === 0 || !batch) return;
    if (failed === 0) location.assign(batch.page);
    else offerPage(summary, batch.page);
  };

  const pump = () => {
    const busy = sendings.filter(({ state }) => state === 'sending').length;
    // Until the first file has opened the batch the others wait.
    const room = batch ? AT_ONCE - busy : busy > 0 ? 0 : 1;
    for (const sending of sendings.filter(({ state }) => state === 'waiting').slice(0, Math.max(0, room))) {
      void send(sending, batch, form).then((opened) => {
        batch ??= opened;
        tell();
        pump();
      });
    }
  };

  const add = (files: readonly File[]) => {
    for (const file of files.filter(({ name }) => !LITTER.test(name))) {
      const sending = rowOf(file);
      sending.retry.addEventListener('click', () => {
        sending.state = 'waiting';
        sending.retry.hidden = true;
        pump();
        tell();
      });
      list.append(sending.row);
      sendings.push(sending);
    }
    if (button) button.hidden = true;
    tell();
    pump();
  };

  input.addEventListener('change', () => {
    add([...(input.files ?? [])]);
    input.value = '';
  });
  form.addEventListener('submit', (event) => {
    if (sendings.length === 0) return;
    event.preventDefault();
  });
  for (const kind of ['dragenter', 'dragover'] as const)
    area.addEventListener(kind, (event) => {
      event.preventDefault();
      area.classList.add('drop-over');
    });
  for (const kind of ['dragleave', 'drop'] as const)
    area.addEventListener(kind, () => area.classList.remove('drop-over'));
  area.addEventListener('drop', (event) => {
    event.preventDefault();
    if (event.dataTransfer) void droppedFiles(event.dataTransfer).then(add);
  });
  addEventListener('beforeunload', (event) => {
    if (sendings.some(({ state }) => state === 'waiting' || state === 'sending')) event.preventDefault();
  });
  form.classList.add('upload-ready');
}

async function send(sending: Sending, batch: Batch | null, form: HTMLFormElement): Promise<Batch | null> {
  sending.state = 'sending';
  show(sending, 'sending', '正在上传');
  const tooLarge = whyTooLarge(sending.file, form.dataset.maxBytes);
  if (tooLarge) {
    fail(sending, tooLarge, false);
    return null;
  }
  for (const pause of [...PATIENCE_MS, null]) {
    const answer = await post(form, sending, batch);
    const { batch: id, page, message = '' } = answer.body ?? {};
    if (id && page) {
      sending.state = 'sent';
      sending.bar.value = 1;
      show(sending, 'sent', message || '已上传');
      return { id, page };
    }
    if (!isPassing(answer) || answer.status === 401 || pause === null) {
      fail(sending, whyNot(answer), isPassing(answer));
      return null;
    }
    show(sending, 'sending', '网络或服务器繁忙，稍后自动重试');
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return null;
}

function post(form: HTMLFormElement, sending: Sending, batch: Batch | null) {
  const fields = new FormData();
  const year = form.querySelector<HTMLSelectElement>('[name="year"]');
  if (year) fields.append('year', year.value);
  fields.append('file', sending.file, sending.file.name);
  const address = `${form.dataset.uploadMany ?? ''}${batch ? `?batch=${batch.id}` : ''}`;
  return sendForm<Opened>(address, fields, (sent, total) => {
    sending.bar.value = total > 0 ? sent / total : 0;
  }).answer;
}

function fail(sending: Sending, words: string, again: boolean): void {
  sending.state = 'failed';
  sending.retry.hidden = !again;
  show(sending, 'failed', words);
}

function show({ row, words }: Sending, state: Sending['state'], text: string): void {
  row.className = `upload-row upload-${state}`;
  words.textContent = text;
}

function rowOf(file: File): Sending {
  const row = document.createElement('li');
  row.className = 'upload-row upload-waiting';
  const name = document.createElement('span');
  name.className = 'upload-name';
  name.textContent = file.name;
  const bar = document.createElement('progress');
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute('aria-label', `${file.name} 上传进度`);
  const words = document.createElement('span');
  words.className = 'upload-words';
  words.textContent = '等待上传';
  const retry = document.createElement('button');
  retry.type = 'button';
  retry.className = 'btn btn-plain btn-small';
  retry.textContent = '重试';
  retry.setAttribute('aria-label', `重试 ${file.name}`);
  retry.hidden = true;
  row.append(name, bar, words, retry);
  return { file, row, bar, words, retry, state: 'waiting' };
}

function offerPage(summary: HTMLElement, page: string): void {
  const link = document.createElement('a');
  link.href = page;
  link.textContent = '查看已收到的文件';
  summary.append(' ', link);
}

async function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  if (entries.some((entry) => entry === null)) return [...transfer.files];
  const files = await Promise.all(entries.map((entry) => (entry ? filesIn(entry) : [])));
  return files.flat();
}

async function filesIn(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile)
    return [
      await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)),
    ];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: File[] = [];
  for (;;) {
    // A folder gives its entries a hundred at a time.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return found;
    for (const one of some) found.push(...(await filesIn(one)));
  }
}
