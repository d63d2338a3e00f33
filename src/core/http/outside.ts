import { lookup } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** What asking an address gave: how it answered, or why it did not. */
export type Probe = { status: number } | { fault: 'private' | 'no-address' | 'silent' | 'loops' | 'offline' };

export interface ProbeLimits {
  timeoutMs: number;
  redirects: number;
  /** Whether this program may connect there. */
  allowed(address: string): boolean;
}

const closed = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  closed.addSubnet(net, bits, 'ipv4');
const open6 = new BlockList();
open6.addSubnet('2000::', 3, 'ipv6');
const closed6 = new BlockList();
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
] as const)
  closed6.addSubnet(net, bits, 'ipv6');

/** Whether an IP address belongs to the public internet: no network of this house, no machine of itself. */
export function isPublicAddress(address: string): boolean {
  const kind = isIP(address);
  if (kind === 4) return !closed.check(address, 'ipv4');
  return kind === 6 && open6.check(address, 'ipv6') && !closed6.check(address, 'ipv6');
}

const usual: ProbeLimits = { timeoutMs: 10_000, redirects: 5, allowed: isPublicAddress };

/**
 * Asks whether an address of the world outside opens. Reads heads only, follows few redirects, and connects to public
 * addresses only: the name is looked up once and what was looked up is what is connected to.
 */
export async function probe(href: string, limits: Partial<ProbeLimits> = {}): Promise<Probe> {
  const { timeoutMs, redirects, allowed } = { ...usual, ...limits };
  const until = performance.now() + timeoutMs;
  let address = href;
  for (let turn = 0; turn <= redirects; turn++) {
    const url = URL.canParse(address) ? new URL(address) : null;
    if (!url || !/^https?:$/.test(url.protocol)) return { fault: 'no-address' };
    let answer = await ask(url, 'HEAD', until - performance.now(), allowed);
    // Some servers know no HEAD.
    if ('status' in answer && [400, 403, 404, 405, 501].includes(answer.status))
      answer = await ask(url, 'GET', until - performance.now(), allowed);
    if (!('status' in answer) || answer.location === null) return told(answer);
    address = URL.canParse(answer.location, url) ? new URL(answer.location, url).href : '';
  }
  return { fault: 'loops' };
}

type Answer = { status: number; location: string | null } | Extract<Probe, { fault: string }>;

const told = (answer: Answer): Probe => ('status' in answer ? { status: answer.status } : answer);

function ask(
  url: URL,
  method: string,
  timeout: number,
  allowed: (address: string) => boolean,
): Promise<Answer> {
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) && !allowed(literal)) return Promise.resolve({ fault: 'private' });
  if (timeout <= 0) return Promise.resolve({ fault: 'silent' });
  return new Promise((resolve) => {
    const call = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const asked = call(
      url,
      {
        method,
        agent: false,
        lookup: lookupAllowed(allowed),
        headers: { 'user-agent': 'Gongkai link check', accept: '*/*' },
        maxHeaderSize: 16_384,
        signal: AbortSignal.timeout(Math.ceil(timeout)),
      },
      (response) => {
        const status = response.statusCode ?? 0;
        const location = status >= 300 && status < 400 ? (response.headers.location ?? null) : null;
        resolve({ status, location });
        asked.destroy();
      },
    );
    asked.on('error', (error: NodeJS.ErrnoException) => resolve({ fault: faultOf(error) }));
    asked.end();
  });
}

/** Looks a name up and leaves out what this program may not connect to. */
function lookupAllowed(allowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '', 0);
      const fitting = found.filter(({ address }) => allowed(address));
      const [first] = fitting;
      if (!first) return callback(Object.assign(new Error('private'), { code: 'PRIVATE' }), '', 0);
      if (options.all) return callback(null, fitting);
      return callback(null, first.address, first.family);
    });
  };
}

function faultOf({ code }: NodeJS.ErrnoException): 'private' | 'no-address' | 'silent' | 'offline' {
  if (code === 'PRIVATE') return 'private';
  if (code === 'ENOTFOUND') return 'no-address';
  if (code === 'EAI_AGAIN' || code === 'ENETUNREACH' || code === 'EHOSTUNREACH') return 'offline';
  return 'silent';
}
