import { formatBytes } from '../../format.ts';
import { openBar, plainButton } from './bar.ts';
import { type Answer, ended, isPassing, type Sending, sendForm, whyNot, whyTooLarge } from './send.ts';
import { type Bytes, brokenWords, watchBytes } from './watch.ts';

/** Pauses before the tries that follow by themselves when the line or the server is at fault. */
const PATIENCE_MS = [1000, 4000, 10_000];
/** In bytes. What is dear to send again is sent again only when asked. */
const HEAVY = 20 * 2 ** 20;

/** A file with the form that carries it. */
export interface Parcel {
  file: File;
  fields: FormData;
}

/** A place where files are sent one by one, each in a row of its own with its progress, cancel and retry. */
export interface RowsDesk<Body> {
  list: HTMLElement;
  /** Takes the keyboard when the row it was in goes. */
  home: HTMLElement;
  say(words: string): void;
  maxBytes: string | undefined;
  address(): string;
  /** How many may be on their way at the same time. */
  atOnce(): number;
  /** Of a file that was taken; returns what its row says from now on, or null when the row has nothing to say. */
  taken(body: NonNullable<Answer<Body>['body']>): string | null;
  changed(rows: Standing): void;
}

export interface Standing {
  all: number;
  sent: number;
  failed: number;
  /** Ids of the words that tell why a file was refused. */
  refusals: readonly string[];
}

type State = 'waiting' | 'sending' | 'sent' | 'broken' | 'refused' | 'gone';

interface Row<Body> {
  parcel: Parcel;
  dom: HTMLLIElement;
  words: HTMLElement;
  retry: HTMLButtonElement;
  cancel: HTMLButtonElement;
  state: State;
  sending: Sending<Body> | null;
  show(share: number, words: string): void;
}

let rowsMade = 0;

