import {
  type Entry,
  type EntryFilter,
  entriesPage,
  type Field,
  type Register,
  VOIDED_HEADING,
} from '../../areas/registers/index.ts';
import type { Ctx } from '../../core/context.ts';
import { type CellValue, type OutColumn, writeCsv, writeXlsx } from '../../core/spreadsheet/index.ts';

const BATCH = 1000;

/** Every entry a filter finds, in the order of the list. */
export async function allEntries(ctx: Ctx, register: Register, filter: EntryFilter): Promise<Entry[]> {
  const found: Entry[] = [];
  let after: string | null = null;
  do {
    const { entries, next }: Awaited<ReturnType<typeof entriesPage>> = await entriesPage(
      ctx.db,
      register,
      ctx.agencyId,
      filter,
      after === null ? null : { after },
      BATCH,
    );
    found.push(...entries);
    after = next;
  } while (after !== null);
  return found;
}

/** The columns of the template, so that a file can be imported again; voided entries say so in two more. */
function tableOf(register: Register, entries: readonly Entry[], voided: boolean) {
  const columns = [
    ...register.fields.map(columnOf),
    ...(voided
      ? [
          { label: VOIDED_HEADING, kind: 'date' as const },
          { label: '登记撤销原因', width: 30 },
        ]
      : []),
  ];
  const rows = entries.map((entry): CellValue[] => [
    ...register.fields.map(({ name, kind }) =>
      kind === 'unit' ? (entry.unitName ?? '') : (entry.values[name] ?? null),
    ),
    ...(voided ? [entry.voidedOn, entry.voidReason] : []),
  ]);
  return { columns, rows };
}

export function entriesCsv(register: Register, entries: readonly Entry[], voided: boolean): string {
  const { columns, rows } = tableOf(register, entries, voided);
  return writeCsv(
    columns.map(({ label }) => label),
    rows,
  );
}

export function entriesXlsx(register: Register, entries: readonly Entry[], voided: boolean): Promise<Buffer> {
  return writeXlsx([{ name: register.label, ...tableOf(register, entries, voided) }]);
}

/** The file to fill in: headings alone on the first sheet, how to fill them on the second. */
export function templateXlsx(register: Register): Promise<Buffer> {
  return writeXlsx([
    { name: register.label, columns: register.fields.map(columnOf), rows: [] },
    {
      name: '填写说明',
      heading: [
        `${register.label}导入模板`,
        register.lead,
        '在第一张工作表的表头下面逐行填写，不要改动表头；整个文件一次导入，有一行不合格则全部不导入。',
      ],
      columns: [
        { label: '栏目', width: 16 },
        { label: '是否必填', width: 10 },
        { label: '怎样填写', width: 60 },
        { label: '示例', width: 30 },
      ],
      rows: register.fields.map((field) => [
        field.label,
        field.required ? '必填' : '可空',
        guidance(field),
        field.example ?? '',
      ]),
    },
  ]);
}

/** How a field is filled in, in words; the template and the import page say the same. */
export function guidance(field: Field): string {
  const form: Record<Field['kind'], string> = {
    text: `文字，最多 ${field.maxLength ?? 500} 个字。`,
    long: `文字，最多 ${field.maxLength ?? 500} 个字。`,
    date: '日期，写成 2018-03-16、2018/3/16 或 2018年3月16日。',
    count: '不小于 0 的整数。',
    money: '以元为单位的数，最多两位小数。',
    choice: `只能写：${field.options?.join('、')}。`,
    unit: '机构设置中的部门名称或代码。',
    people: '同一单元格内一行一人（Alt+Enter 换行）。',
  };
  return [form[field.kind], field.help].filter(Boolean).join('');
}

function columnOf({ label, kind }: Field): OutColumn {
  if (kind === 'date') return { label, kind: 'date', width: 14 };
  if (kind === 'count') return { label, kind: 'number', format: '0' };
  if (kind === 'money') return { label, kind: 'number', format: '#,##0.00', width: 16 };
  return { label, kind: 'text', width: kind === 'choice' ? 18 : kind === 'people' ? 40 : 24 };
}
