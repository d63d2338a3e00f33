import { solve } from './solve.ts';

/** Works apart from the page, so that it can be read and scrolled meanwhile. */
addEventListener('message', ({ data }: MessageEvent<{ challenge: string; bits: number }>) => {
  postMessage(solve(data.challenge, data.bits));
});
