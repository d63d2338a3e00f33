/** Acts are sent one after the other: each answers with the version the next one names. */
let line: Promise<void> = Promise.resolve();

const NOT_SENT = '没有送达\uff0c请检查网络后再试。';

/** Sends a form as its own button would, and puts the desk that comes back into the page. */
export function sendForm(form: HTMLFormElement, by: HTMLElement | null): Promise<void> {
  const button = by instanceof HTMLButtonElement ? by : null;
  const address = button?.getAttribute('formaction') ?? form.getAttribute('action') ?? '';
  return queued(async () => {
    const data = new FormData(form);
    if (button?.name) data.set(button.name, button.value);
    await exchange(address, asFields(data));
  });
}

/** Sends an act that no form stands for. The version is that of the desk when its turn comes. */
export function sendFields(address: string, fields: Readonly<Record<string, string>>): Promise<void> {
  return queued(() => exchange(address, new URLSearchParams(fields)));
}

function queued(work: () => Promise<void>): Promise<void> {
  line = line.then(work);
  return line;
}

function asFields(data: FormData): URLSearchParams {
  const fields = new URLSearchParams();
  for (const [name, value] of data) if (typeof value === 'string') fields.append(name, value);
  return fields;
}

async function exchange(address: string, fields: URLSearchParams): Promise<void> {
  const desk = document.querySelector<HTMLElement>('[data-redaction-desk]');
  desk?.classList.add('working');
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? '';
  fields.set('_csrf', token);
  // An act that waited behind another goes by what that one left.
  if (desk?.dataset.version) fields.set('version', desk.dataset.version);
  try {
    const answer = await fetch(address, { method: 'POST', body: fields, redirect: 'follow' });
    replaceDesk(await answer.text());
  } catch {
    say(NOT_SENT);
  } finally {
    desk?.classList.remove('working');
  }
}

/** Takes the desk and its messages out of a page; pictures that are the same stay where they are. */
function replaceDesk(html: string): void {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const [old, fresh] = [document, page].map((each) =>
    each.querySelector<HTMLElement>('[data-redaction-desk]'),
  );
  if (!old || !fresh) {
    // Signed out, or a page of faults: the browser shows it as it is.
    location.reload();
    return;
  }
  for (const picture of fresh.querySelectorAll<HTMLImageElement>('img')) {
    const src = picture.getAttribute('src') ?? '';
    const known = old.querySelector<HTMLImageElement>(`img[src="${CSS.escape(src)}"]`);
    if (known) {
      known.alt = picture.alt;
      picture.replaceWith(known);
    }
  }
  old.replaceWith(fresh);
  const flash = page.querySelector('.flash');
  document.querySelector('.flash')?.remove();
  if (flash) fresh.before(flash);
  say(flash?.textContent ?? countOf(fresh));
}

const countOf = (desk: HTMLElement) =>
  `本页现有 ${desk.querySelectorAll('[data-redaction-box]').length} 处遮盖`;

function say(words: string): void {
  const status = document.querySelector('[data-redaction-said]');
  if (status) status.textContent = words;
}

const LOOKS_AGAIN_MS = 2000;

/** While an export is being made the desk looks again by itself. */
export function watchExport(desk: HTMLElement, arrange: () => void): void {
  if (!desk.querySelector('[data-redaction-waiting]')) return;
  setTimeout(async () => {
    if (!desk.isConnected) return;
    const answer = await fetch(location.href).catch(() => null);
    if (!desk.isConnected) return;
    if (answer?.ok) replaceDesk(await answer.text());
    const next = document.querySelector<HTMLElement>('[data-redaction-desk]');
    // The title tells the state as well: once it is settled the whole page is drawn again.
    if (next && !next.querySelector('[data-redaction-waiting]')) location.reload();
    else arrange();
  }, LOOKS_AGAIN_MS);
}
