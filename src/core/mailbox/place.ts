/** Where letters are read and where they go, from the settings. */
export interface MailboxPlace {
  connection: {
    host: string;
    port: number;
    secure: boolean;
    /** A password crosses the network only under TLS; to this machine it may go without. */
    doSTARTTLS?: true;
    auth: { user: string; pass: string };
  };
  folder: string;
  /** Null: read letters stay where they are. */
  moveTo: string | null;
}

/** What is accepted as the address of a mailbox, in the words of a fault. */
export const MAILBOX_ACCEPTED =
  'accepted: imaps://user:password@host:993/INBOX?moveTo=Folder, or imap://… with STARTTLS';

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/;

/** @throws Error when it is not `imap[s]://user:password@host[:port][/folder][?moveTo=folder]` */
export function placeOf(address: string): MailboxPlace {
  const { protocol, hostname, port, username, password, pathname, searchParams } = new URL(address);
  const secure = protocol === 'imaps:';
  const [auth, folder] = [
    [username, password].map(decodeURIComponent),
    decodeURIComponent(pathname.slice(1)),
  ];
  const [user, pass] = auth as [string, string];
  if ((!secure && protocol !== 'imap:') || hostname === '' || user === '' || pass === '')
    throw new Error(MAILBOX_ACCEPTED);
  return {
    connection: {
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port) || (secure ? 993 : 143),
      secure,
      ...(secure || LOOPBACK.test(hostname) ? {} : { doSTARTTLS: true }),
      auth: { user, pass },
    },
    folder: folder || 'INBOX',
    moveTo: searchParams.get('moveTo') || null,
  };
}

export function isMailbox(address: string): boolean {
  try {
    placeOf(address);
    return true;
  } catch {
    return false;
  }
}

export class NoSuchFolder extends Error {}

interface ImapError {
  code?: string;
  authenticationFailed?: boolean;
  tlsFailed?: boolean;
  serverResponseCode?: string;
  message?: string;
}

/** Errors of the mail library carry what was sent and answered; only the kind of fault is passed on. */
export function mailboxFault(error: unknown, { connection, folder }: MailboxPlace): Error {
  const { code, authenticationFailed, tlsFailed, serverResponseCode, message } = error as ImapError;
  const where = `${connection.host}:${connection.port}`;
  const why = authenticationFailed
    ? '用户名或密码不被接受 (user or password refused)'
    : error instanceof NoSuchFolder
      ? `没有文件夹 ${folder} (no such folder)`
      : tlsFailed
        ? `不能建立加密连接 (no encrypted connection${code ? `, ${code}` : ''})`
        : (code ?? serverResponseCode ?? message);
  return new Error(`无法读取邮箱 ${where}：${why}`);
}
