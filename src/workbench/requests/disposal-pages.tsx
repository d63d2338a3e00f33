import {
  type Disposal,
  type DueForm,
  disposalStates,
  type HeldForm,
  MOST_DUE_COUNTED,
  MOST_ON_LIST,
} from '../../areas/requests/index.ts';
import {
  Badge,
  Button,
  Card,
  Empty,
  ErrorSummary,
  Form,
  FormActions,
  formatDate,
  formatDateTime,
  formatNumber,
  Pager,
  Table,
  TextField,
} from '../../ui/index.ts';
import type { Errors, Given } from '../request.ts';
import { DISPOSAL, disposalAddress } from './case-addresses.ts';
import { DisposalFrame, FormParts } from './disposal-frame.tsx';

const upTo = (count: number) =>
  count > MOST_DUE_COUNTED ? `${formatNumber(MOST_DUE_COUNTED)} 份以上` : `${formatNumber(count)} 份`;

/** Forms whose time of keeping is over: chosen for a list, or held back. */
export function DueFormsPage(props: {
  retention: { years: number; closedUntil: string };
  items: readonly DueForm[];
  next: string | null;
  count: number;
  behind: string;
  mayDispose: boolean;
  given: Given;
  errors: Errors;
  chosen: readonly number[];
}) {
  const { retention, items, next, count, behind, mayDispose, errors } = props;
  const pager = (
    <Pager
      previousHref={behind === '' ? null : DISPOSAL}
      nextHref={next === null ? null : `${DISPOSAL}?behind=${next}`}
      note={items.length > 0 && `共 ${upTo(count)}`}
    />
  );
  return (
    <DisposalFrame
      view="due"
      lead={
        <>
          申请人信息自办结起保管 {retention.years} 年（<a href="/workbench/settings">规则设置</a>
          ）。到期的由专员列入清单，领导批准后销毁；编号、日期、种类、结果和统计数据保留。
        </>
      }
    >
      <ErrorSummary errors={errors} />
      {items.length === 0 ? (
        <>
          <Card>
            <Empty title={behind === '' ? '没有到期的申请表' : '没有更多到期的申请表'} icon="calendar-check">
              {formatDate(retention.closedUntil)}以前办结、没有未了的投诉、复议和诉讼的申请才到期。
            </Empty>
          </Card>
          {pager}
        </>
      ) : mayDispose ? (
        <Form action={`${DISPOSAL}/lists`} layout="bare">
          <input type="hidden" name="behind" value={behind} />
          <DueTable {...props} choose />
          {pager}
          <DueActs {...props} />
        </Form>
      ) : (
        <>
          <DueTable {...props} />
          {pager}
        </>
      )}
    </DisposalFrame>
  );
}

function DueTable(props: { items: readonly DueForm[]; choose?: boolean; chosen: readonly number[] }) {
  const { items, choose = false, chosen } = props;
  return (
    <Table
      caption="到期的申请表"
      stack
      columns={[
        ...(choose ? [{ label: '选择', labelHidden: true }] : []),
        { label: '编号' },
        { label: '申请内容和结果', width: 'wide' },
        { label: '提出', width: 'medium' },
        { label: '办结', width: 'medium' },
      ]}
    >
      {items.map(({ id, number, parts, submittedOn, closedOn }) => (
        <tr key={id}>
          {choose && (
            <td class="queue-tick">
              <input
                type="checkbox"
                name="forms"
                value={id}
                checked={chosen.includes(id)}
                aria-label={`选择 ${number}`}
              />
            </td>
          )}
          <th scope="row" class="queue-number" data-label="编号">
            {number}
          </th>
          <td data-label="申请内容和结果">
            <FormParts parts={parts} />
          </td>
          <td class="queue-day" data-label="提出">
            {formatDate(submittedOn)}
          </td>
          <td class="queue-day" data-label="办结">
            {formatDate(closedOn)}
          </td>
        </tr>
      ))}
    </Table>
  );
}

