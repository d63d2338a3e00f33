import type { HistoryImport } from '../../areas/catalogue/index.ts';
import { formatNumber, Icon, Progress } from '../../ui/index.ts';
import { timeLeft } from '../../ui/time-left.ts';
import { importAddress } from './addresses.ts';

export const atWork = ({ state }: Pick<HistoryImport, 'state'>): boolean =>
  state === 'checking' || state === 'running';

/** How far it is; fetched again by itself, and the whole page once it is done. */
export function ProgressRegion({ standing, now }: { standing: HistoryImport; now: Date }) {
  const { id, state, linesChecked, linesDone, imported } = standing;
  if (!atWork(standing)) return null;
  const polling = {
    'hx-get': importAddress(id, '/progress'),
    'hx-trigger': 'every 1500ms',
    'hx-swap': 'outerHTML',
  };
  const last = standing.found?.lastLine ?? 0;
  const percent = last === 0 ? 0 : Math.min(100, Math.floor((linesDone * 100) / last));
  return (
    <section id="import" class="import-progress" aria-label="进度" {...polling}>
      {state === 'running' && last > 0 && (
        <Progress value={percent} max={100} label="已处理" words={`${percent}%`} />
      )}
      <p role="status">
        {state === 'checking'
          ? linesChecked === 0
            ? '已收到文件，正在检查。'
            : `正在检查，已看 ${formatNumber(linesChecked)} 行。`
          : `已处理 ${formatNumber(linesDone)}${last === 0 ? '' : ` / ${formatNumber(last)}`} 行，导入 ${formatNumber(imported)} 条${paceWords(standing, last, now)}。`}
      </p>
      <a href={importAddress(id)}>
        <Icon name="refresh" /> 刷新
      </a>
    </section>
  );
}

/** `，每秒 940 行，约还需 3 分钟`; nothing until there is something to go by. */
function paceWords({ goingSince, goingFrom, linesDone }: HistoryImport, last: number, now: Date): string {
  const seconds = goingSince === null ? 0 : (now.getTime() - goingSince.getTime()) / 1000;
  if (last === 0 || seconds < 1 || linesDone <= goingFrom) return '';
  const pace = (linesDone - goingFrom) / seconds;
  return `，每秒 ${formatNumber(Math.round(pace))} 行，${timeLeft((last - linesDone) / pace)}`;
}
