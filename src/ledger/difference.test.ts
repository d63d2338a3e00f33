import { describe, expect, it } from 'vitest';
import { differences } from './difference.ts';
import { registerLabels } from './labels.ts';

registerLabels({ fields: { 'room.seats': '座位', lines: '明细', quantity: '数量', note: '备注' } });

describe('the difference between before and after', () => {
  it.each([
    ['a new record', undefined, { note: '新' }, [{ field: '备注', before: null, after: '新' }]],
    ['a record that went away', { note: '旧' }, null, [{ field: '备注', before: '旧', after: null }]],
    ['nothing changed', { note: '旧' }, { note: '旧' }, []],
    [
      'blank is not zero',
      { quantity: null },
      { quantity: 0 },
      [{ field: '数量', before: '（空）', after: '0' }],
    ],
    ['yes and no', { on: false }, { on: true }, [{ field: '日期', before: '否', after: '是' }]],
    [
      'dates',
      { on: '2018-01-02' },
      { on: '2018-12-31' },
      [{ field: '日期', before: '2018年1月2日', after: '2018年12月31日' }],
    ],
    [
      'a field of this kind of subject',
      { seats: 1 },
      { seats: 2 },
      [{ field: '座位', before: '1', after: '2' }],
    ],
    ['an unnamed field', { xyz: 1 }, { xyz: 2 }, [{ field: 'xyz', before: '1', after: '2' }]],
    [
      'a list of words',
      { note: ['甲'] },
      { note: ['甲', '乙'] },
      [{ field: '备注', before: '甲', after: '甲、乙' }],
    ],
    [
      'one line among many',
      { lines: [{ quantity: 1 }, { quantity: 2 }] },
      { lines: [{ quantity: 1 }, { quantity: 5 }, { quantity: 3 }] },
      [
        { field: '明细 / 第 2 项 / 数量', before: '2', after: '5' },
        { field: '明细 / 第 3 项 / 数量', before: null, after: '3' },
      ],
    ],
    ['two plain values', 1, 2, [{ field: '内容', before: '1', after: '2' }]],
    [
      'a value that became a record',
      { note: 'x' },
      { note: { a: 1 } },
      [{ field: '备注', before: 'x', after: '{"a":1}' }],
    ],
  ])('%s', (_name, before, after, expected) => {
    expect(differences('room', before, after)).toEqual(expected);
  });
});
