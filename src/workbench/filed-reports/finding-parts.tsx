import type {
  FiledFinding,
  Judgement,
  ListedFinding,
  ReportFinding,
} from '../../areas/filed-reports/index.ts';
import {
  Badge,
  Button,
  Form,
  FormActions,
  formatDateTime,
  formatNumber,
  RadioField,
  TextArea,
} from '../../ui/index.ts';
import { judgements } from './words.ts';

/** Names a finding in a form over many reports. */
export const findingValue = ({ unitId, year, key }: Pick<ListedFinding, 'unitId' | 'year' | 'key'>): string =>
  `${unitId}.${year}.${key}`;

/** Both sides of a finding, how far they are apart, how far they may be. */
export function Sides({ finding }: { finding: ReportFinding }) {
  const { left, right, difference, tolerance } = finding;
  if (left === null && right === null) return null;
  const sides = [
    ['左边', formatNumber(left)],
    ['右边', formatNumber(right)],
    ['相差', formatNumber(difference)],
    ['允许相差', formatNumber(tolerance)],
  ] as const;
  return (
    <dl class="sides">
      {sides.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const judgementTones = { confirmed: 'danger', dismissed: 'neutral', explained: 'info' } as const;

export function JudgementBadge({ judgement }: { judgement: Judgement }) {
  return <Badge tone={judgementTones[judgement]}>{judgements[judgement].label}</Badge>;
}

/** What the office said of a finding, by whom and when. */
export function JudgedNote({ judged }: { judged: FiledFinding['judged'] }) {
  if (!judged) return null;
  return (
    <p class="judged-note">
      <JudgementBadge judgement={judged.judgement} /> {judged.note}
      <span class="help">
        {judged.byName} {formatDateTime(judged.at)}
      </span>
    </p>
  );
}

/** 属实, 不成立 or 已说明, with a note; the judgement may be taken back. */
export function JudgementForm(props: {
  action: string;
  found: Pick<FiledFinding, 'key' | 'judged'>;
  /** What was posted and refused. */
  given?: { judgement: string; note: string; errors: Readonly<Record<string, string>> };
}) {
  const { action, found, given } = props;
  const { key, judged } = found;
  return (
    <div class="judgement">
      <Form action={action} layout="bare" label="认定这处发现">
        <input type="hidden" name="finding" value={key} />
        <RadioField
          name="judgement"
          id={`judgement-${key}`}
          label="本机关认定"
          inline
          value={given?.judgement ?? judged?.judgement}
          error={given?.errors.judgement}
          options={Object.entries(judgements).map(([value, { label }]) => ({ value, label }))}
        />
        <TextArea
          name="note"
          id={`note-${key}`}
          label="说明"
          rows={2}
          maxlength={1000}
          value={given?.note ?? judged?.note ?? ''}
          error={given?.errors.note}
          help="认定为不成立或已说明时写明理由。重新核查、收到新版本后，同一处发现的认定仍然有效。"
        />
        <FormActions>
          <Button tone="primary" small>
            保存认定
          </Button>
          {judged && (
            <Button small name="withdraw" value="1" formnovalidate>
              撤回认定
            </Button>
          )}
        </FormActions>
      </Form>
    </div>
  );
}
