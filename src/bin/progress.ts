import { type Io, UsageError } from './command.ts';

/** The only argument of commands that take one file. */
export function oneFile(positionals: readonly string[]): string {
  const [file, ...more] = positionals;
  const faults = more.map((text) => `${text}：多余的参数`);
  if (file === undefined || file === '') faults.push('文件：请写明备份文件的路径');
  if (faults.length > 0) throw new UsageError(faults);
  return file as string;
}

const STEP_MS = 100;

/** Shows what a long work is at, on one line of the terminal that is gone afterwards; silent elsewhere. */
export async function progress<T>(
  io: Io,
  silent: boolean,
  work: (onProgress: (step: string) => void) => Promise<T>,
): Promise<T> {
  if (!io.isTerminal || silent) return work(() => {});
  let shown = 0;
  try {
    return await work((step) => {
      if (Date.now() - shown < STEP_MS) return;
      shown = Date.now();
      io.stderr(`\r\u001b[K${step}`);
    });
  } finally {
    io.stderr('\r\u001b[K');
  }
}
