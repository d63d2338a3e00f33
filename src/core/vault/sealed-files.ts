import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { type FileStore, fileTooLarge, type StoredFile } from '../files.ts';
import { HEAD_BYTES, type Vault } from './vault.ts';

/** A file as it is kept (`sha256`, `sm3`, `bytes` are those of the sealed content) and what it was. */
export interface SealedFile extends StoredFile {
  /**
   * Of the content itself. A digest of content tells who has a copy what it is: keep it sealed, or as `vault.digest`.
   */
  plain: { sha256: string; bytes: number };
}

/** Files of which only sealed content reaches the disk. */
export interface SealedFiles {
  /**
   * Keeps the content sealed; it is safely on disk when this returns, and not there at all when it throws.
   * @throws Refusal `file-too-large` beyond `maxBytes` of plain content (default: the installation's limit)
   */
  put(content: Readable | Uint8Array, options: { context: string; maxBytes?: number }): Promise<SealedFile>;
  /**
   * The content, whole and unaltered.
   * @throws NotFound when no such file is kept; Error as `Vault.open` does
   */
  read(sha256: string, context: string): Promise<Buffer>;
  /**
   * Seals a file anew under the current key and keeps it beside the old one; the file as it is when that key sealed it.
   * The new address goes into the row, the old one to `discardFile`, in one transaction.
   */
  reseal(sha256: string, context: string): Promise<Pick<SealedFile, 'sha256' | 'plain'>>;
  /** Takes a file away for good; nothing happens when it is gone already. */
  remove(sha256: string): Promise<void>;
  /** Id of the key that sealed it; null when it is not sealed. @throws NotFound */
  keyOf(sha256: string): Promise<string | null>;
}

/** Sealed files in the installation's store of files; each is sealed for itself, so that equal content is kept twice. */
export function openSealedFiles(files: FileStore, vault: Vault): SealedFiles {
  const sealed: SealedFiles = {
    async put(content, { context, maxBytes }) {
      const plain = measured(content instanceof Uint8Array ? [content] : content, maxBytes);
      const limits = maxBytes === undefined ? {} : { maxBytes: maxBytes + OVERHEAD };
      const stored = await files.put(Readable.from(vault.sealStream(plain.content(), context)), limits);
      return { ...stored, plain: plain.measure() };
    },
    read: async (sha256, context) => vault.openBytes(await files.read(sha256), context),
    async reseal(sha256, context) {
      const content = await files.read(sha256);
      const plain = vault.openBytes(content, context);
      if (vault.keyOf(content) === vault.currentKey) {
        return {
          sha256,
          plain: { sha256: createHash('sha256').update(plain).digest('hex'), bytes: plain.length },
        };
      }
      return sealed.put(plain, { context, maxBytes: plain.length });
    },
    remove: (sha256) => files.remove(sha256),
    async keyOf(sha256) {
      const { content } = await files.stream(sha256, { end: HEAD_BYTES + 64 });
      const parts: Buffer[] = [];
      for await (const part of content) parts.push(part as Buffer);
      try {
        return vault.keyOf(Buffer.concat(parts));
      } catch {
        return null;
      }
    },
  };
  return sealed;
}

/** Head, nonce and tag of sealed content, at most. */
const OVERHEAD = HEAD_BYTES + 28;

function measured(content: Iterable<unknown> | AsyncIterable<unknown>, maxBytes = Number.POSITIVE_INFINITY) {
  const sha256 = createHash('sha256');
  let bytes = 0;
  return {
    async *content(): AsyncGenerator<Uint8Array> {
      for await (const chunk of content) {
        const part = Buffer.from(chunk as Uint8Array);
        bytes += part.length;
        if (bytes > maxBytes) throw fileTooLarge(maxBytes);
        sha256.update(part);
        yield part;
      }
    },
    measure: () => ({ sha256: sha256.digest('hex'), bytes }),
  };
}
