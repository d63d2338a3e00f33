import type { Db } from '../../core/db.ts';
import { type CellValue, type OutColumn, writeCsv, writeXlsx } from '../../core/spreadsheet/index.ts';
import { normativeKinds, validities } from './model.ts';
import {
  type RegisterCounts,
  type RegisterFilter,
  type RegisterPlace,
  type RegisterRow,
  registerCounts,
  registerRows,
} from './validity-register-store.ts';

const PAGE = 50;
const AT_ONCE = 1000;
const MOST_EXPORTED = 20_000;

export const wholeRegister: RegisterFilter = {
  text: '',
  kind: null,
  validity: null,
  unitId: null,
  year: null,
};

/** One page of the register of public documents (规范性文件登记簿), with the counts beside it. */
export async function registerPage(
  db: Db,
  agencyId: number,
  filter: RegisterFilter,
  after: RegisterPlace | null,
): Promise<{ rows: RegisterRow[]; next: RegisterPlace | null; counts: RegisterCounts }> {
  const [found, counts] = await Promise.all([
    registerRows(db, agencyId, filter, { after, limit: PAGE + 1 }),
    registerCounts(db, agencyId, filter),
  ]);
  const rows = found.slice(0, PAGE);
  const last = rows.at(-1);
  return {
    rows,
    next: found.length > PAGE && last ? { formedOn: last.formedOn, id: last.id } : null,
    counts,
  };
}

const fields: readonly { column: OutColumn; value(row: RegisterRow): CellValue }[] = [
  { column: { label: '文件名称', width: 50 }, value: (row) => row.title },
  { column: { label: '发文字号', width: 22 }, value: (row) => row.documentNumber },
  { column: { label: '种类', width: 16 }, value: (row) => normativeKinds[row.normative] },
  { column: { label: '起草部门', width: 16 }, value: (row) => row.unitName },
  { column: { label: '成文日期', width: 12, kind: 'date' }, value: (row) => row.formedOn },
  { column: { label: '公开日期', width: 12, kind: 'date' }, value: (row) => row.publishedOn },
  { column: { label: '有效性', width: 10 }, value: (row) => validities[row.validity] },
  { column: { label: '变更日期', width: 12, kind: 'date' }, value: (row) => row.validityOn },
  { column: { label: '有效期至', width: 12, kind: 'date' }, value: (row) => row.validUntil },
  { column: { label: '依据', width: 40 }, value: (row) => row.ground },
  { column: { label: '代替它的文件', width: 40 }, value: (row) => row.replacementTitle },
  { column: { label: '索引号', width: 30 }, value: (row) => row.indexNumber },
];

/** The register under a filter as a file, at most twenty thousand documents. */
export async function registerFile(
  db: Db,
  agencyId: number,
  filter: RegisterFilter,
  asked: { kind: 'csv' | 'xlsx'; title: string },
): Promise<Buffer | string> {
  const rows: RegisterRow[] = [];
  for (let after: RegisterPlace | null = null; rows.length < MOST_EXPORTED; ) {
    const some: RegisterRow[] = await registerRows(db, agencyId, filter, { after, limit: AT_ONCE });
    rows.push(...some);
    const last = some.at(-1);
    if (some.length < AT_ONCE || !last) break;
    after = { formedOn: last.formedOn, id: last.id };
  }
  const cells = rows.map((row) => fields.map(({ value }) => value(row)));
  const columns = fields.map(({ column }) => column);
  return asked.kind === 'csv'
    ? writeCsv(
        columns.map(({ label }) => label),
        cells,
      )
    : writeXlsx([{ name: asked.title, heading: [asked.title], columns, rows: cells }]);
}
