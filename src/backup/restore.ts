import { PassThrough } from 'node:stream';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Database, Db } from '../core/db.ts';
import type { FileStore } from '../core/files.ts';
import { migrateWithin } from '../core/migrations.ts';
import { Refusal } from '../core/refusal.ts';
import { type LedgerVerification, verifyLedger } from '../ledger/index.ts';
import type { OpenBackup } from './archive.ts';
import {
  copied,
  hasAgencies,
  hasTable,
  liftGuards,
  PLAIN_TEXT,
  quoted,
  sequencesOf,
  tablesOf,
} from './catalogue.ts';
import { fileEntry, type Manifest, sharesSecret, tableEntry } from './manifest.ts';

/** The empty installation a backup is brought into. */
export interface RestoreTarget {
  databaseUrl: string;
  files: Pick<FileStore, 'put'>;
  secret: string;
  /** The keys in the settings: those that the backup's sealed data needs must be among them. */
  dataKeys: readonly { id: string; fingerprint: string }[];
}

export interface Restored {
  /** Length and SHA-256 of the backup. */
  bytes: number;
  digest: string;
  madeAt: string;
  tables: number;
  rows: number;
  files: number;
  /** Migrations newer than the backup, applied to its data. */
  applied: string[];
  /** False: sessions and second factors made with the other secret are of no use here. */
  sameSecret: boolean;
  /** The chains as they now stand, computed anew. */
  ledger: LedgerVerification;
}

/**
 * Brings a backup into an empty installation. The whole file is compared with its manifest before anything is written;
 * then the database is filled in one transaction, which ends with the verification of the ledger.
 * @throws Refusal when the file is not a sound backup, the installation is not empty or lacks a key of the backup; SetupFault when the backup was made
 * by a newer version of the program. Nothing is changed then.
 */
export async function restore(
  target: RestoreTarget,
  source: OpenBackup,
  onProgress: (step: string) => void = () => {},
): Promise<Restored> {
  const client = new pg.Client({ connectionString: target.databaseUrl, application_name: 'gongkai restore' });
  client.on('error', () => {});
  refuseWithoutKeys(target, source.manifest);
  try {
    await client.connect();
    await client.query(`BEGIN; ${PLAIN_TEXT}`);
    await refuseUnlessEmpty(client, source.manifest);
    await source.verify(onProgress);
    const { manifest } = source;
    const rows = await fill(client, source, onProgress);
    onProgress('校验操作台账');
    const ledger = await verifyLedger(databaseOver(client));
    const applied = await migrateWithin(client);
    for (const [index, part] of manifest.files.entries()) {
      onProgress(`文件 ${index + 1}/${manifest.files.length}`);
      await keep(target.files, source, part);
    }
    const { bytes, digest } = await source.measure();
    await client.query('COMMIT');
    onProgress('整理统计信息');
    await client.query('ANALYZE');
    const { madeAt, tables, files } = manifest;
    return {
      bytes,
      digest,
      madeAt,
      tables: tables.length,
      rows,
      files: files.length,
      applied,
      sameSecret: sharesSecret(target.secret, manifest.secret),
      ledger,
    };
  } finally {
    await client.end();
  }
}

/** Sooner than after hours: without its key no name in the backup could ever be read. */
function refuseWithoutKeys({ dataKeys }: RestoreTarget, manifest: Manifest): void {
  const given = new Map(dataKeys.map(({ id, fingerprint }) => [id, fingerprint]));
  const missing = manifest.dataKeys.filter(({ id, fingerprint }) => given.get(id) !== fingerprint);
  if (missing.length === 0) return;
  const named = missing.map(({ id, fingerprint }) => `${id}（指纹 ${fingerprint}）`).join('、');
  const another = missing.some(({ id }) => given.has(id)) ? '；同名而指纹不同的不是同一个密钥' : '';
  throw new Refusal(
    'restore-keys',
    `备份中的个人信息用密钥 ${named}加密，本安装的 GONGKAI_DATA_KEYS 中没有${another}：请把备份时的密钥加入后重试（未设置时原安装的密钥在 var/data-keys），未作任何改动`,
  );
}

