import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterAll } from 'vitest';

/** A piece of what is sent, and how long the line waits after it while it is slow. */
const PIECE = 64 * 1024;
const PAUSE_MS = 40;

/** A line to a server of this machine: quick, slow (some 1.5 MB a second), silent, or broken until it carries again. */
export async function openSlowLine(port: number) {
  let pace: 'quick' | 'slow' | 'silent' | 'broken' = 'quick';
  const held = new Set<() => void>();
  const open = new Set<Socket>();
  const line = createServer({ highWaterMark: PIECE }, (near) => {
    // Browsers try once more by themselves.
    if (pace === 'broken') {
      near.destroy();
      return;
    }
    const far = connect(port, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.on('error', () => {});
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
    }
    far.pipe(near);
    near.on('data', (piece) => {
      far.write(piece);
      if (pace === 'quick') return;
      near.pause();
      if (pace === 'slow') setTimeout(() => near.resume(), PAUSE_MS);
      else held.add(() => near.resume());
    });
  });
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  afterAll(() => {
    cut();
    line.close();
  });
  return {
    address: `http://127.0.0.1:${(line.address() as AddressInfo).port}`,
    carry(next: typeof pace) {
      pace = next;
      if (pace === 'broken') cut();
      for (const goOn of held) goOn();
      held.clear();
    },
  };
}
