/** What came of a form that was sent with its files. */
export interface Answer<Body> {
  /** Of HTTP; 0 when none came. */
  status: number;
  body: (Partial<Body> & { message?: string; fields?: Readonly<Record<string, string>> }) | null;
  /** A file was changed, moved or deleted after it was chosen: the browser reads it no longer. */
  lost: boolean;
}

/** A form on its way. */
export interface Sending<Body> {
  /** Never rejects. */
  answer: Promise<Answer<Body>>;
  cancel(): void;
}

/** Posts a form for an answer in JSON; `progress` hears of bytes as they leave, of the last one too. */
export function sendForm<Body>(
  address: string,
  fields: FormData,
  progress: (sent: number, total: number) => void,
): Sending<Body> {
  const request = new XMLHttpRequest();
  request.open('POST', address);
  request.setRequestHeader('x-csrf-token', token());
  request.setRequestHeader('accept', 'application/json');
  request.responseType = 'json';
  for (const kind of ['progress', 'load'] as const)
    request.upload.addEventListener(kind, ({ loaded, total }) => progress(loaded, total));
  const answer = new Promise<Answer<Body>>((resolve) => {
    request.addEventListener('loadend', () => {
      const body = request.response as Answer<Body>['body'];
      const { status } = request;
      // Whoever is signed out is led to the door instead.
      const door = body === null && request.responseURL.includes('/sign-in');
      if (status !== 0) resolve({ status: door ? 401 : status, body, lost: false });
      else void anyLost(fields).then((lost) => resolve({ status, body: null, lost }));
    });
  });
  request.send(fields);
  return { answer, cancel: () => request.abort() };
}

/** Whether the same may be taken another time: the line or the server was at fault, not the file. */
export const isPassing = ({ status, lost }: Answer<unknown>): boolean =>
  (status === 0 && !lost) || status === 401 || status === 429 || status >= 500;

/** Why a form was not taken, in words without a full stop unless they are the server's. */
export function whyNot({ status, body, lost }: Answer<unknown>): string {
  if (body?.message) return body.message;
  if (lost) return '文件在选择之后被改动、移走或删除，请重新选择';
  if (status === 401) return '登录已失效，请在另一个窗口登录后再试';
  return status === 0 ? '网络不通' : '服务器没有接受';
}

export const ended = (words: string): string => (/[。！？]$/.test(words) ? words : `${words}。`);

/** Goes to a page, anew when it is this one. */
export function goTo(page: string): void {
  const to = new URL(page, location.href);
  const here = to.pathname === location.pathname && to.search === location.search;
  if (here) {
    history.replaceState(null, '', to);
    location.reload();
  } else location.assign(to);
}

/** Why a file is not even sent, or null. `maxBytes` is the bound that the page tells. */
export function whyTooLarge({ size }: File, maxBytes: string | undefined): string | null {
  const most = Number(maxBytes ?? Number.POSITIVE_INFINITY);
  return size > most ? `文件超过 ${Math.floor(most / 1024 / 1024)} MB，没有上传` : null;
}

async function anyLost(fields: FormData): Promise<boolean> {
  for (const value of fields.values()) {
    if (typeof value === 'string') continue;
    const readable = await value
      .slice(0, 1)
      .arrayBuffer()
      .then(() => true)
      .catch(() => false);
    if (!readable) return true;
  }
  return false;
}

function token(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? '';
}
