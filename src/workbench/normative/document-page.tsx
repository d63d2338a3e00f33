import {
  type Item,
  itemHref,
  normativeKinds,
  type Obstacle,
  type ToldNote,
  type ValidityChange,
  validities,
} from '../../areas/catalogue/index.ts';
import { may } from '../../areas/organisations/index.ts';
import {
  Alert,
  Badge,
  Button,
  bookTitle,
  Card,
  DateField,
  Empty,
  ErrorSummary,
  Facts,
  Form,
  FormActions,
  formatDate,
  formatDateTime,
  LinkButton,
  RadioField,
  Table,
  TextArea,
  TextField,
  usePage,
} from '../../ui/index.ts';
import { itemAddress } from '../items/addresses.ts';
import type { Errors, Given } from '../request.ts';
import { changeAddress, cleanUpAddress, documentAddress } from './addresses.ts';
import { NormativePage, ValidityBadge } from './frame.tsx';

export interface DocumentProps {
  item: Item;
  unitName: string;
  notes: readonly ToldNote[];
  changes: readonly ValidityChange[];
  open: ValidityChange | null;
  proposing: Obstacle | null;
  deciding: Obstacle | null;
  today: string;
  /** The form that was refused, with what was typed. */
  refused?: { form: 'validity' | 'term' | 'decision'; given: Given; errors: Errors };
}

const states = {
  open: { label: '待审核', tone: 'warning' },
  approved: { label: '已批准', tone: 'success' },
  refused: { label: '未同意', tone: 'danger' },
  dropped: { label: '已撤回', tone: 'neutral' },
} as const;

/** A document of the register: what it was on every day, what is proposed for it, and the forms to propose. */
export function DocumentPage(props: DocumentProps) {
  const { item, unitName, notes, open, refused } = props;
  return (
    <NormativePage
      title={item.title}
      lead={item.documentNumber}
      state={<ValidityBadge validity={item.validity} />}
      actions={
        <>
          <LinkButton href={itemAddress(item.id, '/record')} icon="file-text">
            稿件和办理记录
          </LinkButton>
          <LinkButton href={itemHref(item.indexNumber)} icon="external-link">
            公开页面
          </LinkButton>
        </>
      }
    >
      <ErrorSummary errors={refused?.errors} />
      <div class="item-desk">
        <div>
          {open && <OpenChange {...props} open={open} />}
          <Propose {...props} />
          <Card title="有效性沿革" flush>
            {notes.length === 0 ? (
              <Empty title="成文以来一直有效" icon="circle-check" />
            ) : (
              <Notes notes={notes} />
            )}
          </Card>
          <Card title="变更的提出和审核" flush>
            <Changes {...props} />
          </Card>
        </div>
        <aside class="item-aside" aria-label="文件信息">
          <Card title="文件信息">
            <Facts
              items={[
                { label: '种类', value: normativeKinds[item.normative] },
                { label: '起草部门', value: unitName },
                { label: '发布机构', value: item.issuingBody || '—' },
                { label: '成文日期', value: formatDate(item.formedOn) },
                { label: '公开日期', value: formatDate(item.publishedOn) },
                { label: '有效性', value: validities[item.validity] },
                { label: '变更日期', value: formatDate(item.validityOn) },
                { label: '有效期至', value: item.validUntil ? formatDate(item.validUntil) : '未定' },
                { label: '索引号', value: item.indexNumber },
              ]}
            />
          </Card>
        </aside>
      </div>
    </NormativePage>
  );
}

function changeWords(change: ValidityChange): string {
  if (change.kind === 'term')
    return change.validUntil === null ? '取消有效期' : `有效期至${formatDate(change.validUntil)}`;
  const since = change.fromOn ? `，自${formatDate(change.fromOn)}起` : '';
  return `变更为“${validities[change.validity ?? 'in-force']}”${since}`;
}

function OpenChange({ open, deciding, refused }: DocumentProps & { open: ValidityChange }) {
  const { actor } = usePage();
  const own = actor?.kind === 'staff' && actor.staffId === open.proposedBy;
  const given = refused?.form === 'decision' ? refused : null;
  return (
    <Card title="待审核的变更">
      <p>
        <strong>{changeWords(open)}</strong>
      </p>
      <p>{`依据：${open.ground}`}</p>
      {open.replacementTitle && <p>{`由${bookTitle(open.replacementTitle)}代替`}</p>}
      <p class="help">{`${open.unitName}　${open.proposerName}，${formatDateTime(open.proposedAt)}提出`}</p>
      {deciding === null ? (
        <Form action={changeAddress(open.id, '/decision')} label="审核变更">
          <TextArea
            name="opinion"
            label="意见（不同意须填写）"
            rows={2}
            maxlength={500}
            value={given?.given('opinion')}
            error={given?.errors.opinion}
          />
          <FormActions>
            <Button tone="primary" name="decision" value="approve">
              批准，立即生效
            </Button>
            <Button tone="danger" name="decision" value="refuse">
              不同意
            </Button>
          </FormActions>
        </Form>
      ) : (
        <p class="help">{deciding.message}</p>
      )}
      {own && (
        <Form action={changeAddress(open.id, '/withdrawal')} layout="bare">
          <Button small>撤回这项变更</Button>
        </Form>
      )}
    </Card>
  );
}

