import { Refusal } from '../../core/refusal.ts';
import { type ImportState, importStates } from './import-model.ts';

/** What people do with an import. */
export const importMoves = {
  /** Confirm it, or let it go on. */
  start: { from: ['checked', 'stopped', 'failed'], refused: '这次导入现在不能开始' },
  stop: { from: ['running'], refused: '这次导入没有在进行' },
  /** Give up what is not imported yet. */
  drop: { from: ['checking', 'checked', 'stopped', 'failed'], refused: '这次导入现在不能放弃' },
} as const satisfies Record<string, { from: readonly ImportState[]; refused: string }>;
export type ImportMove = keyof typeof importMoves;

interface Standing {
  state: ImportState;
  /** Null when the file is on somebody's own disk. */
  bytes: number | null;
}

/** Why an import does not allow the move, or null. */
export function importObstacle(move: ImportMove, { state, bytes }: Standing): string | null {
  const { from, refused } = importMoves[move];
  if (!(from as readonly ImportState[]).includes(state)) return `${refused}：${importStates[state].label}`;
  if (move === 'start' && bytes === null)
    return '文件是在命令行导入的，不在这里；请在命令行对同一个文件再执行一次，会从断处接着导入';
  return null;
}

/** @throws Refusal `import-state` */
export function demandMove(move: ImportMove, standing: Standing): void {
  const obstacle = importObstacle(move, standing);
  if (obstacle !== null) throw new Refusal('import-state', `${obstacle}。`);
}

/** Times a file may be taken up without coming any further. */
export const MOST_ATTEMPTS = 8;
