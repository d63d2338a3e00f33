import type { App } from '../../app.ts';
import { type Agency, allAgencies } from '../../areas/organisations/index.ts';
import { findForSystems, type SystemsAnswer, searchKinds } from '../../find-for-systems.ts';
import { rebuildSearch } from '../../rebuild-search.ts';
import { type Command, DONE, type Io, readOptions, suggestion, UsageError } from '../command.ts';
import { withApp } from '../installation.ts';
import { answerLinesLater, type Line, unknownFields } from '../json-lines.ts';
import { table } from '../table.ts';

const help = `
用法：gongkai search 检索词 [--limit 10] [--kind 类别] [--sort relevance|date] [--agency 代码]
      gongkai search --file F
      gongkai search --rebuild

公众检索能找到什么：已发布的信息、年度报告和统计指标、已公开的答复。
引号内的词作为整体查找；词前加减号表示排除；发文字号可用任何括号。

  --limit N      最多列出几条，1 至 100，默认 10
  --kind K       只找一类：${Object.entries(searchKinds)
    .map(([kind, label]) => `${kind} ${label}`)
    .join('、')}
  --sort S       relevance 按相关程度（默认），date 按发布日期
  --agency 代码  检索哪个机关；只有一个机关时可省
  --file F       逐行检索：F 为 JSON Lines，每行如 {"query":"公积金","limit":10}；- 为标准输入
  --rebuild      重建检索索引；检索可照常进行，中断后用 --after 接着做
  --after N      与 --rebuild 同用：从编号大于 N 的信息做起
  --json         输出 {total, partial, tookMs, hits:[{id, sourceId, kind, title, publishedOn, score, snippet, missing}]}

例：gongkai search 住房公积金 --limit 5
`;

const fields = ['query', 'limit', 'kind', 'sort'] as const;

export const command: Command = {
  name: 'search',
  help,
  async run(args, io) {
    const { values, positionals } = readOptions(args, {
      limit: { type: 'string' },
      kind: { type: 'string' },
      sort: { type: 'string' },
      agency: { type: 'string' },
      file: { type: 'string' },
      rebuild: { type: 'boolean' },
      after: { type: 'string' },
      json: { type: 'boolean' },
    });
    const { file, rebuild, after, json, agency: code, ...asked } = values;
    if (rebuild === true || file !== undefined) {
      const other = [...Object.keys(asked).map((name) => `--${name}`), ...positionals];
      if (other.length > 0)
        throw new UsageError(other.map((text) => `${text}：不能与 ${rebuild ? '--rebuild' : '--file'} 同用`));
    }
    if (rebuild === true) {
      const from = wholeNumber('--after', after ?? '0', 0, Number.MAX_SAFE_INTEGER);
      return withApp(io.env, async (app) =>
        rebuildAll(app, await agencyOf(app, code), from, io, json === true),
      );
    }
    if (after !== undefined) throw new UsageError(['--after：只能与 --rebuild 同用']);
    if (file !== undefined) {
      return withApp(io.env, async (app) => {
        const { id } = await agencyOf(app, code);
        const find = (ask: Ask) => findForSystems(app.connection.db, id, ask);
        return answerLinesLater(file, io, (line) => askOf(line, ''), find);
      });
    }
    const ask = askOf({ ...asked, query: positionals.join(' ') }, '--');
    return withApp(io.env, async (app) => {
      const answer = await findForSystems(app.connection.db, (await agencyOf(app, code)).id, ask);
      io.stdout(json ? `${JSON.stringify(answer)}\n` : forPeople(answer));
      return DONE;
    });
  },
};

type Ask = Parameters<typeof findForSystems>[2];

/** @throws UsageError with a line per faulty field */
function askOf(line: Line, prefix: string): Ask {
  const faults = unknownFields(line, fields);
  const query = typeof line.query === 'string' ? line.query.trim() : '';
  if (query === '') faults.push(prefix === '' ? 'query：请写明要找什么' : '请写明要找什么');
  const { kind, sort } = line;
  if (kind !== undefined && !(typeof kind === 'string' && Object.hasOwn(searchKinds, kind)))
    faults.push(
      `${prefix}kind：没有这一类；可用 ${Object.keys(searchKinds).join('、')}${suggestion(String(kind), Object.keys(searchKinds))}`,
    );
  if (sort !== undefined && sort !== 'relevance' && sort !== 'date')
    faults.push(`${prefix}sort：应为 relevance 或 date`);
  let limit = 10;
  try {
    limit = wholeNumber(`${prefix}limit`, String(line.limit ?? 10), 1, 100);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    faults.push(...error.faults);
  }
  if (faults.length > 0) throw new UsageError(faults);
  return {
    query,
    limit,
    ...(kind ? { kind: String(kind) } : {}),
    sort: sort === 'date' ? 'date' : 'relevance',
  };
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError([`${name}：应为 ${least} 至 ${most} 的整数`]);
}

function forPeople({ total, partial, tookMs, hits }: SystemsAnswer): string {
  if (hits.length === 0) return `没有找到（${tookMs} 毫秒）\n`;
  const rows = hits.map((hit) => [
    hit.publishedOn ?? '',
    searchKinds[hit.kind] ?? hit.kind,
    hit.title,
    hit.id,
  ]);
  return `${table(['发布日期', '类别', '标题', '编号'], rows)}共 ${total} 条${partial > 0 ? `（其中 ${partial} 条只含部分词语）` : ''}，${tookMs} 毫秒\n`;
}

async function rebuildAll(app: App, agency: Agency, after: number, io: Io, json: boolean): Promise<number> {
  const shows = io.isTerminal && !json;
  const written = await rebuildSearch(app.connection.db, agency.id, {
    after,
    progress: (last) => {
      if (shows) io.stderr(`\r已完成到编号 ${last}`);
    },
  });
  if (shows) io.stderr('\r\u001b[K');
  io.stdout(json ? `${JSON.stringify({ written })}\n` : `已重建检索索引：${written} 份\n`);
  return DONE;
}

async function agencyOf(app: App, code: string | undefined): Promise<Agency> {
  const agencies = await allAgencies(app.connection.db);
  if (code === undefined && agencies.length === 1 && agencies[0]) return agencies[0];
  const found = agencies.find((agency) => agency.code === code);
  if (found) return found;
  const codes = agencies.map((agency) => agency.code);
  throw new UsageError([
    code === undefined
      ? agencies.length === 0
        ? '系统中还没有机关'
        : `--agency：有多个机关，请写明代码：${codes.join('、')}`
      : `--agency：没有代码为 ${code} 的机关${suggestion(code, codes)}`,
  ]);
}
