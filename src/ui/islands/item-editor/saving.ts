import { draftKeeper } from '../chapter-editor/draft.ts';

const QUIET_MS = 2000;
const KEPT_MS = 400;
/** Browsers carry no more in a request that outlives its page. */
const LAST_BYTES = 60_000;

interface Answer {
  revision?: number;
  savedAt?: string;
  message?: string;
  conflict?: boolean;
}

/** The form of a draft as it saves itself: to the server when one pauses, to this browser while one types. */
export interface Saving {
  /** Something was typed. */
  changed(): void;
  /** Saves what is unsaved; true when the server has everything. */
  settle(): Promise<boolean>;
  /** What this browser kept and the server does not have, as fields and values. */
  kept(): { at: string; stale: boolean; entries: [string, string][] } | null;
  forget(): void;
}

/** `place` carries the addresses; without it nothing is saved. */
export function openSaving(form: HTMLFormElement, place: HTMLElement, status: HTMLElement): Saving {
  const address = place.dataset.save ?? '';
  const revision = form.elements.namedItem('revision') as HTMLInputElement;
  const drafts = draftKeeper(place.dataset.draft ?? location.pathname);
  const first = entriesOf(form);
  let typed = 0;
  let saved = 0;
  let stopped = place.dataset.conflict !== undefined;
  let running: Promise<boolean> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let keeping: ReturnType<typeof setTimeout> | undefined;

  const keep = () =>
    drafts.keep({
      revision: Number(revision.value),
      source: JSON.stringify(entriesOf(form)),
      at: new Date().toISOString(),
    });

  const post = async (): Promise<boolean> => {
    const before = typed;
    status.textContent = '正在保存…';
    const token = form.querySelector<HTMLInputElement>('input[name="_csrf"]')?.value ?? '';
    const answer = await fetch(address, {
      method: 'POST',
      body: bodyOf(form),
      headers: { 'x-csrf-token': token, 'x-autosave': '1' },
    }).catch(() => null);
    if (!answer) {
      keep();
      status.textContent = '网络不通，内容暂存在本机；连上网络后自动保存，请不要关闭页面。';
      return false;
    }
    const told = (await answer.json().catch(() => ({}))) as Answer;
    if (!answer.ok || told.revision === undefined) {
      keep();
      stopped = told.conflict === true;
      status.textContent = `没有自动保存：${told.message ?? '服务器没有接受，请点“保存草稿”'}`;
      return false;
    }
    revision.value = String(told.revision);
    saved = before;
    const time = new Date(told.savedAt ?? Date.now()).toLocaleTimeString('zh-CN');
    status.textContent = `已于 ${time} 自动保存`;
    if (typed === saved) {
      drafts.forget();
      form.dispatchEvent(new CustomEvent('gongkai:saved', { bubbles: true }));
    }
    return typed === saved;
  };

  const save = (): Promise<boolean> => {
    clearTimeout(timer);
    if (stopped) return Promise.resolve(false);
    running ??= post().finally(() => {
      running = null;
      if (typed > saved && !stopped) timer = setTimeout(save, QUIET_MS);
    });
    return running;
  };

  addEventListener('online', () => {
    if (typed > saved) void save();
  });
  addEventListener('pagehide', () => {
    if (typed === saved) return;
    keep();
    const body = bodyOf(form);
    const token = form.querySelector<HTMLInputElement>('input[name="_csrf"]')?.value ?? '';
    if (stopped || body.toString().length > LAST_BYTES) return;
    void fetch(address, {
      method: 'POST',
      body,
      headers: { 'x-csrf-token': token, 'x-autosave': '1' },
      keepalive: true,
    }).catch(() => null);
  });

  return {
    changed() {
      typed += 1;
      clearTimeout(timer);
      clearTimeout(keeping);
      keeping = setTimeout(keep, KEPT_MS);
      timer = setTimeout(save, QUIET_MS);
    },
    async settle() {
      if (running) await running;
      return typed === saved || (await save());
    },
    kept() {
      const draft = drafts.read();
      if (!draft) return null;
      const entries = readEntries(draft.source);
      if (!entries || JSON.stringify(entries) === JSON.stringify(first)) {
        drafts.forget();
        return null;
      }
      return { at: draft.at, stale: draft.revision !== Number(revision.value), entries };
    },
    forget: () => {
      clearTimeout(keeping);
      drafts.forget();
    },
  };
}

/** Puts kept values back into the fields of the form. */
export function fillForm(form: HTMLFormElement, entries: readonly [string, string][]): void {
  const values = Map.groupBy(entries, ([name]) => name);
  for (const element of form.elements) {
    if (
      !(
        element instanceof HTMLInputElement ||
        element instanceof HTMLSelectElement ||
        element instanceof HTMLTextAreaElement
      )
    )
      continue;
    if (SYSTEM.has(element.name) || element.name === '') continue;
    const given = (values.get(element.name) ?? []).map(([, value]) => value);
    if (element instanceof HTMLInputElement && (element.type === 'checkbox' || element.type === 'radio'))
      element.checked = given.includes(element.value);
    else if (element instanceof HTMLInputElement && element.type === 'file') continue;
    else element.value = given[0] ?? '';
  }
}

const SYSTEM: ReadonlySet<string> = new Set(['_csrf', 'revision']);

function entriesOf(form: HTMLFormElement): [string, string][] {
  return [...new FormData(form)].flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && !SYSTEM.has(name) ? [[name, value]] : [],
  );
}

function readEntries(source: string): [string, string][] | null {
  try {
    const found = JSON.parse(source) as unknown;
    const sound =
      Array.isArray(found) &&
      found.every((one) => Array.isArray(one) && typeof one[0] === 'string' && typeof one[1] === 'string');
    return sound ? (found as [string, string][]) : null;
  } catch {
    return null;
  }
}

function bodyOf(form: HTMLFormElement): URLSearchParams {
  return new URLSearchParams(
    [...new FormData(form)].flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  );
}
