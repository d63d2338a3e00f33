import { readConfig } from '../../config.ts';
import { openDatabaseServer } from '../../core/database-server.ts';
import { migrate } from '../../core/migrations.ts';
import { type Command, DONE, readOptions, UsageError } from '../command.ts';

const help = `
用法：gongkai migrate [--json]

把数据库升级到本版本程序所需的结构。可重复执行；已是最新时不做任何改动。

  --json   输出 {"applied":[…]}：本次执行的迁移

例：gongkai migrate
`;

export const command: Command = {
  name: 'migrate',
  help,
  async run(args, io) {
    const { values, positionals } = readOptions(args, { json: { type: 'boolean' } });
    if (positionals.length > 0) throw new UsageError(positionals.map((text) => `${text}：多余的参数`));
    const server = await openDatabaseServer(readConfig(io.env));
    try {
      const applied = await migrate(server.url);
      if (values.json) io.stdout(`${JSON.stringify({ applied })}\n`);
      else
        io.stdout(
          applied.length > 0 ? `已执行：\n  ${applied.join('\n  ')}\n` : '数据库已是最新，无需升级。\n',
        );
      return DONE;
    } finally {
      await server.release();
    }
  },
};
