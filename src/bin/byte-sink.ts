import type { Io } from './command.ts';

/** Output gathered into large writes: text is encoded once, prepared bytes are only copied. */
export interface ByteSink {
  text(text: string): void;
  bytes(source: Uint8Array, from?: number, to?: number): void;
  flush(): void;
}

const CAPACITY = 1 << 20;

export function byteSink(io: Pick<Io, 'stdout'>): ByteSink {
  let buffer = Buffer.allocUnsafe(CAPACITY);
  let used = 0;
  const flush = () => {
    if (used === 0) return;
    io.stdout(buffer.subarray(0, used));
    // The bytes handed over may still be waiting to be written, so the next ones need their own room.
    buffer = Buffer.allocUnsafe(CAPACITY);
    used = 0;
  };
  return {
    text(text) {
      // A UTF-16 unit takes at most three bytes in UTF-8.
      if (text.length * 3 > CAPACITY - used) flush();
      if (text.length * 3 > CAPACITY) io.stdout(text);
      else used += buffer.write(text, used);
    },
    bytes(source, from = 0, to = source.length) {
      if (to - from > CAPACITY - used) flush();
      if (to - from > CAPACITY) io.stdout(source.subarray(from, to));
      else {
        buffer.set(source.subarray(from, to), used);
        used += to - from;
      }
    },
    flush,
  };
}
