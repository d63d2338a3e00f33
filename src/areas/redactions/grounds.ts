import type { RegimeCode } from '../../law/index.ts';
import type { Ground } from './engine/index.ts';

/** A reason to withhold a part of a file, with its article and the words printed on the box. */
interface GroundLine extends Ground {
  regime: RegimeCode;
  /** The article, for the ledger. */
  cited: string;
}

/** The order of the State Council each regime rests on. */
const orders: Readonly<Record<RegimeCode, string>> = { R2008: '国务院令第492号', R2019: '国务院令第711号' };

/**
 * 711/14: must not be disclosed; 711/15: not against the will of the third party; 711/16: may be withheld.
 * 492/8 and 492/14(4) for requests received before 2019-05-15.
 */
export const grounds = {
  '711-14-secret': line('R2019', 'A', '第十四条', '国家秘密'),
  '711-14-law': line('R2019', 'B', '第十四条', '法律、行政法规禁止公开'),
  '711-14-safety': line('R2019', 'C', '第十四条', '安全和社会稳定'),
  '711-15-business': line('R2019', 'D', '第十五条', '商业秘密'),
  '711-15-privacy': line('R2019', 'E', '第十五条', '个人隐私'),
  '711-16-internal': line('R2019', 'F', '第十六条第一款', '内部事务信息'),
  '711-16-process': line('R2019', 'G', '第十六条第二款', '过程性信息'),
  '711-16-enforcement': line('R2019', 'H', '第十六条第二款', '行政执法案卷'),
  '492-14-secret': line('R2008', 'A', '第十四条第四款', '国家秘密'),
  '492-14-business': line('R2008', 'B', '第十四条第四款', '商业秘密'),
  '492-14-privacy': line('R2008', 'C', '第十四条第四款', '个人隐私'),
  '492-8-safety': line('R2008', 'D', '第八条', '安全和社会稳定'),
} as const satisfies Record<string, GroundLine>;

export type GroundKey = keyof typeof grounds;

function line(regime: RegimeCode, mark: string, article: string, words: string): GroundLine {
  const order = orders[regime];
  return {
    regime,
    mark,
    article,
    label: `${article} ${words}`,
    cited: `《政府信息公开条例》（${order}）${article}`,
  };
}

/** The article on disclosing in part (区分处理). */
const partly: Readonly<Record<RegimeCode, string>> = { R2008: '第二十二条', R2019: '第三十七条' };

/** What the whole act rests on. */
export const severingGround = (regime: RegimeCode) =>
  `《政府信息公开条例》（${orders[regime]}）${partly[regime]}`;

export const groundsOf = (regime: RegimeCode): [GroundKey, GroundLine][] =>
  (Object.entries(grounds) as [GroundKey, GroundLine][]).filter(([, ground]) => ground.regime === regime);

/** The ground most redactions rest on. */
export const usualGround = (regime: RegimeCode): GroundKey =>
  regime === 'R2019' ? '711-15-privacy' : '492-14-privacy';

export function isGround(key: string, regime: RegimeCode): key is GroundKey {
  return Object.hasOwn(grounds, key) && grounds[key as GroundKey].regime === regime;
}
