import { SendFault } from './model.ts';

const MOST_BYTES = 1_000_000;

/** How a platform is called: where it is, and how long it may take. */
export interface Endpoint {
  base: string;
  timeoutMs: number;
}

export type Answer = Readonly<Record<string, unknown>>;

/**
 * One call, answered by JSON. No answer in time, or none that can be read, is a fault of `silent`: `again` where the call
 * changes nothing that matters, `unknown` where it may have made something public.
 */
export async function call(
  endpoint: Endpoint,
  path: string,
  body: object | FormData | URLSearchParams,
  silent: SendFault['outcome'],
): Promise<Answer> {
  const plain = body instanceof FormData || body instanceof URLSearchParams;
  try {
    const response = await fetch(`${endpoint.base}${path}`, {
      method: 'POST',
      body: plain ? body : JSON.stringify(body),
      ...(plain ? {} : { headers: { 'content-type': 'application/json; charset=utf-8' } }),
      redirect: 'error',
      signal: AbortSignal.timeout(endpoint.timeoutMs),
    });
    return parsed(await readAll(response));
  } catch (error) {
    throw new SendFault(refusedConnection(error) ? 'again' : silent, reasonOf(error));
  }
}

async function readAll(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Error('too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): Answer {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('no object');
  return value as Answer;
}

/** The call never reached the platform. */
function refusedConnection(error: unknown): boolean {
  const { cause } = error as { cause?: { code?: string } };
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH'].includes(cause?.code ?? '');
}

/** Without the address: it holds the token. */
function reasonOf(error: unknown): string {
  const { name } = error as Error;
  if (name === 'TimeoutError') return '平台在规定时间内没有回应';
  if (refusedConnection(error)) return '连接不上平台';
  return '平台的回应不完整';
}

export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
