import type { JudgedFinding, ReleaseView } from '../../areas/releases/index.ts';
import { Badge, Button, Form, formatDateTime, Icon, TextArea } from '../../ui/index.ts';
import { releaseAddress } from './addresses.ts';

/** What was posted and refused. */
export interface Refused {
  key: string;
  reason: string;
  errors: Readonly<Record<string, string>>;
}

interface FindingProps {
  view: ReleaseView;
  /** Address of the check, below which it is cleaned and let through; its own page unless told. */
  address?: string;
  finding: JudgedFinding;
  /** Position on the page, to tell the fields of one finding from those of another. */
  number: number;
  mayClean: boolean;
  mayLetThrough: boolean;
  refused: Refused | null;
}

/** One finding: what, where, how it looks (masked), and what can be done about it. */
export function FindingItem(props: FindingProps) {
  const { view, finding, number, mayClean, mayLetThrough, refused } = props;
  const address = props.address ?? releaseAddress(view.id);
  const { key, label, place, count, evidence, cleaning, letThrough } = finding;
  return (
    <li class="gate-finding" id={`finding-${number}`}>
      <p class="gate-finding-head">
        <strong>{label}</strong> {count > 1 && <span class="help-inline">{`${count} 处`}</span>}{' '}
        {letThrough && <Badge tone="success">已放行</Badge>}
      </p>
      <p class="gate-finding-place">
        <Icon name="map-pin" />
        {place}
      </p>
      {evidence.length > 0 && (
        <ul class="gate-evidence" aria-label="内容（已遮蔽）">
          {evidence.map((piece) => (
            <li key={piece}>{piece}</li>
          ))}
        </ul>
      )}
      {letThrough && (
        <p class="gate-reason">
          {`理由：${letThrough.reason}`}
          <span class="help">{`${letThrough.by} ${formatDateTime(letThrough.at)}`}</span>
        </p>
      )}
      <div class="gate-acts">
        {cleaning === null && !letThrough && <span class="help-inline">这一项不能自动清理</span>}
        {cleaning !== null && mayClean && (
          <Form action={`${address}/cleaning`} layout="bare">
            <input type="hidden" name="version" value={view.version} />
            <input type="hidden" name="key" value={key} />
            <Button small icon="eraser">
              {`清理：${cleaning}`}
            </Button>
          </Form>
        )}
        {mayLetThrough && finding.severity !== 'notice' && !letThrough && (
          <LetThrough view={view} address={address} finding={finding} number={number} refused={refused} />
        )}
      </div>
    </li>
  );
}

function LetThrough(props: Omit<FindingProps, 'mayClean' | 'mayLetThrough'>) {
  const { view, address, finding, number, refused } = props;
  const given = refused?.key === finding.key ? refused : null;
  return (
    <details class="gate-let-through" open={given !== null}>
      <summary>说明理由放行</summary>
      <Form action={`${address}/exceptions`} label={`放行：${finding.label}`}>
        <input type="hidden" name="version" value={view.version} />
        <input type="hidden" name="key" value={finding.key} />
        <TextArea
          name="reason"
          id={given ? undefined : `reason-${number}`}
          label="为什么可以保留"
          rows={2}
          maxlength={500}
          value={given?.reason}
          error={given?.errors.reason}
          help="写明依据，例如“系单位对外公布的值班电话”。理由密封保存，放行人和时间记入操作台账。"
          required
        />
        <Button small tone="danger">
          放行这一项
        </Button>
      </Form>
    </details>
  );
}
