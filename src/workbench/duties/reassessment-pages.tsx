import {
  attributes,
  type Item,
  type KeptBack,
  type KeptBackPlace,
  type KeptBackQuery,
  type Obstacle,
  type Reassessment,
} from '../../areas/catalogue/index.ts';
import type { Unit } from '../../areas/organisations/index.ts';
import {
  Badge,
  Button,
  Card,
  DateField,
  daysLeft,
  Empty,
  ErrorSummary,
  Facts,
  Form,
  FormActions,
  formatDate,
  Light,
  LinkButton,
  Pager,
  RadioField,
  SelectField,
  Table,
  TextArea,
} from '../../ui/index.ts';
import { itemAddress } from '../items/addresses.ts';
import type { Errors, Given } from '../request.ts';
import { WorkbenchPage } from '../shell.tsx';
import { DUTIES, keptBackAddress, REASSESSMENTS, reassessmentAddress } from './addresses.ts';
import { DutiesView } from './frame.tsx';

/** 不公开信息的定期评估 (711/18): what is due, and all that is kept back. */
export function KeptBackPage(props: {
  query: KeptBackQuery;
  rows: readonly KeptBack[];
  next: KeptBackPlace | null;
  first: boolean;
  due: number;
  units: readonly Unit[];
  today: string;
}) {
  const { query, rows, next, first, due, units, today } = props;
  return (
    <DutiesView
      view="reassessment"
      due={due}
      lead="对不予公开的政府信息定期评估审查，因情势变化可以公开的应当公开（条例第十八条）。"
    >
      <Form action={REASSESSMENTS} method="get" layout="inline" label="筛选待评估信息">
        <SelectField
          name="all"
          label="范围"
          value={query.due ? '' : '1'}
          blank="已到评估日期的"
          options={[{ value: '1', label: '全部不公开的' }]}
        />
        <SelectField
          name="unit"
          label="部门"
          blank="全部部门"
          value={query.unitId}
          options={units.map(({ id, name }) => ({ value: String(id), label: name }))}
        />
        <Button>筛选</Button>
      </Form>
      {rows.length === 0 ? (
        <Empty
          title={query.due ? '没有到期待评估的信息' : '没有审定为不公开的信息'}
          icon="circle-check"
          action={
            query.due ? (
              <a href={keptBackAddress({ ...query, due: false })}>查看全部不公开的信息</a>
            ) : undefined
          }
        />
      ) : (
        <Table
          caption="待评估的不公开信息"
          queue
          stack
          columns={[
            { label: '标题', width: 'wide' },
            { label: '部门' },
            { label: '公开属性' },
            { label: '审定日期' },
            { label: '下次评估' },
          ]}
        >
          {rows.map((row) => (
            <tr key={row.itemId}>
              <th scope="row" data-label="标题">
                <a href={reassessmentAddress(row.itemId)}>{row.title || '未命名的信息'}</a>
                <span class="cell-note">{row.attributeReason}</span>
              </th>
              <td data-label="部门">{row.unitName}</td>
              <td data-label="公开属性">
                <Badge>{attributes[row.attribute]}</Badge>
              </td>
              <td data-label="审定日期">{formatDate(row.decidedOn)}</td>
              <td data-label="下次评估">
                <Light tone={row.dueOn < today ? 'red' : row.dueOn === today ? 'amber' : 'green'}>
                  {daysLeft(row.dueOn, today)}
                </Light>
              </td>
            </tr>
          ))}
        </Table>
      )}
      <Pager
        previousHref={first ? null : keptBackAddress(query)}
        nextHref={next && keptBackAddress(query, next)}
      />
    </DutiesView>
  );
}

/** One item that is kept back: the form of its assessment, and the earlier ones. */
export function ReassessmentPage(props: {
  item: Item;
  row: KeptBack | null;
  history: readonly Reassessment[];
  /** The next day of assessment that the interval proposes. */
  next: string;
  obstacle: Obstacle | null;
  given?: Given;
  errors?: Errors;
}) {
  const { item, row, history, next, obstacle, given, errors } = props;
  const title = row?.title || item.title || '未命名的信息';
  return (
    <WorkbenchPage
      title={title}
      current={DUTIES}
      breadcrumbs={[
        { label: '公开期限和评估', href: DUTIES },
        { label: '不公开信息的评估', href: REASSESSMENTS },
        { label: title },
      ]}
      actions={
        <LinkButton href={itemAddress(item.id, '/record')} icon="file-text">
          稿件和办理记录
        </LinkButton>
      }
    >
      <ErrorSummary errors={errors} />
      {row && (
        <Card title="现在的决定">
          <Facts
            items={[
              { label: '公开属性', value: attributes[row.attribute] },
              { label: '理由', value: row.attributeReason },
              { label: '部门', value: row.unitName },
              { label: '审定日期', value: formatDate(row.decidedOn) },
              { label: '下次评估', value: formatDate(row.dueOn) },
            ]}
          />
        </Card>
      )}
      {row &&
        (obstacle === null ? (
          <Card title="评估审查">
            <Form action={reassessmentAddress(item.id)} guard>
              <RadioField
                name="result"
                label="评估结果"
                required
                value={given?.('result')}
                error={errors?.result}
                options={[
                  {
                    value: row.attribute,
                    label: `仍为${attributes[row.attribute]}`,
                    help: '写明理由，定下次评估的日期。',
                  },
                  ...(['proactive', 'on-request', 'closed'] as const)
                    .filter((value) => value !== row.attribute)
                    .map((value) => ({
                      value,
                      label: `改为${attributes[value]}`,
                      help: '退回撰写人成为草稿，修改后重新送审。',
                    })),
                ]}
              />
              <TextArea
                name="reason"
                label="理由和依据"
                rows={3}
                maxlength={500}
                required
                value={given?.('reason')}
                error={errors?.reason}
              />
              <DateField
                name="nextOn"
                label="下次评估的日期"
                help="仍不公开的填写；日期由规则设置里的评估间隔推算，可以修改。"
                value={given?.('nextOn') || next}
                error={errors?.nextOn}
              />
              <FormActions>
                <Button tone="primary">记录评估结果</Button>
              </FormActions>
            </Form>
          </Card>
        ) : (
          <p class="help">{obstacle.message}</p>
        ))}
      <Card title="历次评估" flush>
        {history.length === 0 ? (
          <Empty title="还没有评估过" icon="history" />
        ) : (
          <Table
            caption="历次评估"
            stack
            columns={[
              { label: '日期' },
              { label: '结果' },
              { label: '理由', width: 'wide' },
              { label: '评估人' },
              { label: '下次' },
            ]}
          >
            {history.map((one) => (
              <tr key={one.id}>
                <td data-label="日期">{formatDate(one.assessedOn)}</td>
                <td data-label="结果">
                  {one.result === one.attribute
                    ? `仍为${attributes[one.result]}`
                    : `${attributes[one.attribute]}改为${attributes[one.result]}`}
                </td>
                <td data-label="理由">{one.reason}</td>
                <td data-label="评估人">{one.byName}</td>
                <td data-label="下次">{formatDate(one.nextOn)}</td>
              </tr>
            ))}
          </Table>
        )}
      </Card>
    </WorkbenchPage>
  );
}
