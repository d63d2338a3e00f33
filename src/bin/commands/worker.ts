import { readConfig } from '../../config.ts';
import { type Command, DONE, readOptions, UsageError } from '../command.ts';
import { untilAskedToStop } from '../stop-signals.ts';
import { startWorker } from '../worker.ts';

const help = `
用法：gongkai worker

只执行后台任务（提醒、校验、发信），供第二台机器分担；需与主机使用同一个 DATABASE_URL。Ctrl-C 停止。

例：DATABASE_URL=postgres://gongkai@db/gongkai gongkai worker
`;

export const command: Command = {
  name: 'worker',
  help,
  async run(args, io) {
    const { positionals } = readOptions(args, {});
    if (positionals.length > 0) throw new UsageError(positionals.map((text) => `${text}：多余的参数`));
    const interruption = untilAskedToStop();
    try {
      const worker = await startWorker(readConfig(io.env));
      io.stdout('后台任务已开始执行，按 Ctrl-C 停止。\n');
      await interruption.asked;
      await worker.close();
    } finally {
      interruption.forget();
    }
    return DONE;
  },
};
