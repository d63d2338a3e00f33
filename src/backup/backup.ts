import { createHash, randomBytes } from 'node:crypto';
import { createWriteStream, rmSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { ZipFile } from 'yazl';
import type { Clock } from '../core/clock.ts';
import type { FileStore } from '../core/files.ts';
import type { AppliedMigration } from '../core/migrations.ts';
import { Refusal } from '../core/refusal.ts';
import { fileSystemFault, SetupFault } from '../core/setup-fault.ts';
import { FILE_REMOVAL_LOCK } from '../core/vault/index.ts';
import { copied, dataKeysOf, hasAgencies, PLAIN_TEXT, quoted, sequencesOf, tablesOf } from './catalogue.ts';
import {
  type FilePart,
  FORM,
  FORM_VERSION,
  fileEntry,
  fingerprintOf,
  MANIFEST,
  type Manifest,
  type TablePart,
  tableEntry,
} from './manifest.ts';
import { Measure } from './measure.ts';

/** The installation a backup is taken from. */
export interface BackupSource {
  databaseUrl: string;
  files: Pick<FileStore, 'list' | 'stream'>;
  secret: string;
  clock: Clock;
}

export interface Backup {
  /** Length of the file. */
  bytes: number;
  /** SHA-256 of the file. */
  digest: string;
  tables: number;
  rows: number;
  files: number;
}

/**
 * Writes the whole installation into one file while it runs: the database as it stands at one instant, and every stored
 * file. The file appears under its name only when it is complete.
 * @throws Refusal when there is nothing to back up; SetupFault when the file cannot be written or a stored file is damaged
 */
export async function backup(
  source: BackupSource,
  file: string,
  onProgress: (step: string) => void = () => {},
): Promise<Backup> {
  const draft = `${file}.${randomBytes(4).toString('hex')}.part`;
  const sweep = () => rmSync(draft, { force: true });
  process.on('exit', sweep);
  const client = new pg.Client({ connectionString: source.databaseUrl, application_name: 'gongkai backup' });
  client.on('error', () => {});
  await client.connect();
  try {
    const archive = new Archive(draft);
    try {
      const manifest = await fill(archive, source, client, onProgress);
      const { bytes, digest } = await archive.finish(manifest);
      await rename(draft, file);
      const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
      return { bytes, digest, tables: manifest.tables.length, rows, files: manifest.files.length };
    } catch (error) {
      archive.abandon();
      await rm(draft, { force: true });
      throw error;
    }
  } finally {
    process.off('exit', sweep);
    await client.end();
  }
}

async function fill(
  archive: Archive,
  source: BackupSource,
  client: pg.Client,
  onProgress: (step: string) => void,
): Promise<Manifest> {
  // Until this connection ends: discarded files stay as long as the rows of the snapshot may name them.
  await client.query('SELECT pg_advisory_lock_shared($1)', [FILE_REMOVAL_LOCK]);
  await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${PLAIN_TEXT}`);
  if (!(await hasAgencies(client)))
    throw new Refusal('nothing-to-back-up', '数据库中还没有任何机关，无可备份');
  const found = await tablesOf(client);
  // No table changes its form meanwhile; reading and writing go on.
  await client.query(`LOCK TABLE ${found.map(({ name }) => quoted(name)).join(', ')} IN ACCESS SHARE MODE`);
  const { rows: migrations } = await client.query<AppliedMigration>(
    'SELECT name, checksum FROM schema_migrations ORDER BY name',
  );
  const { rows: server } = await client.query<{ version: string }>(
    `SELECT current_setting('server_version') AS version`,
  );
  const tables: TablePart[] = [];
  for (const table of found) {
    onProgress(`数据表 ${tables.length + 1}/${found.length} ${table.name}`);
    const rows = client.query(copyTo(`COPY ${copied(table)} TO STDOUT`));
    const part = await archive.add(tableEntry(table.name), rows, true);
    tables.push({ ...table, rows: rows.rowCount, ...part });
  }
  const sequences = await sequencesOf(client);
  const dataKeys = await dataKeysOf(client);
  await client.query('COMMIT');
  // After the snapshot: a row is written after its file, so every file that the rows name is there by now.
  const files: FilePart[] = [];
  for await (const digest of source.files.list()) {
    onProgress(`文件 ${files.length + 1}`);
    const { content } = await source.files.stream(digest);
    const part = await archive.add(fileEntry(digest), content, false);
    if (part.sha256 !== digest) {
      throw new SetupFault(
        `已存文件 ${digest} 的内容与其摘要不符（磁盘可能损坏），备份中止：请先从以前的备份中取回该文件。 The stored file ${digest} is damaged; bring it back from an earlier backup first.`,
      );
    }
    files.push(part);
  }
  return {
    madeAt: source.clock.now().toString({ smallestUnit: 'millisecond' }),
    server: server[0]?.version ?? '',
    migrations,
    tables,
    sequences,
    files,
    secret: fingerprintOf(source.secret),
    dataKeys,
  };
}

/** The zip being written: parts one after another, with as little in memory as the disk allows. */
class Archive {
  private readonly zip = new ZipFile();
  private readonly whole = new Measure();
  private readonly failure = new AbortController();
  private readonly written: Promise<void>;
  private readonly mtime = new Date();

  constructor(path: string) {
    const output = this.zip.outputStream as Readable;
    this.zip.on('error', (error) => output.destroy(error as Error));
    this.written = pipeline(
      output,
      this.whole,
      createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }),
    );
    this.written.catch((error) => this.failure.abort(writeFault(error, path)));
  }

  /** Without compression for what is compressed already. */
  async add(name: string, content: Readable, compress: boolean): Promise<{ bytes: number; sha256: string }> {
    const measure = new Measure();
    this.zip.addReadStream(measure, name, { mtime: this.mtime, mode: 0o100600, compress });
    await pipeline(content, measure, { signal: this.failure.signal }).catch((error) => {
      throw this.failure.signal.aborted ? this.failure.signal.reason : error;
    });
    return { bytes: measure.bytes, sha256: measure.sha256 };
  }

  async finish(manifest: Manifest): Promise<{ bytes: number; digest: string }> {
    const text = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
    const sha256 = createHash('sha256').update(text).digest('hex');
    this.zip.addBuffer(text, MANIFEST, { mtime: this.mtime, mode: 0o100600 });
    this.zip.end({ comment: `${FORM} ${FORM_VERSION} ${sha256}`, forceZip64Format: false });
    await this.written.catch(() => {
      throw this.failure.signal.reason;
    });
    return { bytes: this.whole.bytes, digest: this.whole.sha256 };
  }

  abandon(): void {
    (this.zip.outputStream as Readable).destroy();
  }
}

function writeFault(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') {
    return new SetupFault(
      `${path}：文件夹不存在，请先建立。 The folder of ${path} does not exist; make it first.`,
    );
  }
  return fileSystemFault(error, path);
}
