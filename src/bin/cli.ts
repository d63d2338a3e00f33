import { pathToFileURL } from 'node:url';
import { BAD_INPUT, type Command, DONE, type Io, runCommand, suggestion } from './command.ts';

/** Every command, imported only when it is called. A new one is one line here and one file under `commands/`. */
export const commands: Readonly<Record<string, { summary: string; load(): Promise<{ command: Command }> }>> =
  {
    serve: { summary: '启动门户、工作台、接口和后台任务', load: () => import('./commands/serve.ts') },
    worker: { summary: '只执行后台任务', load: () => import('./commands/worker.ts') },
    migrate: { summary: '升级数据库结构', load: () => import('./commands/migrate.ts') },
    deadline: {
      summary: '法定期限：答复、补正、征求意见、公开、缴费、复议、诉讼',
      load: () => import('./commands/deadline.ts'),
    },
    fee: { summary: '信息处理费：按件或按量', load: () => import('./commands/fee.ts') },
    search: { summary: '检索全部公开内容；重建检索索引', load: () => import('./commands/search.ts') },
    ledger: { summary: '校验或导出操作台账', load: () => import('./commands/ledger.ts') },
    id: {
      summary: '核对号码：统一社会信用代码、公民身份号码、发文字号、投资项目代码等',
      load: () => import('./commands/id.ts'),
    },
    import: { summary: '导入历史数据（JSON Lines、CSV、XLSX）', load: () => import('./commands/import.ts') },
    demo: { summary: '加载示例年度', load: () => import('./commands/demo.ts') },
    user: { summary: '新增人员并开通账号', load: () => import('./commands/user.ts') },
    report: {
      summary: '汇编年度报告；核对任何机构已发布的年度报告',
      load: () => import('./commands/report.ts'),
    },
    backup: { summary: '备份数据库、文件和密钥指纹', load: () => import('./commands/backup.ts') },
    restore: { summary: '把备份恢复到全新的安装', load: () => import('./commands/restore.ts') },
    keys: { summary: '加密个人信息的密钥：生成、列出、轮换', load: () => import('./commands/keys.ts') },
  };

/** Runs `gongkai <args>`; returns the exit code. */
export async function runCli(args: string[], io: Io): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    if (name === 'help' && rest[0] !== undefined) return runCli([rest[0], '--help'], io);
    io.stdout(overview());
    return name === undefined ? BAD_INPUT : DONE;
  }
  const known = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!known) {
    io.stderr(
      `${name}：没有这个命令${suggestion(name, Object.keys(commands))}\n用 gongkai --help 查看全部命令\n`,
    );
    return BAD_INPUT;
  }
  return runCommand((await known.load()).command, rest, io);
}

function overview(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `用法：gongkai <命令> [选项]\n\n${lines.join('\n')}\n\n每个命令都有 --help，附示例；加 --json 输出一个 JSON 值。\n`;
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
