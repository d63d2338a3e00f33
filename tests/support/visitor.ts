import type { FastifyInstance } from 'fastify';

export interface Page {
  status: number;
  body: string;
  /** The body as it came, for files. */
  bytes: Buffer;
  location: string | null;
  headers: Record<string, string | string[] | number | undefined>;
}

export interface UploadFile {
  name: string;
  content: Uint8Array | string;
  /** Name of the form's field, `file` unless given. */
  field?: string;
}

/** A browser without script: keeps cookies, takes the form's token from the last page it saw. */
export class Visitor {
  private readonly cookies = new Map<string, string>();
  private token = '';

  private readonly server: FastifyInstance;
  private readonly from: { address?: string; userAgent?: string };

  constructor(server: FastifyInstance, from: { address?: string; userAgent?: string } = {}) {
    this.server = server;
    this.from = from;
  }

  get(url: string): Promise<Page> {
    return this.send('GET', url);
  }

  /** Posts a form with the token of the page seen last; `_csrf` in the fields replaces it. */
  post(url: string, fields: Record<string, string> = {}): Promise<Page> {
    return this.send('POST', url, new URLSearchParams({ _csrf: this.token, ...fields }).toString());
  }

  /** Posts a multipart form with its files; the token travels in the address, as the pages' own forms send it. */
  async upload(
    url: string,
    files: UploadFile | readonly UploadFile[],
    fields: Record<string, string> = {},
    headers: Record<string, string> = {},
  ): Promise<Page> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    for (const { name, content, field = 'file' } of [files].flat())
      form.append(field, new File([content as string], name));
    const encoded = new Response(form);
    const address = `${url}${url.includes('?') ? '&' : '?'}_csrf=${encodeURIComponent(this.token)}`;
    const payload = Buffer.from(await encoded.arrayBuffer());
    return this.send('POST', address, payload, encoded.headers.get('content-type') ?? '', headers);
  }

  /** Follows redirects within the site until a page answers. */
  async follow(page: Page): Promise<Page> {
    let current = page;
    for (let hop = 0; current.location?.startsWith('/') && hop < 10; hop++)
      current = await this.get(current.location);
    return current;
  }

  /** Every cookie, for a browser that goes on as this visitor. */
  jar(): [string, string][] {
    return [...this.cookies];
  }

  cookie(name: string): string | undefined {
    return this.cookies.get(name);
  }

  private async send(
    method: 'GET' | 'POST',
    url: string,
    payload?: string | Buffer,
    type = 'application/x-www-form-urlencoded',
    more: Record<string, string> = {},
  ): Promise<Page> {
    const answer = await this.server.inject({
      method,
      url,
      remoteAddress: this.from.address ?? '203.0.113.1',
      headers: {
        'user-agent': this.from.userAgent ?? 'Mozilla/5.0 (Windows NT 10.0) Chrome/126.0',
        ...more,
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(payload === undefined
          ? {}
          : { 'content-type': type, 'content-length': String(Buffer.byteLength(payload)) }),
      },
      ...(payload === undefined ? {} : { payload }),
    });
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) this.keep(line);
    const inAddress = /[?&;]_csrf=([^"&]+)"/.exec(answer.body)?.[1];
    const token =
      /name="_csrf" value="([^"]+)"/.exec(answer.body)?.[1] ?? (inAddress && decodeURIComponent(inAddress));
    if (token) this.token = token;
    const location = answer.headers.location === undefined ? null : String(answer.headers.location);
    return {
      status: answer.statusCode,
      body: answer.body,
      bytes: answer.rawPayload,
      location,
      headers: answer.headers,
    };
  }

  private keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';');
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    if (attributes.some((attribute) => /^\s*max-age=0/i.test(attribute)) || pair.length === at + 1)
      this.cookies.delete(name);
    else this.cookies.set(name, pair.slice(at + 1));
  }
}
