import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { Refusal } from '../../core/refusal.ts';
import { tidy, UnreadableFile } from '../../core/spreadsheet/index.ts';
import { record } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import { readRecord } from './form-rules.ts';
import { keepPostImport, knownSources, takePostImport } from './list-store.ts';
import { type ChannelAccount, type ChannelKind, channelKinds } from './model.ts';
import { ownAccounts } from './post-actions.ts';
import { postSource } from './post-source.ts';
import { insertPosts } from './post-store.ts';

/** Headings of the file, in the order of the template. */
export const importHeadings = {
  channel: '渠道',
  account: '账号',
  title: '标题',
  postedOn: '发布日期',
  address: '网址',
  reads: '阅读量',
} as const;
type Field = keyof typeof importHeadings;

/** One row of a file, as text. */
export interface PostRow {
  line: number;
  given: Partial<Record<Field, string>>;
}

export interface FreshPost {
  line: number;
  accountId: number;
  accountName: string;
  channel: ChannelKind;
  title: string;
  address: string;
  postedOn: string;
  reads: number | null;
  sourceId: string;
}

export interface PostImportPreview {
  fresh: FreshPost[];
  unchanged: { line: number; why: string }[];
  rejected: { line: number; field: string; problem: string }[];
}

const HEADING_WITHIN = 10;
const REQUIRED: readonly Field[] = ['account', 'title', 'postedOn'];
const DAY_MS = 86_400_000;

/** Finds the heading row and reads the rows below. @throws UnreadableFile when the headings are missing */
export function readPostSheet(sheet: {
  rows: readonly (readonly string[])[];
  lines: readonly number[];
}): PostRow[] {
  const names = new Map(
    Object.entries(importHeadings).map(([name, label]) => [label as string, name as Field]),
  );
  const bears = (cells: readonly string[]) => {
    const found = new Set(cells.map(tidy));
    return REQUIRED.every((name) => found.has(importHeadings[name]));
  };
  const at = sheet.rows.slice(0, HEADING_WITHIN).findIndex(bears);
  if (at < 0) {
    const wanted = REQUIRED.map((name) => `“${importHeadings[name]}”`).join('、');
    throw new UnreadableFile(
      'wrong-type',
      `没有找到表头：需要${wanted}各一列。请下载模板，按模板的表头填写。`,
    );
  }
  const headings = (sheet.rows[at] ?? []).map((cell) => names.get(tidy(cell)));
  const rows = sheet.rows.slice(at + 1).flatMap((cells, index): PostRow[] => {
    if (cells.every((cell) => cell.trim() === '')) return [];
    const given: PostRow['given'] = {};
    headings.forEach((name, column) => {
      if (name) given[name] = (cells[column] ?? '').replace(/^'(?=[=+\-@])/, '');
    });
    return [{ line: sheet.lines[at + 1 + index] ?? 0, given }];
  });
  if (rows.length === 0) throw new UnreadableFile('empty', '表头下面没有内容。请填写后重新上传。');
  return rows;
}

/** Tells what importing these rows would do, without doing it; the same post twice is one. */
export async function previewPosts(ctx: Ctx, rows: readonly PostRow[]): Promise<PostImportPreview> {
  demand(ctx.actor, 'channels.write');
  const accounts = await ownAccounts(ctx);
  const today = ctx.clock.today().toString();
  const preview: PostImportPreview = { fresh: [], unchanged: [], rejected: [] };
  const read: FreshPost[] = [];
  for (const { line, given } of rows) {
    const found = accountNamed(accounts, given);
    const { values, errors } = readRecord(
      (name) => (name === 'account' ? String(found?.id ?? '') : (given[name as Field] ?? '')),
      { today, accounts },
    );
    for (const [name, problem] of Object.entries(errors ?? {})) {
      const words = name === 'account' ? '台账里没有这个渠道的这个账号，或者账号不属于您的部门。' : problem;
      preview.rejected.push({ line, field: importHeadings[name as Field], problem: words });
    }
    if (!values?.account) continue;
    const { account, ...post } = values;
    read.push({
      line,
      accountId: account.id,
      accountName: account.name,
      channel: account.kind,
      ...post,
      sourceId: postSource(account.id, post),
    });
  }
  const known = await knownSources(
    ctx.db,
    ctx.agencyId,
    read.map(({ sourceId }) => sourceId),
  );
  const lines = new Map<string, number>();
  for (const post of read) {
    const before = lines.get(post.sourceId);
    if (known.has(post.sourceId)) preview.unchanged.push({ line: post.line, why: '已经登记' });
    else if (before !== undefined) preview.unchanged.push({ line: post.line, why: `与第 ${before} 行相同` });
    else preview.fresh.push(post);
    if (before === undefined) lines.set(post.sourceId, post.line);
  }
  return preview;
}

function accountNamed(
  accounts: readonly ChannelAccount[],
  given: PostRow['given'],
): ChannelAccount | undefined {
  const name = tidy(given.account ?? '');
  const channel = tidy(given.channel ?? '');
  const named = accounts.filter(
    (one) => tidy(one.name) === name && (channel === '' || tidy(channelKinds[one.kind]) === channel),
  );
  return named.length === 1 ? named[0] : undefined;
}

/** Keeps a previewed file until its sender confirms; returns what `confirmPosts` takes. */
export async function holdPosts(ctx: Ctx, file: { name: string; rows: readonly PostRow[] }): Promise<number> {
  demand(ctx.actor, 'channels.write');
  const now = ctx.clock.now().epochMilliseconds;
  return transact(ctx, (ctx) =>
    keepPostImport(ctx.db, ctx.agencyId, {
      staffId: senderOf(ctx),
      fileName: file.name,
      rows: file.rows,
      now: new Date(now),
      abandonedBefore: new Date(now - DAY_MS),
    }),
  );
}

/** Enters a file its sender has seen previewed, whole or not at all. @throws Refusal when it is gone or fits no longer */
export async function confirmPosts(ctx: Ctx, id: number): Promise<{ imported: number; unchanged: number }> {
  demand(ctx.actor, 'channels.write');
  return transact(ctx, async (ctx) => {
    const { db, agencyId, actor } = ctx;
    const file = await takePostImport(db, agencyId, { staffId: senderOf(ctx), id });
    if (!file)
      throw new Refusal('import-gone', '这个文件已经导入过，或者预览时间过长已失效。请重新选择文件。');
    const { fresh, unchanged, rejected } = await previewPosts(ctx, file.rows as PostRow[]);
    if (rejected.length > 0)
      throw new Refusal('import-outdated', '预览之后账号有变化，文件中有的行不再合格。请重新选择文件。');
    const createdAt = instantOf(ctx.clock);
    const imported = await insertPosts(
      db,
      agencyId,
      fresh.map(({ line: _, accountName: __, ...post }) => ({
        ...post,
        itemId: null,
        state: 'recorded',
        publishAt: null,
        postedAt: null,
        byId: actor.kind === 'staff' ? actor.staffId : null,
        byName: actor.name,
        createdAt,
      })),
    );
    await record(ctx, {
      act: 'channels.import',
      subject: { kind: 'channel-import', id, label: file.fileName },
      after: { imported, unchanged: unchanged.length },
    });
    return { imported, unchanged: unchanged.length + fresh.length - imported };
  });
}

function senderOf({ actor }: Ctx): number {
  if (actor.kind !== 'staff') throw new Error('only a person can confirm what a person previewed');
  return actor.staffId;
}
