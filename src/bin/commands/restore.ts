import { openBackup, type Restored, restore } from '../../backup/index.ts';
import { openFiles } from '../../core/files.ts';
import { openVault } from '../../core/vault/index.ts';
import { type Command, DONE, FOUND_WRONG, readOptions } from '../command.ts';
import { withServer } from '../database.ts';
import { oneFile, progress } from '../progress.ts';

const help = `
用法：gongkai restore 文件 [--json]

把 gongkai backup 写出的备份恢复到全新的安装（数据库中还没有任何机关）。先核对整个文件，再在一个事务中写入，
最后从头校验操作台账；备份来自较旧版本时随即升级。文件损坏、不完整、安装不为空，或 GONGKAI_DATA_KEYS 中缺少
备份时的数据密钥时，不作任何改动。恢复后台账有断裂时退出码为 1。

  --json   输出 {"bytes","digest",…}：备份文件的长度与 SHA-256

例：GONGKAI_VAR=/srv/gongkai-new gongkai restore /mnt/backup/gongkai-2019-01-31.zip
`;

export const command: Command = {
  name: 'restore',
  help,
  async run(args, io) {
    const { values, positionals } = readOptions(args, { json: { type: 'boolean' } });
    const file = oneFile(positionals);
    const source = await openBackup(file);
    const restored = await withServer(io.env, async ({ config, url }) => {
      const files = openFiles(`${config.varDir}/files`, { maxBytes: config.maxUploadBytes });
      const dataKeys = openVault(config.dataKeys).fingerprints();
      const target = { databaseUrl: url, files, secret: config.secret, dataKeys };
      return progress(io, values.json === true, (onProgress) => restore(target, source, onProgress));
    }).finally(() => source.close());
    if (!restored.sameSecret) io.stderr(`${OTHER_SECRET}\n`);
    if (values.json) io.stdout(`${JSON.stringify({ ...restored, file })}\n`);
    else io.stdout(describe(restored, file));
    return restored.ledger.ok ? DONE : FOUND_WRONG;
  },
};

const OTHER_SECRET =
  '注意：GONGKAI_SECRET 与备份时不同。所有人须重新登录，已绑定的动态验证码失效，须由管理员解除后重新绑定；要避免，请用原密钥重新恢复。';

function describe(restored: Restored, file: string): string {
  const { ledger, applied } = restored;
  return [
    `已恢复：${file}（备份于 ${restored.madeAt}）`,
    `${restored.tables} 张数据表 ${restored.rows} 行，文件 ${restored.files} 个`,
    ...(applied.length > 0 ? [`已升级：${applied.join('、')}`] : []),
    ledger.ok
      ? `操作台账 ${ledger.entries} 条，校验无误`
      : `操作台账自第 ${ledger.firstBroken} 条起不可信（${ledger.agency}：${ledger.problem}）；其余数据已照备份恢复`,
    '请另用保存在别处的存证文件核对一次：LEDGER_ANCHORS=存证文件 gongkai ledger verify',
    '',
  ].join('\n');
}
