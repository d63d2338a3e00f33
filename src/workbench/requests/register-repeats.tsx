import { type LikelyRepeat, requestStates } from '../../areas/requests/index.ts';
import { Alert, formatDate } from '../../ui/index.ts';
import { caseAddress } from './case-addresses.ts';

/**
 * Earlier requests that this one may repeat, each with the reasons for thinking so. Those shown are sent back with the form,
 * so that nobody is asked twice.
 */
export function RepeatsResult({ repeats, seen = [] }: { repeats: readonly LikelyRepeat[]; seen?: string[] }) {
  const shown = new Set([...seen, ...repeats.map(({ id }) => String(id))]);
  return (
    <div id="repeats" role="status">
      {repeats.length > 0 && (
        <Alert tone="warning" title={`可能与以前的 ${repeats.length} 件申请重复`}>
          <ul class="repeat-list">
            {repeats.map((repeat) => (
              <li key={repeat.id}>
                <a href={caseAddress(repeat.id)} target="_blank" rel="noopener">
                  {repeat.number} {repeat.title}
                  <span class="visually-hidden">（在新窗口打开）</span>
                </a>
                <span class="help-inline">
                  {formatDate(repeat.submittedOn)}提交，现在是“{requestStates[repeat.state].label}”；
                  {repeat.reasons.join('；')}
                </span>
              </li>
            ))}
          </ul>
          <p>重复的申请也要登记，登记后可以按“重复申请”答复。</p>
        </Alert>
      )}
      {[...shown].map((id) => (
        <input key={id} type="hidden" name="repeatSeen" value={id} />
      ))}
    </div>
  );
}
