import { EXAMPLE_SOURCE, importFields } from '../../areas/catalogue/index.ts';
import { writeCsv, writeXlsx } from '../../core/spreadsheet/index.ts';

const example = importFields.map(({ name, example }) => (name === 'sourceId' ? EXAMPLE_SOURCE : example));

/** A table to be filled in: the names of the columns and one row as an example; each column is explained on a sheet of its own. */
export function templateXlsx(): Promise<Buffer> {
  return writeXlsx([
    {
      name: '历史信息',
      columns: importFields.map(({ label, name }) => ({ label, width: name === 'body' ? 60 : 22 })),
      rows: [example],
    },
    {
      name: '填写说明',
      columns: [
        { label: '栏目', width: 16 },
        { label: '字段名', width: 18 },
        { label: '是否必填', width: 10 },
        { label: '怎样填写', width: 60 },
        { label: '示例', width: 34 },
      ],
      rows: importFields.map(({ label, name, required, help, example }) => [
        label,
        name,
        required ? '必填' : '可空',
        help,
        example,
      ]),
    },
  ]);
}

export const templateCsv = (): string =>
  writeCsv(
    importFields.map(({ label }) => label),
    [example],
  );
