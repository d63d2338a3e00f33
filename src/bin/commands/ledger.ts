import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { systemClock } from '../../core/clock.ts';
import { type Chain, chains, exportLedger, problemWords, verifyLedger } from '../../ledger/index.ts';
import { type Command, DONE, FOUND_WRONG, type Io, readOptions, suggestion, UsageError } from '../command.ts';
import { type OpenDatabase, withDatabase } from '../database.ts';
import { table } from '../table.ts';

const help = `
用法：gongkai ledger verify [--agency 代码] [--json]
      gongkai ledger export --agency 代码 文件 [--json]

verify 从头重算每个机关的摘要链，并与公布的每日摘要和存证文件对照；有记录被改动、删除、插入或截去时退出码为 1。
export 把一个机关的完整台账写成 JSON Lines（首行为文件头），供 scripts/verify-ledger.mjs 离线校验。

  --agency 代码   只校验（导出）这个机关
  --json          输出一个 JSON 值：verify 为 {entries, ok, firstBroken, …},export 为 {agency, entries, head, file}

例：gongkai ledger verify
    gongkai ledger export --agency khtz 台账.jsonl
`;

export const command: Command = {
  name: 'ledger',
  help,
  async run(args, io) {
    const { values, positionals } = readOptions(args, {
      agency: { type: 'string' },
      json: { type: 'boolean' },
    });
    const [what, ...rest] = positionals;
    if (what === 'verify') {
      if (rest.length > 0) throw new UsageError(rest.map((text) => `${text}：多余的参数`));
      return withDatabase(io.env, (database) => verify(database, values.agency, values.json === true, io));
    }
    if (what === 'export') {
      const [file, ...more] = rest;
      const faults = more.map((text) => `${text}：多余的参数`);
      if (values.agency === undefined) faults.push('--agency：请写明导出哪个机关的台账');
      if (file === undefined) faults.push('文件：请写明导出到哪个文件');
      if (faults.length > 0) throw new UsageError(faults);
      return withDatabase(io.env, (database) =>
        exportTo(database, values.agency as string, file as string, values.json === true, io),
      );
    }
    throw new UsageError([
      what === undefined
        ? '请写明 verify（校验）或 export（导出）'
        : `${what}：没有这个操作${suggestion(what, ['verify', 'export'])}`,
    ]);
  },
};

async function verify(
  database: OpenDatabase,
  agency: string | undefined,
  json: boolean,
  io: Io,
): Promise<number> {
  await chosen(database, agency);
  const result = await verifyLedger(database.db, agency, {
    anchorFile: database.config.anchorFile,
    onProgress: (code, entries, total) => {
      if (io.isTerminal && !json) io.stderr(`\r${code} ${entries} / ${total}`);
    },
  });
  if (io.isTerminal && !json) io.stderr('\r\u001b[K');
  if (json) io.stdout(`${JSON.stringify(result)}\n`);
  else {
    io.stdout(
      table(
        ['机关', '条数', '结果'],
        result.chains.map((chain) => [
          chain.agency,
          String(chain.entries),
          chain.ok
            ? '完好'
            : `第 ${chain.firstBroken} 条起被破坏：${chain.problem ? problemWords[chain.problem] : ''}`,
        ]),
        ['left', 'right', 'left'],
      ),
    );
  }
  return result.ok ? DONE : FOUND_WRONG;
}

/** Written beside the file and moved into place, so that an interrupted export leaves nothing half-written. */
async function exportTo(
  database: OpenDatabase,
  agency: string,
  file: string,
  json: boolean,
  io: Io,
): Promise<number> {
  const [chain] = (await chosen(database, agency)) as [Chain];
  const draft = `${file}.${randomBytes(4).toString('hex')}.part`;
  try {
    const lines = exportLedger(database.db, chain, systemClock.now().toString());
    await pipeline(Readable.from(lines), createWriteStream(draft, { flags: 'wx', mode: 0o600 }));
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code && ['ENOENT', 'EACCES', 'EISDIR', 'ENOSPC', 'EROFS', 'ENOTDIR'].includes(code)) {
      throw new UsageError([`${file}：不能写入（${code}），请检查文件夹是否存在、有无权限和空间`]);
    }
    throw error;
  }
  const { seq: entries, digest: head } = chain;
  if (json) io.stdout(`${JSON.stringify({ agency, entries, head, file })}\n`);
  else io.stdout(`已导出 ${chain.name} 的台账 ${entries} 条：${file}\n末条摘要 ${head}\n`);
  return DONE;
}

async function chosen(database: OpenDatabase, agency: string | undefined): Promise<Chain[]> {
  const found = await chains(database.db, agency);
  if (agency === undefined || found.length > 0) return found;
  const codes = (await chains(database.db)).map(({ code }) => code);
  throw new UsageError([
    codes.length > 0
      ? `--agency ${agency}：没有这个机关${suggestion(agency, codes)}`
      : `--agency ${agency}：没有这个机关；数据库中还没有任何机关`,
  ]);
}