function Propose({ item, open, proposing, today, refused }: DocumentProps) {
  const { actor } = usePage();
  if (!actor || !may(actor, 'catalogue.validity')) return null;
  if (proposing !== null) return open === null ? <Alert tone="info">{proposing.message}</Alert> : null;
  const read = (form: 'validity' | 'term') => (refused?.form === form ? refused : null);
  const change = read('validity');
  const term = read('term');
  const choices = (Object.keys(validities) as (keyof typeof validities)[]).filter(
    (key) => key !== item.validity || key === 'amended',
  );
  return (
    <>
      <Card title="提出有效性变更">
        <Form action={documentAddress(item.id, '/validity')}>
          <RadioField
            name="validity"
            label="变更为"
            inline
            required
            value={change?.given('validity')}
            error={change?.errors.validity}
            options={choices.map((value) => ({ value, label: validities[value] }))}
          />
          <DateField
            name="fromOn"
            label="自哪一天起"
            required
            max={today}
            value={change?.given('fromOn') ?? today}
            error={change?.errors.fromOn}
          />
          <TextArea
            name="ground"
            label="依据"
            rows={2}
            maxlength={500}
            required
            help="例如废止决定的名称和文号；公开页面会显示。"
            value={change?.given('ground')}
            error={change?.errors.ground}
          />
          <TextField
            name="replacement"
            label="代替它的文件"
            width={40}
            maxlength={100}
            help="已公开文件的索引号或者发文字号；没有的留空。"
            value={change?.given('replacement')}
            error={change?.errors.replacement}
          />
          <FormActions>
            <Button tone="primary">提交审核</Button>
          </FormActions>
        </Form>
      </Card>
      {(item.validity === 'in-force' || item.validity === 'amended') && (
        <Card title="登记或者延长有效期">
          <Form action={documentAddress(item.id, '/term')}>
            <DateField
              name="validUntil"
              label="有效期至"
              help="届满次日自动标注失效并记入台账；届满前会提醒。留空表示取消有效期。"
              value={term?.given('validUntil') ?? item.validUntil}
              error={term?.errors.validUntil}
            />
            <TextArea
              name="termGround"
              label="依据"
              rows={2}
              maxlength={500}
              required
              value={term?.given('termGround')}
              error={term?.errors.termGround}
            />
            <FormActions>
              <Button>提交审核</Button>
            </FormActions>
          </Form>
        </Card>
      )}
    </>
  );
}

function Notes({ notes }: { notes: readonly ToldNote[] }) {
  return (
    <Table
      caption="有效性沿革"
      stack
      columns={[{ label: '自' }, { label: '有效性' }, { label: '依据', width: 'wide' }, { label: '办理' }]}
    >
      {notes.map((note) => (
        <tr key={note.id}>
          <td data-label="自">{formatDate(note.fromOn)}</td>
          <td data-label="有效性">
            <ValidityBadge validity={note.validity} />
          </td>
          <td data-label="依据">
            {note.ground}
            {note.replacedBy !== null && (
              <span class="cell-note">
                {'由'}
                <a href={itemAddress(note.replacedBy)}>{note.replacementTitle}</a>
                {'代替'}
              </span>
            )}
          </td>
          <td data-label="办理">
            {note.cleanUpId === null ? (
              note.byName
            ) : (
              <a href={cleanUpAddress(note.cleanUpId)}>{`${note.byName}（文件清理）`}</a>
            )}
          </td>
        </tr>
      ))}
    </Table>
  );
}

function Changes({ changes }: DocumentProps) {
  if (changes.length === 0) return <Empty title="还没有提出过变更" icon="history" />;
  return (
    <Table
      caption="变更的提出和审核"
      stack
      columns={[{ label: '变更', width: 'wide' }, { label: '提出' }, { label: '审核' }, { label: '结果' }]}
    >
      {changes.map((change) => (
        <tr key={change.id}>
          <td data-label="变更">
            {changeWords(change)}
            <span class="cell-note">{change.ground}</span>
          </td>
          <td data-label="提出">{`${change.proposerName}，${formatDateTime(change.proposedAt)}`}</td>
          <td data-label="审核">
            {change.deciderName && change.decidedAt
              ? `${change.deciderName}，${formatDateTime(change.decidedAt)}`
              : '—'}
            {change.opinion && <span class="cell-note">{change.opinion}</span>}
          </td>
          <td data-label="结果">
            <Badge tone={states[change.state].tone}>{states[change.state].label}</Badge>
          </td>
        </tr>
      ))}
    </Table>
  );
}
