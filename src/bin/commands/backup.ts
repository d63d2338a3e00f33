import { backup } from '../../backup/index.ts';
import { systemClock } from '../../core/clock.ts';
import { openFiles } from '../../core/files.ts';
import { type Command, DONE, readOptions } from '../command.ts';
import { withServer } from '../database.ts';
import { oneFile, progress } from '../progress.ts';

const help = `
用法：gongkai backup 文件 [--json]

把整个安装写成一个文件：数据库、已存文件和密钥指纹（不含密钥本身）。系统可照常运行，备份取同一时刻的数据。
写完才以给定的名字出现；同名文件会被替换。备份含个人信息和口令摘要，请妥善保管。

  --json   输出 {"bytes","digest",…}：文件长度与 SHA-256

例：gongkai backup /mnt/backup/gongkai-2019-01-31.zip
`;

export const command: Command = {
  name: 'backup',
  help,
  async run(args, io) {
    const { values, positionals } = readOptions(args, { json: { type: 'boolean' } });
    const file = oneFile(positionals);
    const made = await withServer(io.env, async ({ config, url }) => {
      const files = openFiles(`${config.varDir}/files`, { maxBytes: config.maxUploadBytes });
      const source = { databaseUrl: url, files, secret: config.secret, clock: systemClock };
      return progress(io, values.json === true, (onProgress) => backup(source, file, onProgress));
    });
    if (values.json) io.stdout(`${JSON.stringify({ ...made, file })}\n`);
    else {
      io.stdout(
        `已备份：${file}\n${made.tables} 张数据表 ${made.rows} 行，文件 ${made.files} 个，共 ${made.bytes} 字节\nSHA-256 ${made.digest}\n`,
      );
    }
    return DONE;
  },
};
