import type { ComponentChildren } from 'preact';
import {
  type DraftFile,
  groundOf,
  type HandedIn,
  MAX_DRAFT_FILES,
  type ReceivedItem,
  type TrackedCase,
} from '../../areas/requests/index.ts';
import { ATTACHMENTS_ACCEPTED } from '../../core/uploads/index.ts';
import {
  Alert,
  Button,
  Card,
  FileField,
  Form,
  FormActions,
  formatDate,
  Icon,
  KeptFiles,
  LinkButton,
  TextArea,
} from '../../ui/index.ts';
import { handInAddress, handInReceipt } from './track-addresses.ts';

/** Files that wait with what is being handed in for a request. */
export type KeptForHandIn = (requestId: number, what: HandedIn) => readonly DraftFile[];

/** The form that came back, and what was typed there. */
export interface WrongForm {
  requestId: number;
  what: HandedIn | 'feedback';
  text: string;
  /** Of feedback. */
  answered?: string;
}

interface Props {
  tracked: TrackedCase;
  kept: KeptForHandIn;
  errors: Readonly<Record<string, string>>;
  wrong?: WrongForm;
}

/** What each is called. */
export const handedInWords: Readonly<Record<HandedIn, string>> = {
  correction: '补正',
  reasons: '说明的理由',
  rectification: '更正要求',
};

/** What was typed in a form that is not open any more: sent from a second window, or too late. */
export function NotHandedIn({ tracked, wrong }: Pick<Props, 'tracked' | 'wrong'>) {
  if (!wrong?.text || wrong.what === 'feedback' || tracked.awaited.includes(wrong.what)) return null;
  return (
    <Alert tone="warning" title={`下面写的${handedInWords[wrong.what]}没有提交`}>
      <p class="request-text">{wrong.text}</p>
    </Alert>
  );
}

/** The one correction that is awaited (711/30). */
export function CorrectionForm(props: Props) {
  const { tracked } = props;
  const due = tracked.standing.corrections.find(
    ({ answeredOn, lapsedOn }) => answeredOn === null && lapsedOn === null,
  )?.dueOn;
  if (!tracked.awaited.includes('correction')) return null;
  return (
    <Card title="请您补正">
      <div class="stack">
        <div class="hand-in-asked">
          <p class="request-text">{tracked.asked}</p>
          {due && (
            <p>
              <strong>请在{formatDate(due)}前补正。</strong>
              没有正当理由逾期不补正的，视为放弃申请。
            </p>
          )}
          <Ground tracked={tracked} move="take-correction" />
        </div>
        <HandInForm
          {...props}
          what="correction"
          label="补正的内容"
          files="补充材料（选填）"
          button="提交补正"
        />
      </div>
    </Card>
  );
}

/** Why he asks for so much or so often (711/35). */
export function ReasonsForm(props: Props) {
  const { tracked } = props;
  const { reasons } = tracked.standing;
  if (reasons === null || !tracked.awaited.includes('reasons')) return null;
  return (
    <Card title="请您说明理由">
      <div class="stack">
        <div class="hand-in-asked">
          <p class="request-text">{tracked.reasonsAsked}</p>
          <p>
            <strong>请在{formatDate(reasons.dueOn)}前说明理由。</strong>
            说明理由的时间不从答复期限中扣除；理由不合理，或者逾期不说明的，不再处理。
          </p>
          <Ground tracked={tracked} move="take-reasons" />
        </div>
        <HandInForm
          {...props}
          what="reasons"
          label="您的理由"
          files="证明材料（选填）"
          button="提交说明"
          help="例如：为什么需要这么多、这么频繁地申请，各件申请的用途有什么不同。"
        />
      </div>
    </Card>
  );
}

/** What was provided to him about himself is recorded wrongly (711/41, 492/25). */
export function RectificationForm(props: Props) {
  const { tracked, errors, kept } = props;
  if (!tracked.awaited.includes('rectification')) return null;
  const begun = Object.keys(errors).length > 0 || kept(tracked.case.id, 'rectification').length > 0;
  return (
    <Card title="记录得不对？">
      <p>您有证据证明提供给您的、与您自身相关的信息记录不准确的，可以要求更正。</p>
      <Ground tracked={tracked} move="take-rectification" />
      <details class="request-count" open={begun}>
        <summary>要求更正</summary>
        <HandInForm
          {...props}
          what="rectification"
          label="哪里记录得不对，应当是什么"
          files="证据材料（选填）"
          button="提交更正要求"
        />
      </details>
    </Card>
  );
}

function Ground({ tracked, move }: Pick<Props, 'tracked'> & { move: Parameters<typeof groundOf>[0] }) {
  return <p class="quiet">依据：{groundOf(move, tracked.case.regime)}</p>;
}

function HandInForm(
  props: Props & {
    what: HandedIn;
    label: string;
    files: string;
    button: string;
    help?: ComponentChildren;
  },
) {
  const { tracked, what, errors, wrong } = props;
  const { id } = tracked.case;
  const own = wrong?.what === what;
  // The summary of errors leads to the usual names; forms beside it need names of their own.
  const named = (field: string) => (own ? {} : { id: `field-${field}-${what}-${id}` });
  return (
    <Form action={handInAddress(id, what)} multipart>
      <TextArea
        {...named('text')}
        name="text"
        label={props.label}
        value={own ? wrong.text : ''}
        error={errors.text}
        help={props.help}
        rows={5}
        required
      />
      <FileField
        {...named('file')}
        name="file"
        label={props.files}
        help={`可以上传${ATTACHMENTS_ACCEPTED}，最多 ${MAX_DRAFT_FILES} 个。`}
        error={errors.file}
        multiple
      />
      <KeptFiles files={props.kept(id, what)} />
      <FormActions>
        <Button tone="primary" icon="send">
          {props.button}
        </Button>
      </FormActions>
    </Form>
  );
}

/** What came in for a request, with a receipt for each. */
export function ReceivedItems({ tracked }: Pick<Props, 'tracked'>) {
  const { received } = tracked;
  if (received.length === 0) return null;
  return (
    <Card title="您提交的材料">
      <ul class="request-letters">
        {received.map((item) => (
          <li key={item.key}>
            <span class="request-letter-name">
              <Icon name="receipt" />
              {handedInWords[item.what]}
              <span class="quiet">
                {formatDate(item.on)}收到{filesIn(item)}
              </span>
            </span>
            <span class="request-letter-files">
              <LinkButton href={handInReceipt(tracked.case.id, item.key)} small icon="download" download>
                回执
              </LinkButton>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const filesIn = ({ files }: ReceivedItem) => (files.length === 0 ? '' : `，文件 ${files.length} 个`);
