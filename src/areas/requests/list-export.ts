import type { Readable } from 'node:stream';
import { transact } from '../../core/db.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { type CellValue, type OutColumn, streamCsv, streamXlsx } from '../../core/spreadsheet/index.ts';
import { visibleLine } from '../../core/visible-text.ts';
import { channels, regimes, replyKind } from '../../law/index.ts';
import { record } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import { openApplicant } from './applicant.ts';
import type { RequestCtx } from './case-actions.ts';
import { scopeOf } from './list.ts';
import { type ListFilter, stateGroups } from './list-filter.ts';
import { type ListedRequest, type ListPlace, requestsBehind, sealedApplicants } from './list-store.ts';
import { type Applicant, applicantKinds, requestStates } from './model.ts';

/** Rows read at once; nothing else is held. */
const ROWS_AT_ONCE = 500;
/** What one sheet of a workbook holds, less its head. */
const SHEET_ROWS = 1_000_000;

const plainColumns: readonly OutColumn[] = [
  { label: '编号', width: 16 },
  { label: '申请内容', width: 48 },
  { label: '申请人类别', width: 14 },
  { label: '渠道', width: 12 },
  { label: '提交日期', width: 12, kind: 'date' },
  { label: '收到日期', width: 12, kind: 'date' },
  { label: '适用条例', width: 18 },
  { label: '状态', width: 10 },
  { label: '承办部门', width: 20 },
  { label: '承办人', width: 10 },
  { label: '答复期限', width: 12, kind: 'date' },
  { label: '期限暂定', width: 10 },
  { label: '办理结果', width: 32 },
  { label: '办结日期', width: 12, kind: 'date' },
];
const personalColumns: readonly OutColumn[] = [
  { label: '姓名或名称', width: 20 },
  { label: '证件号码', width: 22, kind: 'text' },
  { label: '电话', width: 16, kind: 'text' },
  { label: '邮箱', width: 24 },
  { label: '地址', width: 40 },
];

/**
 * The filtered list as a table, streamed; by day of receipt, the newest first. Applicants are in it only when the person may
 * see them, asks for them and says why; the export is recorded before its first row leaves.
 * @throws InvalidForm without a reason
 */
export async function exportRequests(
  ctx: RequestCtx,
  filter: ListFilter,
  asked: { format: 'csv' | 'xlsx'; personal: boolean; reason: string },
): Promise<{ name: string; type: string; content: Readable }> {
  demand(ctx.actor, 'requests.export');
  const reason = visibleLine(asked.reason);
  if (asked.personal) {
    demand(ctx.actor, 'requests.reveal');
    if ([...reason].length < 2 || reason.length > 200)
      throw new InvalidForm({ reason: '导出申请人信息须写明理由，2 至 200 字。' });
  }
  await transact(ctx, (inside) =>
    record(inside, {
      act: 'requests.export',
      subject: { kind: 'request-list', id: 'export', label: '申请台账' },
      after: {
        group: stateGroups[filter.group].label,
        personal: asked.personal ? '含申请人信息' : '不含申请人信息',
        format: asked.format,
      },
      ...(asked.personal && { reason }),
    }),
  );
  const columns = asked.personal ? [...plainColumns, ...personalColumns] : plainColumns;
  const rows = exportRows(ctx, filter, asked.personal);
  const name = `依申请公开台账-${ctx.clock.today()}.${asked.format}`;
  if (asked.format === 'csv') {
    const labels = columns.map(({ label }) => String(label));
    return { name, type: 'text/csv; charset=utf-8', content: streamCsv(labels, rows) };
  }
  const printed = `导出日期：${ctx.clock.today()}；导出人：${ctx.actor.name}`;
  return {
    name,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    content: streamXlsx([
      {
        name: '申请',
        heading: [`依申请公开台账（${stateGroups[filter.group].label}）`, printed],
        columns,
        rows: firstOf(rows, SHEET_ROWS),
      },
    ]),
  };
}

async function* firstOf<Row>(rows: AsyncIterable<Row>, most: number): AsyncGenerator<Row> {
  let given = 0;
  for await (const row of rows) {
    if (given++ === most) return;
    yield row;
  }
}

async function* exportRows(
  ctx: RequestCtx,
  filter: ListFilter,
  personal: boolean,
): AsyncGenerator<readonly CellValue[]> {
  const order = { sort: 'received', descending: true } as const;
  const question = { scope: scopeOf(ctx.actor), filter };
  let behind: ListPlace | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof requestsBehind>> = await requestsBehind(
      ctx.db,
      ctx.agencyId,
      question,
      order,
      { behind, limit: ROWS_AT_ONCE },
    );
    const people = personal ? await applicantsOf(ctx, page) : null;
    for (const row of page)
      yield people ? [...plainRow(row), ...personalRow(people.get(row.id))] : plainRow(row);
    const last = page.at(-1);
    if (page.length < ROWS_AT_ONCE || last === undefined) return;
    behind = { key: last.key, id: last.id };
  }
}

async function applicantsOf(
  ctx: RequestCtx,
  rows: readonly ListedRequest[],
): Promise<Map<number, Applicant>> {
  const sealed = await sealedApplicants(
    ctx.db,
    ctx.agencyId,
    rows.map(({ id }) => id),
  );
  return new Map(
    sealed.map(({ id, number, applicant }) => [
      id,
      openApplicant(ctx.vault, ctx.agencyId, number, applicant),
    ]),
  );
}

function plainRow(row: ListedRequest): CellValue[] {
  return [
    row.number,
    row.title,
    applicantKinds[row.applicantKind],
    channels[row.channel].label,
    row.submittedOn,
    row.receivedOn,
    row.regime === null ? null : `国务院令第${regimes[row.regime].order}号`,
    requestStates[row.state].label,
    row.unitName,
    row.handlerName,
    row.dueOn,
    row.provisional ? '是' : null,
    row.resultCode === null
      ? null
      : row.resultCode === 'W'
        ? '申请人撤回'
        : (replyKind(row.resultCode)?.label ?? row.resultCode),
    row.concludedOn,
  ];
}

/** Empty where the applicant's data were disposed of. */
const personalRow = (applicant: Applicant | undefined): CellValue[] =>
  applicant === undefined
    ? [null, null, null, null, null]
    : [applicant.name, applicant.identityNumber, applicant.phone, applicant.email, applicant.address];
