import { type FileFault, UnreadableFile } from '../../../core/spreadsheet/index.ts';

/** Bounds of what inspecting one file may cost. */
export interface GateLimits {
  bytes: number;
  /** Of all packages in the file, unpacked. */
  unpackedBytes: number;
  /** Unpacked to packed. */
  ratio: number;
  entries: number;
  /** Files in files. */
  depth: number;
  /** Elements of one XML part. */
  elements: number;
  /** Nesting of elements. */
  nesting: number;
  pages: number;
  findings: number;
  seconds: number;
}

const MB = 2 ** 20;

export const gateLimits: GateLimits = {
  bytes: 50 * MB,
  unpackedBytes: 200 * MB,
  ratio: 200,
  entries: 5000,
  depth: 3,
  elements: 3_000_000,
  nesting: 500,
  pages: 1000,
  findings: 1000,
  seconds: 100,
};

/** Counts what inspecting one file costs. A gate that cannot finish lets nothing pass: every bound refuses the file. */
export class Budget {
  readonly limits: GateLimits;
  readonly #until: number;
  #unpacked = 0;

  constructor(limits: GateLimits) {
    this.limits = limits;
    this.#until = performance.now() + limits.seconds * 1000;
  }

  /** What may still be unpacked. */
  get unpackedLeft(): number {
    return Math.max(0, this.limits.unpackedBytes - this.#unpacked);
  }

  unpack(bytes: number): void {
    this.#unpacked += bytes;
    if (this.#unpacked > this.limits.unpackedBytes) {
      throw refused('bomb', '文件解压后过大，无法检查，不能发出。请删去不需要的内容后另存。');
    }
  }

  time(): void {
    if (performance.now() > this.#until) {
      throw refused(
        'too-slow',
        `检查超过 ${this.limits.seconds} 秒，没有完成，不能发出。请拆分文件后分别检查。`,
      );
    }
  }
}

/** The file as a whole cannot be inspected, so it cannot leave; `message` says what to do instead. */
export function refused(fault: FileFault, message: string): UnreadableFile {
  return new UnreadableFile(fault, message);
}
