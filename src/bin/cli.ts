import { pathToFileURL } from 'node:url';
import { BAD_INPUT, type Command, DONE, type Io, runCommand, suggestion } from './command.ts';

/** Every command, imported only when it is called. A new one is one line here and one file under `commands/`. */
export const commands: Readonly<Record<string, () => Promise<{ command: Command }>>> = {
  serve: () => import('./commands/serve.ts'),
  worker: () => import('./commands/worker.ts'),
  migrate: () => import('./commands/migrate.ts'),
  deadline: () => import('./commands/deadline.ts'),
  fee: () => import('./commands/fee.ts'),
  ledger: () => import('./commands/ledger.ts'),
  id: () => import('./commands/id.ts'),
  import: () => import('./commands/import.ts'),
  demo: () => import('./commands/demo.ts'),
  user: () => import('./commands/user.ts'),
  report: () => import('./commands/report.ts'),
};

/** Runs `gongkai <args>`; returns the exit code. */
export async function runCli(args: string[], io: Io): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    if (name === 'help' && rest[0] !== undefined) return runCli([rest[0], '--help'], io);
    io.stdout(await overview());
    return name === undefined ? BAD_INPUT : DONE;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    io.stderr(
      `${name}:没有这个命令${suggestion(name, Object.keys(commands))}\n用 gongkai --help 查看全部命令\n`,
    );
    return BAD_INPUT;
  }
  return runCommand((await load()).command, rest, io);
}

async function overview(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map(async (load) => (await load()).command));
  const width = Math.max(...all.map(({ name }) => name.length));
  const lines = all.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `用法:gongkai <命令> [选项]\n\n${lines.join('\n')}\n\n每个命令都有 --help,附示例;加 --json 输出一个 JSON 值。\n`;
}

const processIo: Io = {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  isTerminal: process.stdout.isTTY === true,
  env: process.env,
};

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  // `gongkai … | head` closes the pipe early; that is not a fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(DONE);
    throw error;
  });
  process.exitCode = await runCli(process.argv.slice(2), processIo);
}
