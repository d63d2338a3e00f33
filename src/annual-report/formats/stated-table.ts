import type { TableSpec } from './format.ts';

/** Figures that chapter 6 states since 2019 though no row of the three tables holds them (国办函〔2020〕109号). */
export const statedTable: TableSpec = {
  id: 'stated',
  title: '正文载明、统计表未列的数据',
  unprinted: true,
  sections: [
    {
      rowHeader: '项目',
      showsUnit: true,
      columns: [{ id: 'value', label: '数量' }],
      rows: [
        {
          code: 'F1',
          label: '收取政府信息公开信息处理费',
          unit: '万元',
          level: 0,
          kind: 'amount',
          figures: { value: 'requests.fees' },
          definition: '依《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）实际收取的总金额',
        },
        {
          code: 'F2',
          label: '发出信息处理费收费通知',
          unit: '件',
          level: 0,
          kind: 'count',
          figures: { value: 'requests.fee-notices' },
          definition: '发出收费通知的申请件数；申请人逾期未缴费的，计入“其他处理”',
        },
      ],
    },
  ],
};
