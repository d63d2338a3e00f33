import { blameField } from './fields/field-error.ts';
import { droppedFiles } from './uploading/dropped.ts';
import { openRows } from './uploading/rows.ts';
import { ended, goTo } from './uploading/send.ts';

/**
 * A form with a place `data-upload-many` in it sends its files one by one as soon as they are chosen or dropped, folders too,
 * each with its own progress, words, cancel and retry, and with the other fields as they were then. Its address answers a
 * request for JSON with `{ message }` and takes the same file twice without harm.
 * - With `{ batch, page }` besides, the first file opens a batch, the others follow with `?batch=`, and once all are taken the page is
 *   opened.
 * - Without, nobody is led away: the form tells of each file with `gongkai:uploaded`, for whoever lists them.
 * Without script the form posts them all at once.
 */
const AT_ONCE = 3;
const LITTER = /^(\.|~\$|thumbs\.db$|desktop\.ini$)/i;

for (const place of document.querySelectorAll<HTMLElement>('[data-upload-many]')) openUpload(place);

interface Batch {
  batch: number;
  page: string;
}

function openUpload(place: HTMLElement): void {
  const form = place.closest('form');
  const input = form?.querySelector<HTMLInputElement>('input[type="file"]');
  const list = place.querySelector<HTMLOListElement>('[data-upload-list]');
  const summary = place.querySelector<HTMLElement>('[data-upload-summary]');
  const said = place.querySelector<HTMLElement>('[data-upload-said]');
  const button = form?.querySelector<HTMLButtonElement>('button[type="submit"]');
  if (!form || !input || !list || !summary || !said) return;
  const area = form.querySelector<HTMLElement>('[data-drop]') ?? form;
  let batch: Batch | null = null;
  let notes = new Set<string>();

  const rows = openRows<Batch>({
    list,
    home: input,
    say: (words) => said.replaceChildren(words),
    maxBytes: place.dataset.maxBytes,
    address: () => {
      const to = new URL(form.action);
      if (batch) to.searchParams.set('batch', String(batch.batch));
      return to.href;
    },
    // Until the first file has opened the batch the others wait; without one they come in the order in which they were chosen.
    atOnce: () => (batch ? AT_ONCE : 1),
    taken({ batch: id, page, message = '' }) {
      if (id && page) {
        batch ??= { batch: id, page };
        return message || '已上传';
      }
      if (message) notes.add(message);
      form.dispatchEvent(new CustomEvent('gongkai:uploaded', { bubbles: true }));
      return null;
    },
    changed({ all, sent, failed, refusals }) {
      blameField(input, refusals);
      const words = `已上传 ${sent} / ${all} 个文件${failed > 0 ? `，${failed} 个没有成功` : ''}`;
      summary.textContent = all === 0 ? '' : [ended(words), ...notes].join('').replace(/。$/, '');
      if (sent + failed < all || all === 0 || !batch) return;
      if (failed === 0) goTo(batch.page);
      else if (sent > 0) offerPage(summary, batch.page);
    },
  });

  const add = (files: readonly File[]) => {
    rows.clear();
    notes = new Set();
    const fields = new FormData(form);
    fields.delete(input.name);
    rows.add(
      files
        .filter(({ name }) => !LITTER.test(name))
        .map((file) => {
          const own = new FormData();
          for (const [name, value] of fields) own.append(name, value);
          own.append(input.name, file, file.name);
          return { file, fields: own };
        }),
    );
  };

  if (button) button.hidden = true;
  input.addEventListener('change', () => {
    add([...(input.files ?? [])]);
    input.value = '';
  });
  form.addEventListener('submit', (event) => event.preventDefault());
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
  form.classList.add('upload-ready');
}

function offerPage(summary: HTMLElement, page: string): void {
  const link = document.createElement('a');
  link.href = page;
  link.textContent = '查看已收到的文件';
  summary.append(' ', link);
}
