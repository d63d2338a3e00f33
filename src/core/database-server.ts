import pg from 'pg';
import type { Config } from '../config.ts';
import { openEmbeddedPostgres } from './embedded-postgres/index.ts';
import { SetupFault } from './setup-fault.ts';

export interface DatabaseServer {
  /** Connection string of the program's database. */
  url: string;
  embedded: boolean;
  /** Ends this use. The embedded server stops with its last user, within five seconds. */
  release(): Promise<void>;
}

const OLDEST_MAJOR = 15;
const NEWEST_MAJOR = 18;

/**
 * The database server of this installation: the one `DATABASE_URL` names, else the embedded PostgreSQL.
 * @throws SetupFault with one plain sentence when it cannot be used
 */
export async function openDatabaseServer(
  config: Pick<Config, 'databaseUrl' | 'varDir'>,
): Promise<DatabaseServer> {
  if (config.databaseUrl) {
    await checkServer(config.databaseUrl);
    return { url: config.databaseUrl, embedded: false, release: async () => {} };
  }
  const { url, release } = await openEmbeddedPostgres(config.varDir);
  return { url, embedded: true, release };
}

async function checkServer(url: string): Promise<void> {
  const client = clientFor(url);
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; encoding: string }>(
      `SELECT current_setting('server_version') AS version, current_setting('server_encoding') AS encoding`,
    );
    refuseUnsupported(rows[0]?.version ?? '', rows[0]?.encoding ?? '');
  } catch (error) {
    throw error instanceof SetupFault ? error : connectionFault(error, url);
  } finally {
    await client.end().catch(() => {});
  }
}

function clientFor(url: string): pg.Client {
  try {
    return new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: 10_000,
      application_name: 'gongkai',
    });
  } catch (cause) {
    throw new SetupFault(
      'DATABASE_URL 格式不对，应形如 postgres://user:password@host:5432/database。 DATABASE_URL cannot be read; it should look like postgres://user:password@host:5432/database.',
      { cause },
    );
  }
}

function refuseUnsupported(version: string, encoding: string): void {
  const major = Number.parseInt(version, 10);
  if (!(major >= OLDEST_MAJOR && major <= NEWEST_MAJOR)) {
    throw new SetupFault(
      `DATABASE_URL 的服务器是 PostgreSQL ${version}，本程序支持 ${OLDEST_MAJOR} 至 ${NEWEST_MAJOR}。 The server runs PostgreSQL ${version}; versions ${OLDEST_MAJOR} to ${NEWEST_MAJOR} are supported.`,
    );
  }
  if (encoding !== 'UTF8') {
    throw new SetupFault(
      `DATABASE_URL 的数据库编码是 ${encoding}，请用 UTF8 新建数据库。 The database is encoded in ${encoding}; create it with ENCODING 'UTF8'.`,
    );
  }
}

/** SQLSTATE and system codes of a failed connection, in the operator's words. */
const CAUSES: Record<string, (where: string) => string> = {
  '28P01': () => '用户名或密码不对。 The user name or password is wrong.',
  '28000': () => '服务器拒绝了该用户。 The server does not admit this user.',
  '3D000': () => '数据库不存在，请先建库。 The database does not exist; create it first.',
  '53300': () => '服务器连接数已满。 The server has no connection left.',
  '57P03': () => '服务器正在启动或停止，请稍候重试。 The server is starting or stopping; try again.',
  ECONNREFUSED: (where) => `${where} 没有数据库在监听。 Nothing listens at ${where}.`,
  ENOENT: (where) => `套接字 ${where} 不存在。 There is no socket at ${where}.`,
  ENOTFOUND: (where) => `主机名 ${where} 无法解析。 The host name ${where} cannot be resolved.`,
  EAI_AGAIN: (where) => `主机名 ${where} 无法解析。 The host name ${where} cannot be resolved.`,
  ETIMEDOUT: (where) => `连接 ${where} 超时。 The connection to ${where} timed out.`,
  EHOSTUNREACH: (where) => `无法到达 ${where}。 ${where} cannot be reached.`,
};

function connectionFault(error: unknown, url: string): SetupFault {
  const {
    code = '',
    message,
    errors,
  } = error as NodeJS.ErrnoException & { errors?: NodeJS.ErrnoException[] };
  const cause = code || errors?.[0]?.code || (/timeout|timed out/i.test(message) ? 'ETIMEDOUT' : '');
  const told = CAUSES[cause]?.(addressIn(url)) ?? `${message || cause}。 The server answered with an error.`;
  return new SetupFault(`无法连接 DATABASE_URL 的数据库：${told.replaceAll(/\s+/g, ' ')}`, { cause: error });
}

/** Host and port only: a password never reaches the screen or a log. */
function addressIn(url: string): string {
  const { host, port } = new pg.Client({ connectionString: url });
  return host.startsWith('/') ? `${host}/.s.PGSQL.${port}` : `${host}:${port}`;
}
