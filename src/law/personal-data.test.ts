import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { personalData } from './personal-data.ts';

const today = Temporal.PlainDate.from('2026-11-27');
// A resident number with a valid check digit, a phone, a bank card that Luhn accepts; none of them is anybody's.
const RESIDENT = '530102199003071238';
const PHONE = '13888812345';
const CARD = '6222021234567890128';

const shown = (text: string) =>
  personalData(text, today).map(
    ({ kind, masked, harmless }) => `${kind} ${masked}${harmless ? '（提示）' : ''}`,
  );

describe('personal data in a text', () => {
  it.each<[string, string, string[]]>([
    ['a resident number', `身份证号：${RESIDENT}。`, ['resident-number 530***********1238']],
    [
      'in full width',
      `身份证号：５３０１０２１９９００３０７１２３８`,
      ['resident-number 530***********1238'],
    ],
    ['in groups', '530102 19900307 1238', ['resident-number 530***********1238']],
    ['between letters', `No${RESIDENT}x`, ['resident-number 530***********1238']],
    ['with a wrong check digit', '530102199003071239', ['likely-resident-number 530***********1239']],
    ['of no day', '530102199013071239', []],
    ['of no province', '990102199003071238', []],
    ['within a longer number', `1${RESIDENT}`, []],
    ['an old number', '530102900307123', ['likely-resident-number 530********7123']],
    ['a mobile phone', `电话${PHONE}`, ['mobile-number 138****2345']],
    ['in groups, with a prefix', '+86 138-8881-2345', ['mobile-number 138****2345']],
    ['an amount', '合计 13888812345.60 元，占 0.13888812345', []],
    ['a telephone of an office', '0871-63130000', []],
    ['a bank card', `卡号 ${CARD}`, ['bank-card 6222***********0128']],
    ['in groups of four', '6222 0212 3456 7890 128', ['bank-card 6222***********0128']],
    ['a card number that fails Luhn', '6222021234567890127', []],
    ['a credit code of digits', '11530100015117317B', []],
    ['a passport', '护照号码 E12345678', ['passport E1*****78']],
    ['a document number alone', 'E12345678', []],
    ['mail of a person', 'zhang.san@163.com', ['email z***@163.com']],
    ['mail of an office', 'xxgk@km.gov.cn', ['email x***@km.gov.cn（提示）']],
    ['an address', '住昆明市五华区人民路12号楼3单元502室', ['address 市五华区***（提示）']],
    ['years, counts and money', '2018年受理95件，其中2019年3月4日前办结94件，金额1234567.89元', []],
    [
      'several at once',
      `${RESIDENT}，${PHONE}`,
      ['resident-number 530***********1238', 'mobile-number 138****2345'],
    ],
  ])('%s', (_, text, expected) => expect(shown(text)).toEqual(expected));

  it('masks in place, length and signs unchanged', () => {
    const text = '530102 19900307 1238';
    const [datum] = personalData(text, today);
    expect(datum?.replacement).toBe('530*** ******** 1238');
    expect(personalData(datum?.replacement ?? '', today)).toEqual([]);
  });

  it('takes time in proportion to the length of the text', () => {
    const started = performance.now();
    for (const piece of ['1', '市', 'a', 'a@', '1 ', '护照', '１', '6222 '])
      personalData(piece.repeat(200_000), today);
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});