function DueActs({ count, given, errors }: { count: number; given: Given; errors: Errors }) {
  return (
    <div class="disposal-acts" id="field-forms">
      <Card title="列入清单">
        <p class="help">
          清单交领导批准；批准之前可以撤回，什么都不会销毁。一份清单最多 {formatNumber(MOST_ON_LIST)}{' '}
          份，先列最早的。
        </p>
        <FormActions>
          <Button tone="primary" name="scope" value="chosen">
            选中的列入清单
          </Button>
          <Button name="scope" value="all">
            {`全部 ${upTo(count)}列入清单`}
          </Button>
        </FormActions>
      </Card>
      <Card title="暂缓">
        <TextField
          name="reason"
          label="暂缓的理由"
          value={given('reason')}
          error={errors.reason}
          maxlength={200}
          autocomplete="off"
          help="例如与在办的诉讼有关、有长期保存的价值；不要写姓名。"
        />
        <FormActions>
          <Button formaction={`${DISPOSAL}/holds`}>选中的暂缓处置</Button>
        </FormActions>
      </Card>
    </div>
  );
}

/** Forms that are held back, and why. */
export function HeldFormsPage(props: {
  items: readonly HeldForm[];
  next: string | null;
  first: boolean;
  mayDispose: boolean;
}) {
  const { items, next, first, mayDispose } = props;
  return (
    <DisposalFrame view="holds" lead="暂缓的申请表不列入清单，已在清单上的也不销毁。">
      {items.length === 0 ? (
        <Card>
          <Empty title="没有暂缓的申请表" icon="circle-check" />
        </Card>
      ) : (
        <Table
          caption="暂缓的申请表"
          stack
          columns={[
            { label: '编号' },
            { label: '申请内容和结果', width: 'wide' },
            { label: '暂缓的理由', width: 'wide' },
            { label: '暂缓', width: 'medium' },
            ...(mayDispose ? [{ label: '取消', labelHidden: true }] : []),
          ]}
        >
          {items.map((held) => (
            <tr key={held.id}>
              <th scope="row" class="queue-number" data-label="编号">
                {held.number}
              </th>
              <td data-label="申请内容和结果">
                <FormParts parts={held.parts} />
              </td>
              <td data-label="暂缓的理由">{held.reason}</td>
              <td data-label="暂缓">
                {formatDateTime(held.heldAt)}，{held.heldBy}
              </td>
              {mayDispose && (
                <td>
                  <Form action={`${DISPOSAL}/holds/${held.id}/release`} layout="bare">
                    <Button small>取消暂缓</Button>
                    <span class="visually-hidden">，{held.number}</span>
                  </Form>
                </td>
              )}
            </tr>
          ))}
        </Table>
      )}
      <Pager
        previousHref={first ? null : `${DISPOSAL}/holds`}
        nextHref={next === null ? null : `${DISPOSAL}/holds?behind=${next}`}
      />
    </DisposalFrame>
  );
}

/** Every list that was ever proposed. */
export function DisposalsPage(props: { items: readonly Disposal[]; next: number | null; first: boolean }) {
  const { items, next, first } = props;
  return (
    <DisposalFrame view="lists" lead="谁提出、谁批准、销毁了多少，永久保留。">
      {items.length === 0 ? (
        <Card>
          <Empty title="还没有处置清单" icon="list-check" />
        </Card>
      ) : (
        <Table
          caption="处置清单"
          queue
          stack
          columns={[
            { label: '清单' },
            { label: '状态' },
            { label: '申请表', numeric: true },
            { label: '已销毁', numeric: true },
            { label: '提出', width: 'wide' },
            { label: '办理', width: 'wide' },
          ]}
        >
          {items.map((list) => (
            <tr key={list.id}>
              <th scope="row" data-label="清单">
                <a href={disposalAddress(list.id)}>第 {list.id} 号</a>
              </th>
              <td data-label="状态">
                <Badge tone={disposalStates[list.state].tone}>{disposalStates[list.state].label}</Badge>
              </td>
              <td class="numeric" data-label="申请表">
                {formatNumber(list.forms)}
              </td>
              <td class="numeric" data-label="已销毁">
                {formatNumber(list.disposed)}
              </td>
              <td data-label="提出">
                {formatDateTime(list.proposedAt)}，{list.proposedByName}
              </td>
              <td data-label="办理">
                {list.decidedAt ? `${formatDateTime(list.decidedAt)}，${list.decidedByName}` : '—'}
              </td>
            </tr>
          ))}
        </Table>
      )}
      <Pager
        previousHref={first ? null : `${DISPOSAL}/lists`}
        nextHref={next === null ? null : `${DISPOSAL}/lists?before=${next}`}
      />
    </DisposalFrame>
  );
}
