import {
  type Finding,
  heldBack,
  holdsBack,
  type Judged,
  type ScannedField,
  scannedFields,
  severities,
} from '../../areas/reviews/index.ts';
import { Badge, Button, Card, Form, fieldId, TextField } from '../../ui/index.ts';
import { itemAddress } from './addresses.ts';

/** What the scan found in a draft, each beside what can be done about it. The script fetches it anew after each save. */
export function EditorFindings({ itemId, findings }: { itemId: number; findings: readonly Judged[] }) {
  const open = findings.filter(({ reason }) => reason === null);
  const standing = findings.filter(({ reason }) => reason !== null);
  const times = countsByEntry(open);
  return (
    <Card title="内容检查" id="findings">
      <p role="status">{summaryOf(findings)}</p>
      {findings.length > 0 && (
        <noscript>
          <p class="help">改正之前请先保存草稿，没有保存的修改会丢失。</p>
        </noscript>
      )}
      {open.length > 0 && (
        <ol class="scan-findings" aria-label="检查发现">
          {open.map(({ finding }) => (
            <li key={finding.key} class={`scan-finding scan-${finding.severity}`}>
              <FindingWords finding={finding} jumps />
              <Fixes itemId={itemId} finding={finding} times={times.get(finding.entry) ?? 1} />
              {finding.severity === 'needs-reason' && <Reason itemId={itemId} finding={finding} />}
            </li>
          ))}
        </ol>
      )}
      {standing.length > 0 && (
        <details class="scan-standing">
          <summary>{`已说明理由保留的 ${standing.length} 处`}</summary>
          <ol class="scan-findings" aria-label="已说明理由保留的发现">
            {standing.map(({ finding, reason }) => (
              <li key={finding.key} class="scan-finding">
                <FindingWords finding={finding} jumps />
                <p>{`理由：${reason?.reason}（${reason?.by}）`}</p>
                <Form action={itemAddress(itemId, '/findings/reason-withdrawal')} layout="bare">
                  <input type="hidden" name="key" value={finding.key} />
                  <Button small>撤回理由</Button>
                </Form>
              </li>
            ))}
          </ol>
        </details>
      )}
    </Card>
  );
}

function summaryOf(findings: readonly Judged[]): string {
  const held = heldBack(findings);
  if (held !== null) return held;
  const hints = findings.filter(({ finding }) => finding.severity === 'hint').length;
  const standing = findings.length - hints;
  if (findings.length === 0) return '没有发现问题。';
  return `没有妨碍送审的问题${standing > 0 ? `，${standing} 处已说明理由` : ''}${hints > 0 ? `，${hints} 处提示` : ''}。`;
}

function countsByEntry(findings: readonly Judged[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { finding } of findings)
    if (finding.entry !== '' && finding.fixes.length > 0)
      counts.set(finding.entry, (counts.get(finding.entry) ?? 0) + 1);
  return counts;
}

/** What was found, where, and why it matters. */
export function FindingWords({ finding, jumps }: { finding: Finding; jumps?: boolean }) {
  const { place, excerpt } = finding;
  const where = place.file === '' ? scannedFields[place.field] : `附件“${place.file}”`;
  return (
    <>
      <p class="scan-head">
        <Badge tone={severities[finding.severity].tone}>{severities[finding.severity].label}</Badge>{' '}
        <strong>{finding.label}</strong>
      </p>
      <p class="scan-place">
        {jumps ? (
          <a
            href={`#${targetOf(place.field)}`}
            data-finding={place.field}
            data-from={String(place.visibleStart)}
            data-length={String(place.visibleLength)}
          >
            {where}
          </a>
        ) : (
          where
        )}
        {excerpt.found !== '' && (
          <>
            {'：'}
            <q class="scan-excerpt">
              {excerpt.before}
              <mark>{excerpt.found}</mark>
              {excerpt.after}
            </q>
          </>
        )}
      </p>
      <p class="help">{`${finding.explanation}${finding.source === '' ? '' : `（${finding.source}）`}`}</p>
    </>
  );
}

const targetOf = (field: ScannedField): string => (field === 'files' ? 'files' : fieldId(field));

function Fixes({ itemId, finding, times }: { itemId: number; finding: Finding; times: number }) {
  if (finding.fixes.length === 0) return null;
  return (
    <div class="scan-fixes">
      {finding.fixes.map((fix, index) => (
        <Form key={fix.label} action={itemAddress(itemId, '/findings/fix')} layout="bare">
          <input type="hidden" name="key" value={finding.key} />
          <input type="hidden" name="fix" value={String(index)} />
          {fix.act === 'describe' && (
            <TextField name="words" id={`words-${finding.key}`} label="替代文字" maxlength={200} />
          )}
          <Button small>{fix.label}</Button>
          {times > 1 && fix.act === 'write' && (
            <Button small name="all" value="1">
              {`全部${fix.label}（${times} 处）`}
            </Button>
          )}
        </Form>
      ))}
    </div>
  );
}

function Reason({ itemId, finding }: { itemId: number; finding: Finding }) {
  return (
    <details class="finding-reason">
      <summary>保留并说明理由</summary>
      <Form action={itemAddress(itemId, '/findings/reason')} layout="bare">
        <input type="hidden" name="key" value={finding.key} />
        <TextField
          name="reason"
          id={`reason-${finding.key}`}
          label="保留的理由"
          maxlength={200}
          help="审查人会看到，4 至 200 字。"
          required
        />
        <Button small>保留</Button>
      </Form>
    </details>
  );
}

/** For reviewers: what the scan still finds in the text before them, and why its author let it stand. */
export function ReviewedFindings({ findings }: { findings: readonly Judged[] }) {
  const shown = findings.filter(({ finding }) => finding.severity !== 'hint');
  return (
    <Card title="内容检查" id="findings">
      {shown.length === 0 ? (
        <p>没有发现问题。</p>
      ) : (
        <ol class="scan-findings" aria-label="检查发现">
          {shown.map((one) => (
            <li key={one.finding.key} class={`scan-finding scan-${one.finding.severity}`}>
              <FindingWords finding={one.finding} />
              {one.reason && <p>{`保留的理由：${one.reason.reason}（${one.reason.by}）`}</p>}
              {holdsBack(one) && <p>送审之后才列入检查，还没有处理；请退回作者改正或者说明理由。</p>}
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
