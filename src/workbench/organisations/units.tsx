import { type Agency, may, type Unit } from '../../areas/organisations/index.ts';
import {
  Badge,
  Button,
  Card,
  Confirm,
  Empty,
  ErrorSummary,
  Form,
  FormActions,
  formatDate,
  LinkButton,
  Table,
  TextField,
  usePage,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import type { Errors, Given } from './request.ts';
import { within } from './request.ts';

const CURRENT = '/workbench/units';

export function UnitsPage(props: { agency: Agency; units: Unit[]; given?: Given; errors?: Errors }) {
  const { agency, units, given = {}, errors = {} } = props;
  const { actor } = usePage();
  const mayWrite = actor !== null && may(actor, 'organisations.write');
  const address = `${CURRENT}${within(agency, actor)}`;
  const common = (name: string) => ({ name, value: given[name], error: errors[name] });
  return (
    <WorkbenchPage title="部门" current={CURRENT} lead={agency.name}>
      {units.length === 0 ? (
        <Empty title="还没有部门">在下面填写第一个部门，然后就可以新增人员。</Empty>
      ) : (
        <Table
          caption="部门"
          columns={[
            { label: '排序号', numeric: true, width: 'narrow' },
            { label: '名称' },
            { label: '代码' },
            { label: '状态' },
            { label: '操作', labelHidden: true },
          ]}
          stack
        >
          {units.map((unit) => (
            <tr key={unit.id}>
              <td data-label="排序号" class="numeric">
                {unit.position}
              </td>
              <td data-label="名称">{unit.name}</td>
              <td data-label="代码">
                <code>{unit.code}</code>
              </td>
              <td data-label="状态">
                {unit.closedOn ? (
                  <Badge>{formatDate(unit.closedOn)}停用</Badge>
                ) : (
                  <Badge tone="success">使用中</Badge>
                )}
              </td>
              <td class="nowrap">
                <span class="row-links">
                  <a href={`/workbench/staff${within(agency, actor, { unit: String(unit.id) })}`}>人员</a>
                  {mayWrite && <a href={`${CURRENT}/${unit.id}${within(agency, actor)}`}>修改</a>}
                </span>
              </td>
            </tr>
          ))}
        </Table>
      )}
      {mayWrite && (
        <Card title="新增部门" id="new">
          <ErrorSummary errors={errors} />
          <Form action={address}>
            <TextField {...common('name')} label="部门名称" width={20} required />
            <TextField
              {...common('code')}
              label="代码"
              help="字母、数字和连字符，用于导入和导出，建立后不能修改。"
              width={12}
              required
            />
            <TextField
              {...common('position')}
              label="排序号"
              type="number"
              width={8}
              help="小的在前，不填为0。"
              min={0}
              max={9999}
            />
            <FormActions>
              <Button tone="primary">新增部门</Button>
            </FormActions>
          </Form>
        </Card>
      )}
    </WorkbenchPage>
  );
}

export function UnitPage(props: {
  agency: Agency;
  unit: Unit;
  people: number;
  given?: Given;
  errors?: Errors;
}) {
  const { agency, unit, people, given = {}, errors = {} } = props;
  const { actor } = usePage();
  const query = within(agency, actor);
  return (
    <WorkbenchPage
      title={unit.name}
      current={CURRENT}
      breadcrumbs={[{ label: '部门', href: `${CURRENT}${query}` }, { label: unit.name }]}
      lead={agency.name}
    >
      <ErrorSummary errors={errors} />
      <Form action={`${CURRENT}/${unit.id}${query}`}>
        <TextField
          name="name"
          label="部门名称"
          value={given.name ?? unit.name}
          error={errors.name}
          width={20}
          required
        />
        <TextField
          name="position"
          label="排序号"
          type="number"
          value={given.position ?? unit.position}
          error={errors.position}
          width={8}
          min={0}
          max={9999}
        />
        <FormActions>
          <Button tone="primary">保存部门</Button>
          <LinkButton href={`${CURRENT}${query}`}>返回</LinkButton>
        </FormActions>
      </Form>
      {unit.closedOn ? (
        <Confirm
          consequence={`${unit.name}已于${formatDate(unit.closedOn)}停用。恢复后可以重新安排人员和填报。`}
          action={`${CURRENT}/${unit.id}/reopening${query}`}
          label="恢复使用"
        />
      ) : people > 0 ? (
        <p class="help">
          {unit.name}还有{people}名在岗人员，调整他们的部门后才能停用。
        </p>
      ) : (
        <Confirm
          consequence={`停用后${unit.name}不能再安排人员，今后的填报也不再要求它报送；已有的记录都保留。`}
          action={`${CURRENT}/${unit.id}/closure${query}`}
          label="停用部门"
          tone="danger"
        />
      )}
    </WorkbenchPage>
  );
}