export function openRows<Body>(desk: RowsDesk<Body>) {
  const { list, say } = desk;
  const rows = new Set<Row<Body>>();
  let sent = 0;
  const inState = (...states: State[]) => [...rows].filter(({ state }) => states.includes(state));

  const changed = () => {
    const refused = inState('refused');
    const failed = refused.length + inState('broken').length;
    const open = inState('waiting', 'sending').length;
    const refusals = refused.map(({ words }) => words.id);
    desk.changed({ all: sent + failed + open, sent, failed, refusals });
  };
  const pump = () => {
    const room = desk.atOnce() - inState('sending').length;
    for (const row of inState('waiting').slice(0, Math.max(0, room)))
      void carry(row).then(() => {
        changed();
        pump();
      });
  };

  const carry = async (row: Row<Body>): Promise<void> => {
    const { file } = row.parcel;
    row.show(0, '');
    turn(row, 'sending', '正在上传');
    const tooLarge = whyTooLarge(file, desk.maxBytes);
    if (tooLarge) return fail(row, 'refused', tooLarge);
    for (const pause of [...(file.size < HEAVY ? PATIENCE_MS : []), null]) {
      const [answer, bytes] = await once(row);
      if (isGone(row)) return;
      if (answer.body && answer.status >= 200 && answer.status < 300) return take(row, answer.body);
      if (!isPassing(answer)) return fail(row, 'refused', whyNot(answer));
      if (answer.status === 401 || pause === null)
        return fail(row, 'broken', brokenWords(answer, bytes).text);
      row.show(0, '网络或服务器繁忙，稍后自动重试');
      row.cancel.hidden = false;
      await new Promise((resolve) => setTimeout(resolve, pause));
      if (isGone(row)) return;
    }
  };

  const once = async (row: Row<Body>): Promise<[Answer<Body>, Bytes]> => {
    const { file, fields } = row.parcel;
    const watch = watchBytes({
      show: row.show,
      say: (words) => say(`${file.name}：${words}`),
      left: () => hide(row.cancel),
    });
    row.sending = sendForm<Body>(desk.address(), fields, watch.progress);
    const answer = await row.sending.answer;
    row.sending = null;
    return [answer, watch.end()];
  };

  const take = (row: Row<Body>, body: NonNullable<Answer<Body>['body']>) => {
    sent += 1;
    const words = desk.taken(body);
    if (words === null) return drop(row);
    row.show(1, words);
    turn(row, 'sent', words);
    hide(row.cancel);
    // It counts as sent already.
    rows.delete(row);
  };

  const fail = (row: Row<Body>, state: 'broken' | 'refused', words: string) => {
    turn(row, state, words);
    row.retry.hidden = state !== 'broken';
    row.cancel.hidden = false;
    name(row.cancel, '移去', row.parcel.file);
    say(`${row.parcel.file.name}：${ended(words)}`);
  };

  const drop = (row: Row<Body>) => {
    row.state = 'gone';
    const focused = row.dom.contains(document.activeElement);
    const beside = row.dom.nextElementSibling ?? row.dom.previousElementSibling;
    row.dom.remove();
    rows.delete(row);
    if (focused) (beside?.querySelector<HTMLElement>('button:not([hidden])') ?? desk.home).focus();
  };

  const hide = (button: HTMLButtonElement) => {
    if (document.activeElement === button) desk.home.focus();
    button.hidden = true;
  };

  const add = (parcel: Parcel) => {
    const row = rowOf<Body>(parcel);
    rows.add(row);
    list.append(row.dom);
    row.retry.addEventListener('click', () => {
      row.cancel.focus();
      row.retry.hidden = true;
      name(row.cancel, '取消', parcel.file);
      turn(row, 'waiting', '等待上传');
      changed();
      pump();
    });
    row.cancel.addEventListener('click', () => {
      const underWay = row.state === 'waiting' || row.state === 'sending';
      drop(row);
      row.sending?.cancel();
      if (underWay) say(`已取消上传 ${parcel.file.name}，没有留在服务器上。`);
      changed();
      pump();
    });
  };

  addEventListener('beforeunload', (event) => {
    if (inState('waiting', 'sending').length > 0) event.preventDefault();
  });

  return {
    add(parcels: readonly Parcel[]): void {
      for (const parcel of parcels) add(parcel);
      changed();
      pump();
    },
    /** Takes away what was refused, for whoever chooses anew; counting begins anew when nothing is open. */
    clear(): void {
      for (const row of inState('refused')) drop(row);
      if (rows.size === 0) sent = 0;
    },
  };
}

const isGone = (row: { state: State }): boolean => row.state === 'gone';

function turn<Body>(row: Row<Body>, state: State, text: string): void {
  row.state = state;
  const seen = state === 'broken' || state === 'refused' ? 'failed' : state;
  row.dom.className = `upload-row upload-${seen}`;
  row.words.textContent = text;
}

function name(button: HTMLButtonElement, act: '取消' | '移去', file: File): void {
  button.textContent = act;
  button.setAttribute('aria-label', `${act === '取消' ? '取消上传' : act} ${file.name}`);
}

function rowOf<Body>(parcel: Parcel): Row<Body> {
  const { file } = parcel;
  const dom = document.createElement('li');
  dom.className = 'upload-row upload-waiting';
  const title = document.createElement('span');
  title.className = 'upload-name';
  title.title = file.name;
  title.textContent = file.name;
  const size = document.createElement('span');
  size.className = 'upload-size';
  size.textContent = formatBytes(file.size);
  const { place, words, show } = openBar(`${file.name} 上传进度`);
  words.classList.add('upload-words');
  rowsMade += 1;
  words.id = `upload-words-${rowsMade}`;
  words.textContent = '等待上传';
  const retry = plainButton('重试', true);
  retry.setAttribute('aria-label', `重试 ${file.name}`);
  retry.hidden = true;
  const cancel = plainButton('取消', true);
  name(cancel, '取消', file);
  const acts = document.createElement('span');
  acts.className = 'upload-acts';
  acts.append(retry, cancel);
  dom.append(title, size, place, acts);
  return { parcel, dom, words, retry, cancel, state: 'waiting', sending: null, show };
}
