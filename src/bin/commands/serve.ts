import { DEMONSTRATION_PASSWORD } from '../../areas/accounts/index.ts';
import { type Config, readConfig } from '../../config.ts';
import { SetupFault } from '../../core/setup-fault.ts';
import { demonstrationAccounts, showDemonstration } from '../../demonstration/index.ts';
import { type Command, DONE, type Io, readOptions, UsageError } from '../command.ts';
import { startServer } from '../server.ts';
import { untilAskedToStop } from '../stop-signals.ts';

const help = `
用法：gongkai serve [--port 8080] [--host 127.0.0.1]

在一个进程中提供门户、工作台、接口并执行后台任务。启动时先升级数据库；未设置 DATABASE_URL 时使用内置数据库。
Ctrl-C 停止，数据保留在 var 目录。

  --port N   监听端口，默认取 PORT，再默认 8080;0 为任选空闲端口
  --host H   监听地址，默认取 HOST，再默认 127.0.0.1;0.0.0.0 为本机所有地址

例：gongkai serve --port 8081
`;

export const command: Command = {
  name: 'serve',
  help,
  async run(args, io) {
    const { values, positionals } = readOptions(args, { port: { type: 'string' }, host: { type: 'string' } });
    if (positionals.length > 0) throw new UsageError(positionals.map((text) => `${text}：多余的参数`));
    const config = configFor(io.env, values);
    const interruption = untilAskedToStop();
    try {
      await serve(config, io, interruption.asked);
    } finally {
      interruption.forget();
    }
    return DONE;
  },
};

async function serve(config: Config, io: Io, asked: Promise<number>): Promise<void> {
  let demonstrated = false;
  const server = await startServer(config, async (app) => {
    demonstrated = await showDemonstration(app, () => io.stdout('首次启动，正在加载示例年度……\n'));
  });
  io.stdout(
    `公开门户 ${server.address}/\n工作台　 ${server.address}/workbench\n接口　　 ${server.address}/api\n`,
  );
  if (demonstrated) {
    const accounts = demonstrationAccounts.map(({ username, does }) => `  ${username.padEnd(10)} ${does}\n`);
    io.stdout(`示例账号（密码均为 ${DEMONSTRATION_PASSWORD}）\n${accounts.join('')}`);
  }
  await asked;
  io.stderr('正在停止…… Stopping…\n');
  await server.close();
}

function configFor(
  env: Readonly<Record<string, string | undefined>>,
  options: { port?: string; host?: string },
) {
  try {
    return readConfig({
      ...env,
      ...(options.port === undefined ? {} : { PORT: options.port }),
      ...(options.host === undefined ? {} : { HOST: options.host }),
    });
  } catch (error) {
    if (!(error instanceof SetupFault)) throw error;
    let message = error.message;
    if (options.port !== undefined) message = message.replace(/^PORT /m, '--port ');
    if (options.host !== undefined) message = message.replace(/^HOST /m, '--host ');
    throw new SetupFault(message, { cause: error });
  }
}
