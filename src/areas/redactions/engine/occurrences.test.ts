import { describe, expect, it } from 'vitest';
import type { PlacedChar } from './model.ts';
import { occurrences, type Query } from './occurrences.ts';

/** Text in 10-point squares, as PDFium gives it: line ends and spaces stand in no place. */
function typed(text: string, { column = 0 } = {}): PlacedChar[] {
  let [x, y] = [column, 0];
  return [...text].map((c) => {
    if (c === '\n') {
      [x, y] = [column, y + 20];
      return { c, box: null, upright: true };
    }
    const box = c.trim() === '' ? null : { x, y, w: 10, h: 12 };
    x += 10;
    return { c, box, upright: true };
  });
}

/** What lies under the rectangles found, line by line. */
function covered(chars: readonly PlacedChar[], query: Query): string[] {
  return occurrences(chars, query).map((rect) =>
    chars
      .filter(
        ({ box }) =>
          box &&
          box.x >= rect.x &&
          box.x + box.w <= rect.x + rect.w &&
          box.y >= rect.y &&
          box.y < rect.y + rect.h,
      )
      .map(({ c }) => c)
      .join(''),
  );
}

const inText = (text: string, query: Query) => covered(typed(text), query);

describe('a word is found', () => {
  it.each([
    ['wherever it stands', '张三与张三丰', '张三', ['张三', '张三']],
    ['over a line end, in two pieces', '申请人欧阳\n靖远提出', '欧阳靖远', ['欧阳', '靖远']],
    ['with spaces between its letters', '张　三 和 张 三', '张三', ['张三', '张三']],
    ['in full-width and half-width letters', 'ＡＢＣ１２３', 'abc123', ['ＡＢＣ１２３']],
    ['whatever its case', 'Zhang San', 'ZHANG SAN', ['ZhangSan']],
    ['as a radical that looks like the character', '⾦额', '金额', ['⾦额']],
    ['with signs that mean something to a search', 'a.b*(c)', '.b*(c)', ['.b*(c)']],
    ['as a ligature', 'oﬃce', 'office', ['oﬃce']],
    ['not where only part of it stands', '张先生与三人', '张三', []],
    ['not when it is nothing', '张三', '　 ', []],
  ])('%s', (_, text, word, found) => {
    expect(inText(text, { word })).toEqual(found);
  });

  it('when the file holds the pieces of its line in another order', () => {
    const [a, b, c, d] = typed('欧阳靖远');
    const shuffled = [c!, d!, { c: '\n', box: null, upright: true }, a!, b!];
    expect(occurrences(shuffled, { word: '欧阳靖远' })).toHaveLength(1);
  });

  it('in one piece where its line runs downwards', () => {
    expect(occurrences(typed('欧\n阳\n靖'), { word: '欧阳靖' })).toHaveLength(3);
    const downwards = typed('欧阳靖').map((char) => ({
      ...char,
      box: { x: 0, y: char.box!.x, w: 10, h: 10 },
    }));
    expect(occurrences(downwards, { word: '欧阳靖' })).toHaveLength(1);
  });

  it('not over the gap between two columns', () => {
    expect(inText('张                        丰', { word: '张丰' })).toEqual([]);
  });

  it('with a margin, and each place once', () => {
    expect(occurrences(typed('张三'), { word: '张三' })).toEqual([{ x: -0.75, y: -0.37, w: 21.5, h: 12.75 }]);
  });
});

describe.each<[Query & { pattern: string }, string, string[]][]>([
  [
    [{ pattern: 'identity' }, '号码530103199003074518。', ['530103199003074518']],
    [{ pattern: 'identity' }, '53010319900307451X', ['53010319900307451X']],
    [{ pattern: 'identity' }, '530103 19900307 4518', ['530103199003074518']],
    [
      { pattern: 'identity' },
      '５３０１０３１９９００３０７４５１８',
      ['５３０１０３１９９００３０７４５１８'],
    ],
    [{ pattern: 'identity' }, '53010319900\n3074518', ['53010319900', '3074518']],
    [{ pattern: 'identity' }, '旧号530103900307451止', ['530103900307451']],
    [{ pattern: 'identity' }, '91530100MA6K5N1234', []],
    [{ pattern: 'identity' }, '订单530103999903074518', []],
  ],
  [
    [{ pattern: 'phone' }, '电话13912345678', ['13912345678']],
    [{ pattern: 'phone' }, '139-1234-5678', ['139-1234-5678']],
    [{ pattern: 'phone' }, '+86 139 1234 5678', ['+8613912345678']],
    [{ pattern: 'phone' }, '0871-67123456', ['0871-67123456']],
    [{ pattern: 'phone' }, '（010）6512 3456', ['（010）65123456']],
    [{ pattern: 'phone' }, '金额23912345678元', []],
    [{ pattern: 'phone' }, '530103199003074518', []],
  ],
  [
    [{ pattern: 'bank-card' }, '6222 0211 0012 3456 789', ['6222021100123456789']],
    [{ pattern: 'bank-card' }, '卡号6228480402564890018', ['6228480402564890018']],
    [{ pattern: 'bank-card' }, '2018年1月', []],
  ],
  [
    [{ pattern: 'email' }, '邮箱zhang.san@example.com。', ['zhang.san@example.com']],
    [{ pattern: 'email' }, '@某人', []],
  ],
  [
    [{ pattern: 'passport' }, '护照E12345678', ['E12345678']],
    [{ pattern: 'passport' }, 'EA1234567', ['EA1234567']],
    [{ pattern: 'passport' }, 'GE123456789', []],
  ],
  [
    [{ pattern: 'plate-number' }, '车牌云A12345', ['云A12345']],
    [{ pattern: 'plate-number' }, '京A·D12345', ['京A·D12345']],
    [{ pattern: 'plate-number' }, '云南A级景区', []],
  ],
  [
    [{ pattern: 'labelled-name' }, '姓名：张三 电话：1', ['张三']],
    [{ pattern: 'labelled-name' }, '联系人：张　三\n', ['张三']],
    [{ pattern: 'labelled-name' }, '申请人:买买提·艾力，男', ['买买提·艾力']],
    [{ pattern: 'labelled-name' }, '姓名：李四电话：1', ['李四']],
    [{ pattern: 'labelled-name' }, '文件名称：通知', []],
  ],
  [
    [{ pattern: 'labelled-address' }, '住址：盘龙区青年路1号，邮编', ['盘龙区青年路1号']],
    [{ pattern: 'labelled-address' }, '办公地点在二楼', []],
  ],
] as [Query & { pattern: string }, string, string[]][][])('a pattern', (...cases) => {
  it.each(cases)('%o in “%s” covers %o', (query, text, found) => {
    expect(inText(text, query)).toEqual(found);
  });
});
