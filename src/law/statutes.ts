/** The instruments the law room rests on, as data: a new law is a new entry, not new logic. */
export interface Statute {
  /** Short key used by citations. */
  key: StatuteKey;
  /** Null where only the number is certain. */
  title: string | null;
  /** 发文字号 or order number. */
  number: string;
  /** First and last day in force, `YYYY-MM-DD`; null where open or not established. */
  from: string | null;
  until: string | null;
}

export type StatuteKey =
  | '492'
  | '711'
  | 'reconsideration-1999'
  | 'reconsideration-2023'
  | 'litigation-1989'
  | 'litigation-2014'
  | 'civil-procedure'
  | 'fee-measures'
  | 'opinion-207'
  | 'delivery-235'
  | 'interpretation-2025';

export const statutes: readonly Statute[] = [
  {
    key: '492',
    title: '中华人民共和国政府信息公开条例',
    number: '国务院令第492号',
    from: '2008-05-01',
    until: '2019-05-14',
  },
  {
    key: '711',
    title: '中华人民共和国政府信息公开条例',
    number: '国务院令第711号',
    from: '2019-05-15',
    until: null,
  },
  {
    key: 'reconsideration-1999',
    title: '中华人民共和国行政复议法',
    number: '2017年修正',
    from: '1999-10-01',
    until: '2023-12-31',
  },
  {
    key: 'reconsideration-2023',
    title: '中华人民共和国行政复议法',
    number: '2023年修订',
    from: '2024-01-01',
    until: null,
  },
  {
    key: 'litigation-1989',
    title: '中华人民共和国行政诉讼法',
    number: '1989年',
    from: '1990-10-01',
    until: '2015-04-30',
  },
  {
    key: 'litigation-2014',
    title: '中华人民共和国行政诉讼法',
    number: '2017年修正',
    from: '2015-05-01',
    until: null,
  },
  {
    key: 'civil-procedure',
    title: '中华人民共和国民事诉讼法',
    number: '2021年修正',
    from: null,
    until: null,
  },
  {
    key: 'fee-measures',
    title: '政府信息公开信息处理费管理办法',
    number: '国办函〔2020〕109号',
    from: '2021-01-01',
    until: null,
  },
  {
    key: 'opinion-207',
    title: null,
    number: '国办公开办函〔2015〕207号',
    from: null,
    until: null,
  },
  {
    key: 'delivery-235',
    title: null,
    number: '国办公开办函〔2016〕235号',
    from: null,
    until: null,
  },
  {
    key: 'interpretation-2025',
    title: '最高人民法院关于审理政府信息公开行政案件适用法律若干问题的解释',
    number: '法释〔2025〕8号',
    from: '2025-06-01',
    until: null,
  },
];

/** A place in a statute: `{statute: '711', article: 33, paragraph?: 3, item?: 2}`. Without an article, the whole text. */
export interface Citation {
  statute: StatuteKey;
  article?: number;
  paragraph?: number;
  item?: number;
}

const byKey = new Map(statutes.map((statute) => [statute.key, statute]));

export function statute(key: StatuteKey): Statute {
  return byKey.get(key) as Statute;
}

/** 《…条例》(国务院令第711号)第三十三条第二款. */
export function cite({ statute: key, article, paragraph, item }: Citation): string {
  const { title, number } = statute(key);
  const place = [
    article === undefined ? '' : `第${chineseNumber(article)}条`,
    paragraph === undefined ? '' : `第${chineseNumber(paragraph)}款`,
    item === undefined ? '' : `第（${chineseNumber(item)}）项`,
  ].join('');
  return title === null ? `${number}${place}` : `《${title}》（${number}）${place}`;
}

const DIGITS = '零一二三四五六七八九';

/** 1 to 999 in Chinese numerals, as articles are numbered. */
export function chineseNumber(value: number): string {
  const hundreds = Math.floor(value / 100);
  const tens = Math.floor((value % 100) / 10);
  const ones = value % 10;
  let text = hundreds > 0 ? `${DIGITS[hundreds]}百` : '';
  if (tens > 0) text += tens === 1 && hundreds === 0 ? '十' : `${DIGITS[tens]}十`;
  else if (hundreds > 0 && ones > 0) text += '零';
  return ones > 0 || text === '' ? text + DIGITS[ones] : text;
}
