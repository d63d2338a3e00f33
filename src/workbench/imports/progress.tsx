import type { HistoryImport } from '../../areas/catalogue/index.ts';
import { formatNumber, Icon, Progress } from '../../ui/index.ts';
import { timeLeft } from '../../ui/time-left.ts';
import { importAddress } from './addresses.ts';

export const atWork = ({ state }: Pick<HistoryImport, 'state'>): boolean =>
  state === 'checking' || state === 'running';

/** How far it is; fetched again by itself, and the whole page once it is done. */
export function ProgressRegion({ standing, now }: { standing: HistoryImport; now: Date }) {
  const { id, state, linesChecked, imported } = standing;
  if (!atWork(standing)) return null;
  const polling = {
    'hx-get': importAddress(id, '/progress'),
    'hx-trigger': 'every 1500ms',
    'hx-swap': 'outerHTML',
  };
  const [done, all, waiting] = [settledLines(standing), standing.found?.read ?? 0, waitingLines(standing)];
  const percent = all === 0 ? 0 : Math.min(100, Math.floor((done * 100) / all));
  return (
    <section id="import" class="import-progress" aria-label="进度" {...polling}>
      {state === 'running' && all > 0 && (
        <Progress value={percent} max={100} label="已处理" words={`${percent}%`} />
      )}
      <p role="status">
        {state === 'checking'
          ? linesChecked === 0
            ? '已收到文件，正在检查。'
            : `正在检查，已看 ${formatNumber(linesChecked)} 行。`
          : `已处理 ${formatNumber(done)}${all === 0 ? '' : ` / ${formatNumber(all)}`} 行，导入 ${formatNumber(imported)} 条${paceWords(standing, now)}。${waiting === 0 ? '' : `另有 ${formatNumber(waiting)} 行所解读的文件还没有导入，留到最后处理。`}`}
      </p>
      <a href={importAddress(id)}>
        <Icon name="refresh" /> 刷新
      </a>
    </section>
  );
}

/** Lines of which it is known what became of them. */
const settledLines = ({ imported, unchanged, rejected }: HistoryImport): number =>
  imported + unchanged + rejected;

/** Lines that were read and wait for the end, because what they interpret was not there yet. */
export function waitingLines(standing: HistoryImport): number {
  const { found, linesDone, postponed, postponedDone } = standing;
  if (found !== null && linesDone >= found.lastLine) return Math.max(0, found.read - settledLines(standing));
  // Until everything was read once, all of them wait; of a file that is not here nobody knows how much there is.
  return postponedDone === 0 ? postponed : 0;
}

/** `，每秒 940 行，约还需 3 分钟`; nothing until there is something to go by. */
function paceWords({ found, goingSince, goingFrom, linesDone }: HistoryImport, now: Date): string {
  const last = found?.lastLine ?? 0;
  const seconds = goingSince === null ? 0 : (now.getTime() - goingSince.getTime()) / 1000;
  // Those left for the end are few, and at another pace.
  if (linesDone >= last || seconds < 1 || linesDone <= goingFrom) return '';
  const pace = (linesDone - goingFrom) / seconds;
  return `，每秒 ${formatNumber(Math.round(pace))} 行，${timeLeft((last - linesDone) / pace)}`;
}