async function refuseUnlessEmpty(client: pg.Client, { migrations }: Manifest): Promise<void> {
  // The agencies first, so that one being founded just now is waited for and seen.
  if (await hasTable(client, 'agencies')) await client.query('LOCK TABLE agencies IN ACCESS EXCLUSIVE MODE');
  if (await hasAgencies(client)) {
    throw new Refusal(
      'restore-not-empty',
      '数据库中已有机关，只能恢复到全新的安装：请换一个空的 GONGKAI_VAR（或空的数据库）后重试',
    );
  }
  const known = await hasTable(client, 'schema_migrations');
  if (!known && (await tablesOf(client)).length > 0) {
    throw new Refusal('restore-not-empty', '数据库中有其他程序的数据表，请换一个空的数据库后重试');
  }
  const { rows } = known
    ? await client.query<{ name: string }>('SELECT name FROM schema_migrations ORDER BY name')
    : { rows: [] };
  const inBackup = new Set(migrations.map(({ name }) => name));
  const ahead = rows.find(({ name }) => !inBackup.has(name));
  if (ahead) {
    throw new Refusal(
      'restore-ahead',
      `数据库已升级到比备份更新的结构（${ahead.name}），请换一个空的 GONGKAI_VAR（或空的数据库）后重试；恢复之后会自动升级`,
    );
  }
}

/** Brings the tables to the form they had, then their rows; returns how many. */
async function fill(
  client: pg.Client,
  source: OpenBackup,
  onProgress: (step: string) => void,
): Promise<number> {
  const { tables, sequences, migrations } = source.manifest;
  await migrateWithin(client, migrations);
  const own = new Map((await tablesOf(client)).map((table) => [table.name, new Set(table.columns)]));
  const stranger = tables.find(({ name, columns }) => !columns.every((column) => own.get(name)?.has(column)));
  if (stranger) throw unfit(`数据表 ${stranger.name}`);
  const guard = await liftGuards(client);
  // What migrations and the first start put in comes back with the backup.
  for (const name of own.keys()) await client.query(`DELETE FROM ${quoted(name)}`);
  for (const [index, table] of tables.entries()) {
    onProgress(`数据表 ${index + 1}/${tables.length} ${table.name}`);
    const rows = client.query(copyFrom(`COPY ${copied(table)} FROM STDIN`));
    await source.send(tableEntry(table.name), table, rows).catch((error) => {
      throw isDatabaseError(error) ? unfit(`数据表 ${table.name}：${error.message}`) : error;
    });
    if (rows.rowCount !== table.rows) throw unfit(`数据表 ${table.name} 的行数`);
  }
  onProgress('恢复约束');
  await guard().catch((error) => {
    throw isDatabaseError(error) ? unfit(error.message) : error;
  });
  const names = new Set((await sequencesOf(client)).map(({ name }) => name));
  for (const { name, last, called } of sequences) {
    if (!names.has(name)) throw unfit(`序列 ${name}`);
    await client.query('SELECT setval($1::regclass, $2::bigint, $3)', [quoted(name), last, called]);
  }
  return tables.reduce((sum, { rows }) => sum + rows, 0);
}

async function keep(
  files: Pick<FileStore, 'put'>,
  source: OpenBackup,
  part: { bytes: number; sha256: string },
): Promise<void> {
  const content = new PassThrough();
  const kept = files.put(content, { maxBytes: part.bytes });
  const sent = source.send(fileEntry(part.sha256), part, content).catch((error) => {
    content.destroy(error);
    throw error;
  });
  await Promise.all([kept, sent]);
}

const isDatabaseError = (error: unknown): error is pg.DatabaseError => error instanceof pg.DatabaseError;

const unfit = (what: string) =>
  new Refusal('backup-unfit', `备份的内容与其声明的数据库结构不符（${what}），未作任何改动`);

/** The open transaction, for code that asks through Kysely. */
function databaseOver(client: pg.Client): Db {
  const borrowed = { query: client.query.bind(client), release: () => {} };
  const pool = { connect: async () => borrowed, end: async () => {} };
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool: pool as unknown as pg.Pool }) });
}
