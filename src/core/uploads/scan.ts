import type { Logger } from 'pino';
import { type SheetFile, UnreadableFile } from '../spreadsheet/index.ts';
import { streamOf } from '../spreadsheet/source.ts';
import { attachmentType } from './attachment.ts';
import { builtInCheck } from './built-in-check.ts';
import { openClamd } from './clamd.ts';

/** `what`: a noun for the sentence “检出…”. */
export type Verdict = { clean: true } | { clean: false; what: string };

/** Looks for what does harm, in a file on disk (its path) or in bytes. */
export interface Scanner {
  /** @throws UnreadableFile `unscanned` when the virus scanner does not answer: the file is not to be taken then */
  scan(content: string | Uint8Array): Promise<Verdict>;
}

interface ScannerSettings {
  /** `tcp://host:3310` or `unix:///path` of a clamd; null: the built-in check alone. */
  clamdUrl: string | null;
  /** How long clamd may be silent. */
  silenceMs?: number;
}

/** The built-in check, and clamd after it when there is one. */
export function openScanner({ clamdUrl, silenceMs }: ScannerSettings, log: Pick<Logger, 'error'>): Scanner {
  const clamd = clamdUrl === null ? null : openClamd(clamdUrl, silenceMs);
  return {
    async scan(content) {
      const file = typeof content === 'string' ? { name: '', path: content } : { name: '', bytes: content };
      const harm = await builtInCheck(file);
      if (harm !== null) return { clean: false, what: harm };
      const virus = await clamd?.(streamOf(file)).catch((err) => {
        log.error({ err }, 'virus scanner');
        throw unscanned();
      });
      return virus ? { clean: false, what: `病毒 ${virus}` } : { clean: true };
    },
  };
}

/**
 * The type of what an applicant sends, once it was found harmless.
 * @throws UnreadableFile as `attachmentType` does; `infected`; `unscanned` when the scanner does not answer
 */
export async function checkAttachment(scanner: Scanner, file: SheetFile): Promise<string> {
  const type = await attachmentType(file);
  const verdict = await scanner.scan('path' in file ? file.path : file.bytes);
  if (verdict.clean) return type;
  throw new UnreadableFile(
    'infected',
    `“${file.name}”被检出${verdict.what}，未接收。请检查您的设备后重新选择文件。`,
  );
}

const unscanned = () =>
  new UnreadableFile(
    'unscanned',
    '病毒检查暂时不可用，附件未接收；其余内容已保留，请稍后重新选择附件，或先不带附件提交。',
  );
