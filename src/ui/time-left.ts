/** `约还需 3 分钟`, of seconds. */
export function timeLeft(seconds: number): string {
  return `约还需 ${seconds < 60 ? `${Math.max(1, Math.ceil(seconds))} 秒` : `${Math.ceil(seconds / 60)} 分钟`}`;
}
