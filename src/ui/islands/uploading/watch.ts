import { formatBytes } from '../../format.ts';
import { timeLeft } from '../../time-left.ts';
import { type Answer, ended, whyNot } from './send.ts';

/** Said aloud at each quarter, and only of what takes this long: not for every per cent, nor for every small file. */
const TOLD_EVERY = 25;
const WORTH_SAYING_MS = 3000;
const STILL_MS = 20_000;

export interface Bytes {
  sent: number;
  total: number;
}

/** Where it is told how far something is: to the eye, to the ear, and `left` once the last byte has gone. */
export interface Telling {
  show(share: number, words: string): void;
  say(words: string): void;
  left(): void;
}

/**
 * Follows bytes as they leave: how far, how long still, and that nothing moves. `end` stops it and tells how far it
 * came at most: a browser tries once more by itself.
 */
export function watchBytes({ show, say, left }: Telling): {
  progress(sent: number, total: number): void;
  end(): Bytes;
} {
  const begun = performance.now();
  let since = begun;
  let bytes: Bytes = { sent: 0, total: 0 };
  let furthest = 0;
  let told = 0;
  let still: ReturnType<typeof setTimeout> | undefined;
  const isLong = () => performance.now() - begun > WORTH_SAYING_MS;
  const wait = () => {
    clearTimeout(still);
    still = setTimeout(() => {
      const words = '20 秒没有进展，网络可能断了；可以再等，也可以取消后重新上传';
      show(bytes.sent / Math.max(bytes.total, 1), words);
      say(words);
    }, STILL_MS);
  };
  wait();
  return {
    progress(sent, total) {
      if (total === 0 || (sent === bytes.sent && total === bytes.total)) return;
      // The browser began anew on another line.
      if (sent < bytes.sent) since = performance.now();
      bytes = { sent, total };
      furthest = Math.max(furthest, sent);
      if (sent === total) {
        clearTimeout(still);
        show(1, '已传完，服务器正在接收');
        if (isLong()) say('已传完，服务器正在接收');
        return left();
      }
      wait();
      const percent = Math.floor((sent * 100) / total);
      const seconds = (performance.now() - since) / 1000;
      const rest = seconds < 1 || sent === 0 ? '' : `，${timeLeft(((total - sent) * seconds) / sent)}`;
      show(sent / total, `${percent}%，${formatBytes(sent)} / ${formatBytes(total)}${rest}`);
      if (percent < told + TOLD_EVERY || !isLong()) return;
      told = percent - (percent % TOLD_EVERY);
      say(`已上传 ${told}%${rest}`);
    },
    end() {
      clearTimeout(still);
      return { ...bytes, sent: furthest };
    },
  };
}

/** What to tell of an upload that may be tried again: how far it came, and that nothing has to be chosen anew. */
export function brokenWords(
  answer: Answer<unknown>,
  { sent, total }: Bytes,
): { title: string; text: string } {
  if (answer.status !== 0)
    return { title: '没有传完', text: `${ended(whyNot(answer))}文件仍选着，可以直接重试。` };
  if (total > 0 && sent === total)
    return {
      title: '没有收到服务器的答复',
      text: '文件已经传完，可能已收到。文件仍选着，请点“重试”；同一个文件不会重复接收。',
    };
  return {
    title: '没有传完',
    text: `网络断开，已传 ${formatBytes(sent)}，需要从头上传。文件仍选着，网络恢复后点“重试”。`,
  };
}
