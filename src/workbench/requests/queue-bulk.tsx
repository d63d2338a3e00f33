import type { Unit } from '../../areas/organisations/index.ts';
import type { Obstacle, QueuedRequest } from '../../areas/requests/index.ts';
import {
  Button,
  Card,
  Empty,
  ErrorSummary,
  Form,
  FormActions,
  LinkButton,
  SelectField,
  Table,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { caseAddress, REQUESTS } from './case-addresses.ts';

export const bulkActs = { assign: '分办', archive: '归档' } as const;
export type BulkAct = keyof typeof bulkActs;

/** Under the list: what is done with the ticked rows, after a look at who is left out. */
export function QueueBulk(props: {
  may: { assign: boolean; archive: boolean };
  units: readonly Unit[];
  people: readonly { id: number; name: string; unitName: string }[];
}) {
  const { may, units, people } = props;
  return (
    <div class="bulk-bar" data-print="no">
      <span data-checked-count role="status" class="help">
        勾选上面的申请后一并办理
      </span>
      {may.assign && (
        <>
          <SelectField
            name="unit"
            id="bulk-unit"
            label="分办部门"
            labelHidden
            blank="分办给部门"
            options={units.map(({ id, name }) => ({ value: String(id), label: name }))}
          />
          <SelectField
            name="handler"
            id="bulk-handler"
            label="承办人"
            labelHidden
            blank="由部门指定承办人"
            options={people.map(({ id, name, unitName }) => ({
              value: String(id),
              label: `${name}（${unitName}）`,
            }))}
          />
          <Button name="act" value="assign">
            预览分办
          </Button>
        </>
      )}
      {may.archive && (
        <Button name="act" value="archive">
          预览归档
        </Button>
      )}
    </div>
  );
}

/** What a bulk act will do and whom it will pass over, before anything is done. */
export function BulkPreviewPage(props: {
  act: BulkAct;
  open: readonly QueuedRequest[];
  skipped: readonly { request: QueuedRequest; why: Obstacle }[];
  /** Rows that are no longer there, or no longer the person's to see. */
  gone: number;
  to: { unit: Unit | null; handler: { id: number; name: string } | null };
  back: string;
  errors?: Readonly<Record<string, string>>;
}) {
  const { act, open, skipped, gone, to, back, errors } = props;
  const label = bulkActs[act];
  const where =
    act === 'assign' && to.unit
      ? `给${to.unit.name}${to.handler ? `的${to.handler.name}` : '，由部门指定承办人'}`
      : '';
  return (
    <WorkbenchPage
      title={`${label} ${open.length} 件申请${where}`}
      current={REQUESTS}
      breadcrumbs={[{ label: '依申请公开', href: back }, { label: `批量${label}` }]}
      lead="下面是将要办理的申请，还没有办理。"
      wide
    >
      <ErrorSummary errors={errors} />
      {gone > 0 && <p class="bulk-notes">{gone} 件已不在列表中，跳过。</p>}
      {open.length === 0 ? (
        <Card>
          <Empty title={`没有可以${label}的申请`} action={<a href={back}>返回申请列表</a>} />
        </Card>
      ) : (
        <>
          <Table
            caption={`将要${label}的申请`}
            stack
            columns={[{ label: '编号' }, { label: '申请内容' }, { label: '现在的承办部门' }]}
          >
            {open.map((request) => (
              <tr key={request.id}>
                <td data-label="编号">
                  <a href={caseAddress(request.id)}>{request.number}</a>
                </td>
                <td data-label="申请内容">{request.title}</td>
                <td data-label="现在的承办部门">{request.unitName ?? '未分办'}</td>
              </tr>
            ))}
          </Table>
          <Form action={`${REQUESTS}/bulk/confirmation`}>
            {open.map((request) => (
              <input
                key={request.id}
                type="hidden"
                name="request"
                value={`${request.id}.${request.version}`}
              />
            ))}
            <input type="hidden" name="act" value={act} />
            <input type="hidden" name="unit" value={to.unit ? String(to.unit.id) : ''} />
            <input type="hidden" name="handler" value={to.handler ? String(to.handler.id) : ''} />
            <input type="hidden" name="back" value={back} />
            <FormActions>
              <Button tone="primary" icon="check">{`${label} ${open.length} 件${where}`}</Button>
              <LinkButton href={back}>返回，不办理</LinkButton>
            </FormActions>
          </Form>
        </>
      )}
      {skipped.length > 0 && (
        <section class="bulk-skipped">
          <h2>跳过 {skipped.length} 件</h2>
          <Table
            caption={`不能${label}的申请`}
            stack
            columns={[{ label: '编号' }, { label: '申请内容' }, { label: '原因' }]}
          >
            {skipped.map(({ request, why }) => (
              <tr key={request.id}>
                <td data-label="编号">
                  <a href={caseAddress(request.id)}>{request.number}</a>
                </td>
                <td data-label="申请内容">{request.title}</td>
                <td data-label="原因">{why.message}</td>
              </tr>
            ))}
          </Table>
        </section>
      )}
    </WorkbenchPage>
  );
}
