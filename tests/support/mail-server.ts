import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import hoodiecrow from 'hoodiecrow-imap';
import { afterAll } from 'vitest';

const PLUGINS = [
  'ID',
  'SPECIAL-USE',
  'NAMESPACE',
  'ENABLE',
  'CONDSTORE',
  'UIDPLUS',
  'LITERALPLUS',
  'UNSELECT',
];

/** An IMAP server in memory with one account (`office`) and the folder INBOX. */
export async function openMailServer(options: { plugins?: readonly string[] } = {}) {
  const server = hoodiecrow({
    plugins: [...PLUGINS, ...(options.plugins ?? [])],
    users: { office: { password: 'autumn River/27' } },
    storage: { INBOX: {}, '': { folders: { Archive: {} } } },
  });
  const sockets = new Set<Socket>();
  server.server.on('connection', (socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1', () => {});
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((done) => server.close(() => done()));
  };
  afterAll(close);
  const messages = (folder = 'INBOX') => server.getMailbox(folder)?.messages ?? [];
  return {
    port,
    url: `imap://office:autumn%20River%2F27@127.0.0.1:${port}/INBOX`,
    /** Puts a letter into INBOX as the post brings it. */
    deliver(source: string | Buffer, { at = '2026-11-20T10:00:00Z', flags = [] as string[] } = {}) {
      server.appendMessage('INBOX', flags, imapDate(new Date(at)), Buffer.from(source).toString('latin1'));
    },
    messages,
    /** Subjects and flags of what lies in a folder. */
    shown: (folder?: string) =>
      messages(folder).map(
        ({ raw, flags }) =>
          `${/^Subject: (.*)$/m.exec(raw)?.[1]?.trim()}${flags.includes('\\Seen') ? ' (read)' : ''}`,
      ),
    close,
  };
}

/** `20-Nov-2026 10:00:00 +0000` */
function imapDate(date: Date): string {
  const [, day, month, year, time] = /, (\d\d) (\w{3}) (\d{4}) ([\d:]{8})/.exec(date.toUTCString()) ?? [];
  return `${day}-${month}-${year} ${time} +0000`;
}
