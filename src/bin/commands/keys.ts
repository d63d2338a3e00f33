import { instantOf, systemClock } from '../../core/clock.ts';
import { openFiles } from '../../core/files.ts';
import {
  enrolKeys,
  knownKeys,
  newDataKey,
  openSealedFiles,
  openVault,
  type Rotated,
  rotateKeys,
} from '../../core/vault/index.ts';
import { type Command, DONE, FOUND_WRONG, type Io, readOptions, suggestion, UsageError } from '../command.ts';
import { type OpenDatabase, withDatabase } from '../database.ts';
import { progress } from '../progress.ts';
import { table } from '../table.ts';

const help = `
用法：gongkai keys new | list | rotate [--remove-unnamed] [--json]

加密个人信息的数据密钥。密钥写在环境变量 GONGKAI_DATA_KEYS 中：“编号:base64[,更早的…]”，第一个为当前密钥，其余只用于解密。

  new      生成一个新密钥并打印，不作任何改动
  list     列出设置和数据库中的密钥：编号、指纹、状态（从不显示密钥本身）
  rotate   把旧密钥加密的内容全部改用当前密钥加密；可随时中断，再次执行时接着做；系统可照常运行
           有内容无法解密时退出码为 1，旧密钥仍须保留

  --remove-unnamed   rotate：用旧密钥加密、又没有记录指向的文件（中断的上传遗留下来的）从磁盘清除，否则只列出
  --json             输出一个 JSON 值：new 为 {key}；list 为 {current, keys:[{id, fingerprint, state, firstUsedAt, retiredAt}]}；
                     rotate 为 {current, rows, retired, removed, problems}

更换密钥：1. gongkai keys new；2. 把新密钥写在 GONGKAI_DATA_KEYS 最前面，旧密钥留在其后，重新启动所有机器；
3. gongkai keys rotate；4. gongkai keys list 显示旧密钥“已停用”后，从设置中删去它。

例：gongkai keys new
    gongkai keys rotate
`;

const acts = ['new', 'list', 'rotate'] as const;

export const command: Command = {
  name: 'keys',
  help,
  async run(args, io) {
    const { values, positionals } = readOptions(args, {
      json: { type: 'boolean' },
      'remove-unnamed': { type: 'boolean' },
    });
    const [what, ...rest] = positionals;
    const act = acts.find((name) => name === what);
    const faults = rest.map((text) => `${text}：多余的参数`);
    if (what === undefined) faults.push('请写明 new（生成）、list（列出）或 rotate（轮换）');
    else if (!act) faults.push(`${what}：没有这个操作${suggestion(what, acts)}`);
    if (values['remove-unnamed'] && act !== 'rotate') faults.push('--remove-unnamed：只用于 rotate');
    if (faults.length > 0) throw new UsageError(faults);
    const json = values.json === true;
    if (act === 'new') {
      const key = newDataKey();
      io.stdout(json ? `${JSON.stringify({ key })}\n` : `${key}\n`);
      return DONE;
    }
    return withDatabase(io.env, (database) =>
      act === 'list'
        ? list(database, json, io)
        : rotate(database, { json, removeUnnamed: values['remove-unnamed'] === true }, io),
    );
  },
};

type KeyState = 'current' | 'older' | 'unused' | 'retired' | 'missing';

const stateWords: Readonly<Record<KeyState, string>> = {
  current: '当前',
  older: '使用中：仍有内容用它加密，执行 gongkai keys rotate 后可停用',
  unused: '未使用',
  retired: '已停用：可从设置中删去',
  missing: '设置中缺少：系统不能启动，请加回',
};

async function list({ db, config }: OpenDatabase, json: boolean, io: Io): Promise<number> {
  const known = new Map((await knownKeys(db)).map((key) => [key.id, key]));
  const vault = openVault(config.dataKeys);
  const given = new Map(vault.fingerprints().map(({ id, fingerprint }) => [id, fingerprint]));
  const keys = [...new Set([...given.keys(), ...known.keys()])]
    .map((id) => {
      const entry = known.get(id);
      const matches = entry === undefined || given.get(id) === entry.fingerprint;
      return {
        id,
        fingerprint: entry?.fingerprint ?? given.get(id) ?? '',
        state: stateOf({
          current: id === vault.currentKey,
          given: given.has(id) && matches,
          known: entry !== undefined,
          retired: entry?.retired_at != null,
        }),
        firstUsedAt: entry?.first_used_at.toISOString() ?? null,
        retiredAt: entry?.retired_at?.toISOString() ?? null,
      };
    })
    // What left the settings after its retirement is history.
    .filter(({ id, state }) => state !== 'retired' || given.has(id));
  if (json) io.stdout(`${JSON.stringify({ current: vault.currentKey, keys })}\n`);
  else {
    const rows = keys.map(({ id, fingerprint, state }) => [id, fingerprint, stateWords[state]]);
    io.stdout(table(['编号', '指纹', '状态'], rows));
  }
  return keys.some(({ state }) => state === 'missing') ? FOUND_WRONG : DONE;
}

function stateOf(key: { current: boolean; given: boolean; known: boolean; retired: boolean }): KeyState {
  if (key.known && !key.given && !key.retired) return 'missing';
  if (key.current && key.given) return 'current';
  if (!key.known) return 'unused';
  return key.retired ? 'retired' : 'older';
}

async function rotate(
  { db, config }: OpenDatabase,
  { json, removeUnnamed }: { json: boolean; removeUnnamed: boolean },
  io: Io,
): Promise<number> {
  const vault = openVault(config.dataKeys);
  const now = instantOf(systemClock);
  await enrolKeys(db, vault, now);
  // With it come all areas, which the other operations do without.
  const { sealedTables } = await import('../../sealed-tables.ts');
  const files = openFiles(`${config.varDir}/files`, { maxBytes: config.maxUploadBytes });
  const ctx = { db, vault, files, sealedFiles: openSealedFiles(files, vault), now, removeUnnamed };
  const rotated = await progress(io, json, (onProgress) => rotateKeys(ctx, sealedTables, onProgress));
  for (const problem of rotated.problems) io.stderr(`${problem}\n`);
  if (json) io.stdout(`${JSON.stringify({ current: vault.currentKey, ...rotated })}\n`);
  else io.stdout(describe(rotated, vault.currentKey));
  return rotated.problems.length > 0 ? FOUND_WRONG : DONE;
}

function describe({ rows, retired, problems }: Rotated, current: string): string {
  const lines = [
    rows > 0 ? `已改用密钥 ${current} 加密 ${rows} 行` : `没有需要改用密钥 ${current} 加密的内容`,
  ];
  if (problems.length > 0) lines.push(`${problems.length} 处无法解密，未作改动；旧密钥仍须保留`);
  if (retired.length > 0) {
    lines.push(
      `已停用：${retired.join('、')}。确认所有机器都已用新设置重新启动后，可从 GONGKAI_DATA_KEYS 中删去`,
    );
  }
  return `${lines.join('\n')}\n`;
}
