import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { fileSystemFault, SetupFault } from '../setup-fault.ts';
import { accountFor, canReach, isRoot, type RunAs } from './system-user.ts';

/** Where one embedded server lives. `home` is `var` itself, or a shelter when root's `var` is out of its reach. */
export interface Place {
  home: string;
  data: string;
  log: string;
  /** Held while the server is being started or stopped. */
  lock: string;
  account: RunAs;
}

/** Root-owned folders that an unprivileged account can enter, best first. */
const SHELTERS = ['/var/lib/gongkai', '/var/tmp/gongkai', join(tmpdir(), 'gongkai')];

/** Written into `var` when the data is elsewhere. `var` tells a moved checkout (follow it) from a copied one (start anew). */
interface Pointer {
  var: string;
  home: string;
}

export async function findPlace(varDir: string): Promise<Place> {
  try {
    mkdirSync(varDir, { recursive: true });
    const real = realpathSync(varDir);
    const pointed = followPointer(real);
    const known = pointed ?? (existsSync(join(real, 'postgres')) ? real : null);
    const account = await accountFor(known && existsOrNull(join(known, 'postgres')));
    const home = known && canReach(known, account) ? known : newHome(real, account);
    const place = {
      home,
      data: join(home, 'postgres'),
      log: join(home, 'postgres.log'),
      lock: join(home, 'postgres.lock'),
      account,
    };
    refuseForeignData(place);
    return place;
  } catch (error) {
    throw fileSystemFault(error, varDir);
  }
}

/** A root-owned folder outside the checkout, for data and programs that PostgreSQL's account must reach. */
export function shelterFor(account: RunAs): string {
  for (const shelter of SHELTERS) {
    try {
      mkdirSync(shelter, { recursive: true, mode: 0o755 });
      if (statSync(shelter).uid === 0 && canReach(shelter, account)) return shelter;
    } catch {
      // A read-only system folder: the next one may do.
    }
  }
  throw new SetupFault(
    `数据库账户无法进入任何可用目录：请把 GONGKAI_VAR 设为它能进入的目录。 The database account can reach none of ${SHELTERS.join(', ')}; set GONGKAI_VAR to a folder it can enter.`,
  );
}

/**
 * Where the server puts its socket: `home/run`, or a short private folder under the temporary one, because a socket
 * path holds at most 107 bytes (103 on macOS). Running servers name theirs in `postmaster.pid`.
 */
export function socketDirectory(place: Place): string {
  const near = join(place.home, 'run');
  if (socketFits(near)) return privateDirectory(near, place.account) ? near : randomDirectory(place);
  const name = `gongkai-${createHash('sha256').update(place.data).digest('hex').slice(0, 12)}`;
  const base = socketFits(join(tmpdir(), name)) && canReach(tmpdir(), place.account) ? tmpdir() : '/tmp';
  const short = join(base, name);
  return privateDirectory(short, place.account) ? short : randomDirectory(place, base);
}

function socketFits(dir: string): boolean {
  return Buffer.byteLength(join(dir, '.s.PGSQL.5432')) <= 103;
}

/** Makes `dir` private to the account; false when somebody else already owns that name. */
function privateDirectory(dir: string, account: RunAs): boolean {
  const uid = account?.uid ?? userInfo().uid;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const found = lstatSync(dir);
  if (!found.isDirectory()) return false;
  if (account && found.uid === 0) chownSync(dir, account.uid, account.gid);
  else if (found.uid !== uid) return false;
  chmodSync(dir, 0o700);
  return true;
}

function randomDirectory(place: Place, base = '/tmp'): string {
  const dir = mkdtempSync(join(base, 'gongkai-'));
  if (place.account) chownSync(dir, place.account.uid, place.account.gid);
  return dir;
}

function existsOrNull(path: string): string | null {
  return existsSync(path) ? path : null;
}

function followPointer(varDir: string): string | null {
  try {
    const pointer = JSON.parse(readFileSync(join(varDir, 'postgres-place.json'), 'utf8')) as Pointer;
    if (pointer.var === varDir) return pointer.home;
    if (existsSync(pointer.var)) return null;
    writePointer(varDir, pointer.home);
    return pointer.home;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return null;
    throw error;
  }
}

function writePointer(varDir: string, home: string): void {
  const pointer: Pointer = { var: varDir, home };
  writeFileSync(join(varDir, 'postgres-place.json'), `${JSON.stringify(pointer, null, 2)}\n`);
}

function newHome(varDir: string, account: RunAs): string {
  if (existsSync(join(varDir, 'postgres', 'PG_VERSION')) || canReach(varDir, account)) return varDir;
  const home = join(shelterFor(account), randomBytes(6).toString('hex'));
  mkdirSync(home, { recursive: true, mode: 0o711 });
  writePointer(varDir, home);
  return home;
}

function refuseForeignData({ data, home, account }: Place): void {
  if (!existsSync(data)) return;
  const { uid } = statSync(data);
  if (!isRoot() && process.getuid && uid !== process.getuid()) {
    throw new SetupFault(
      `${data} 属于其他用户（uid ${uid}），数据库无法启动：请改用该用户运行，或执行 chown -R 移交整个 ${home}。 ${data} belongs to user ${uid}; run as that user or hand ${home} over with chown -R.`,
    );
  }
  if (!canReach(dirname(data), account)) {
    throw new SetupFault(
      `数据库账户（uid ${account?.uid}）无法进入 ${home}：请执行 chmod o+x 放开上级目录。 The database account cannot enter ${home}; allow it with chmod o+x on the folders above.`,
    );
  }
}
