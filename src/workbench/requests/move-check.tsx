import { acceptRequest, assignRequest, recordSearch } from '../../areas/requests/index.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { Alert, Button, FileField, RadioField, SelectField, TextArea } from '../../ui/index.ts';
import { oneOf } from '../request.ts';
import { SCANS } from './case-uploads.ts';
import { searchOutcomes } from './case-words.ts';
import type { MoveForm } from './move-form.ts';
import { officeOf, UnitFields } from './move-units.tsx';
import { numberOrNull } from './request.ts';

export const acceptForm: MoveForm = {
  move: 'accept',
  path: 'acceptance',
  title: '审查通过并分办',
  button: '审查通过，交部门办理',
  consequence: () => (
    <>
      <p>通过之前请确认三件事：</p>
      <ol class="checks">
        <li>申请完整：姓名或者名称、身份证明、联系方式、获取信息的方式齐全；</li>
        <li>内容明确：能够按描述找到所指的信息，不明确的请办理“告知补正”；</li>
        <li>一事一申请：包含几件不相干的事的，请先办理“拆分为多件”。</li>
      </ol>
    </>
  ),
  fields: async ({ ctx, given, errors }) => (
    <>
      <UnitFields office={await officeOf(ctx)} given={given} errors={errors} unitLabel="主办部门" required />
      <p class="help">需要几个部门协同的，通过之后再办理“分办”。</p>
    </>
  ),
  submit: async (ctx, ref, { given }) => {
    const unitId = numberOrNull(given('unitId'));
    if (unitId === null) throw new InvalidForm({ unitId: '请选择由哪个部门承办。' });
    await acceptRequest(ctx, ref, { unitId, handlerId: numberOrNull(given('handlerId')) });
    return '审查通过，已交部门办理。';
  },
};

const MOST_ROWS = 20;

export const assignForm: MoveForm = {
  move: 'assign',
  path: 'assignment',
  title: '分办',
  button: '保存分办',
  consequence: () => (
    <p>第一个部门主办，其余协办。没有再列出的部门不再承办这件申请，它们已经登记的检索结果保留。</p>
  ),
  fields: async ({ ctx, view, given, errors }) => {
    const office = await officeOf(ctx);
    const { assignments } = view.standing;
    const current = [...assignments].sort((a, b) => Number(b.lead) - Number(a.lead));
    const asked = Math.max(current.length + 1, Number(given('rows')) || 0, 2);
    const rows = Math.min(given('then') === 'more' ? asked + 1 : asked, MOST_ROWS);
    const fresh = given('version') === '';
    const value = (row: number) => (name: string) => {
      if (!fresh) return given(name);
      const assigned = current[row];
      if (!assigned) return '';
      return String((name.startsWith('unitId') ? assigned.unitId : assigned.handlerId) ?? '');
    };
    return (
      <>
        {errors.units && <Alert tone="danger">{errors.units}</Alert>}
        <input type="hidden" name="rows" value={rows} />
        {Array.from({ length: rows }, (_, row) => (
          <UnitFields
            key={row}
            office={office}
            given={value(row)}
            errors={errors}
            suffix={`-${row}`}
            unitLabel={row === 0 ? '主办部门' : `协办部门 ${row}`}
            blank={row === 0 ? '请选择部门' : '没有'}
            required={row === 0}
          />
        ))}
        {rows < MOST_ROWS && (
          <p>
            <Button name="then" value="more" small formnovalidate icon="plus">
              再加一个协办部门
            </Button>
          </p>
        )}
      </>
    );
  },
  submit: async (ctx, ref, { given }) => {
    const rows = Math.min(Number(given('rows')) || 0, MOST_ROWS);
    const units = Array.from({ length: rows }, (_, row) => ({
      row,
      unitId: numberOrNull(given(`unitId-${row}`)),
      handlerId: numberOrNull(given(`handlerId-${row}`)),
    }));
    if (units[0]?.unitId == null) throw new InvalidForm({ 'unitId-0': '请选择主办部门。' });
    const chosen = units.flatMap(({ row, unitId, handlerId }) =>
      unitId === null ? [] : [{ unitId, handlerId, lead: row === 0 }],
    );
    await assignRequest(ctx, ref, chosen);
    return chosen.length === 1 ? '已分办。' : `已分办给 ${chosen.length} 个部门。`;
  },
};

export const searchForm: MoveForm = {
  move: 'record-search',
  path: 'search',
  title: '登记检索结果',
  button: '保存检索结果',
  files: { record: 'record' },
  fields: async ({ ctx, view, given, errors }) => {
    const office = await officeOf(ctx);
    const names = new Map(office.units.map(({ id, name }) => [id, name]));
    const { assignments } = view.standing;
    const own = ctx.actor.kind === 'staff' ? ctx.actor.unitId : null;
    const preset = assignments.find(({ unitId }) => unitId === own) ?? assignments[0];
    return (
      <>
        <SelectField
          name="unitId"
          label="检索的部门"
          value={given('unitId') || preset?.unitId}
          error={errors.unitId}
          options={assignments.map(({ unitId }) => ({
            value: String(unitId),
            label: names.get(unitId) ?? `部门 ${unitId}`,
          }))}
        />
        <RadioField
          name="outcome"
          label="结果"
          value={given('outcome')}
          error={errors.outcome}
          options={Object.entries(searchOutcomes).map(([value, label]) => ({ value, label }))}
          required
        />
        <TextArea
          name="findings"
          label="检索的范围、关键词和结果"
          rows={5}
          value={given('findings')}
          error={errors.findings}
          help="在哪些系统、档案里，用什么词查过，查到什么。法院会问到这些。"
          required
        />
        <FileField
          name="record"
          label="检索到的文件"
          multiple
          accept={SCANS}
          error={errors.record}
          help="原件密封保存；要提供给申请人的，先做区分处理或者放行检查。"
        />
      </>
    );
  },
  submit: async (ctx, ref, { given, files }) => {
    const outcome = oneOf(searchOutcomes, given('outcome'));
    if (!outcome) throw new InvalidForm({ outcome: '请选择检索结果。' });
    const unitId = numberOrNull(given('unitId'));
    if (unitId === null) throw new InvalidForm({ unitId: '请选择检索的部门。' });
    await recordSearch(ctx, ref, { unitId, outcome, findings: given('findings'), files });
    return '检索结果已登记。';
  },
};
