import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  CREDIT_CODE_ALPHABET,
  checkCreditCode,
  checkOrganisationCode,
  creditCodeCheck,
  organisationCheck,
} from './credit-code.ts';
import { checkDocumentNumber, normaliseDocumentNumber } from './document-number.ts';
import { checkIndexNumber, checkWebsiteCode, indexNumber } from './index-number.ts';
import { checkNumber } from './kinds.ts';
import { checkProjectCode } from './project-code.ts';
import { checkResidentNumber, maskIdentityNumber, residentCheck } from './resident-number.ts';

const today = Temporal.PlainDate.from('2024-06-01');
const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });

describe('统一社会信用代码', () => {
  const valid = ['91350100M000100Y43', '91110000600037341L', '11100000000013127D', '12100000400010275N'];
  it.each(valid)('%s is valid', (code) =>
    expect(checkCreditCode(code)).toMatchObject({ valid: true, problem: null }),
  );
  it.each(valid)('%s with another last character is not', (code) => {
    for (const last of CREDIT_CODE_ALPHABET) {
      expect(checkCreditCode(code.slice(0, 17) + last).valid).toBe(last === code[17]);
    }
  });
  it('folds lower case, full-width characters and spaces', () => {
    expect(checkCreditCode(' 91350100m000100y43 ')).toMatchObject({
      valid: true,
      value: '91350100M000100Y43',
    });
    expect(checkCreditCode('91350100M000100Y43').valid).toBe(true);
  });
  it.each([
    ['91350100M000100Y4', '应为18位'],
    ['91350100O000100Y43', '第9位“O”不可用'],
    ['9135A100M000100Y43', '行政区划'],
    ['91350100M000100Y44', '校验码不符'],
  ])('%s: %s', (code, problem) => expect(checkCreditCode(code).problem).toContain(problem));

  it('generated codes are valid, and any single changed character is caught', () => {
    const body = fc
      .tuple(
        digits(6),
        fc.string({ unit: fc.constantFrom(...CREDIT_CODE_ALPHABET), minLength: 11, maxLength: 11 }),
      )
      .map(([region, rest]) => rest.slice(0, 2) + region + rest.slice(2));
    fc.assert(
      fc.property(body, fc.nat(17), fc.constantFrom(...CREDIT_CODE_ALPHABET), (first17, place, other) => {
        const code = first17 + creditCodeCheck(first17);
        expect(checkCreditCode(code).valid).toBe(true);
        const changed = code.slice(0, place) + other + code.slice(place + 1);
        expect(checkCreditCode(changed).valid).toBe(other === code[place]);
      }),
    );
  });

  it('knows the organisation code inside, with or without its hyphen', () => {
    expect(checkOrganisationCode('000014349').valid).toBe(true);
    expect(checkOrganisationCode('00001434-9').valid).toBe(true);
    expect(checkOrganisationCode('000014348').problem).toContain('校验码');
    expect(organisationCheck('M000100Y')).toBe('4');
  });
});

describe('公民身份号码', () => {
  it.each(['11010519491231002X', '440524188001010014', '11010519491231002x'])('%s is valid', (number) => {
    expect(checkResidentNumber(number, today)).toMatchObject({ valid: true, problem: null });
  });
  it('tells birth date and sex', () => {
    const { parts } = checkResidentNumber('11010519491231002X', today);
    expect(parts).toMatchObject({ region: '110105', sex: 'female' });
    expect(parts?.bornOn.toString()).toBe('1949-12-31');
    expect(checkResidentNumber('440524188001010014', today).parts?.sex).toBe('male');
  });
  it.each([
    ['110105491231002', '15位的旧号码'],
    ['1101051949123100', '应为18位'],
    ['1101051949123100AX', '应为数字'],
    ['110105194913310021', '不是真实的出生日期'],
    ['110105190002290021', '不是真实的出生日期'],
    ['110105202406020021', '在今天之后'],
    ['110105170006020021', '过早'],
    ['110105194912310021', '校验码不符'],
  ])('%s: %s', (number, problem) => expect(checkResidentNumber(number, today).problem).toContain(problem));

  it('generated numbers are valid, and any single changed digit is caught', () => {
    const body = fc
      .tuple(digits(6), fc.integer({ min: 0, max: 44_000 }), digits(3))
      .map(([region, days, serial]) => {
        const born = Temporal.PlainDate.from('1900-01-01').add({ days });
        return region + born.toString().replaceAll('-', '') + serial;
      });
    fc.assert(
      fc.property(body, fc.nat(17), fc.constantFrom(...'0123456789X'), (first17, place, other) => {
        const number = first17 + residentCheck(first17);
        expect(checkResidentNumber(number, today).valid).toBe(true);
        const changed = number.slice(0, place) + other + number.slice(place + 1);
        expect(checkResidentNumber(changed, today).valid).toBe(other === number[place]);
      }),
    );
  });

  it('masks all but the first three and last four', () => {
    expect(maskIdentityNumber('11010519491231002X')).toBe('110***********002X');
    expect(maskIdentityNumber('G12345678')).toBe('G12**5678');
    expect(maskIdentityNumber('1234567')).toBe('*******');
  });
});

describe('发文字号', () => {
  it.each([
    ['国办发〔2016〕80号', '国办发〔2016〕80号', 2016, 80],
    ['国办发[2016]80号', '国办发〔2016〕80号', 2016, 80],
    ['国办发【2016】80号', '国办发〔2016〕80号', 2016, 80],
    ['国办公开办函(2015)207号', '国办公开办函〔2015〕207号', 2015, 207],
    ['昆高依申请 ( 2019 ) 3 号', '昆高依申请〔2019〕3号', 2019, 3],
    ['云政发〔2009〕40号', '云政发〔2009〕40号', 2009, 40],
    ['国务院令第711号', '国务院令第711号', null, 711],
  ])('%s is written %s', (text, value, year, serial) => {
    expect(checkDocumentNumber(text)).toMatchObject({ valid: true, value, parts: { year, serial } });
  });
  it.each([
    ['国办发〔2016〕080号', '不能以0开头'],
    ['国办发〔2016〕第80号', '不加“第”'],
    ['国办发2016年80号', '四位年份'],
    ['国办发〔16〕80号', '四位年份'],
    ['国办发〔1816〕80号', '1900至2099'],
    ['国办发〔2016〕80', '末尾缺少“号”'],
    ['〔2016〕80号', '机关代字'],
    ['国办发〔2016〕八十号', '阿拉伯数字'],
    ['国办发〔2016〕123456号', '最多5位'],
    ['国务院令第0711号', '不能以0开头'],
    ['', '四位年份'],
  ])('%j: %s', (text, problem) => expect(checkDocumentNumber(text).problem).toContain(problem));
  it('the key is the same however the number was typed', () => {
    expect(checkDocumentNumber('国办发[2016]80号').parts?.key).toBe(
      checkDocumentNumber('国办发〔2016〕 80号').parts?.key,
    );
  });
  it('leaves a normal form alone', () => {
    expect(normaliseDocumentNumber(normaliseDocumentNumber('国办发[2016]80号'))).toBe('国办发〔2016〕80号');
  });
});

describe('投资项目代码', () => {
  it.each([
    ['2018-530111-26-03-012345', '2016', '2018'],
    ['2020-530111-26-03-012345', '2016', '2020'],
    ['2012-530111-04-01-123456', '2020', '2020-12'],
    ['2108-530111-04-01-123456', '2020', '2021-08'],
  ])('%s: the era of %s, %s', (code, era, time) => {
    expect(checkProjectCode(code)).toMatchObject({ valid: true, parts: { era, time } });
  });
  it.each([
    '2013-530111-26-03-012345',
    '2010-530111-26-03-012345',
    '2113-530111-04-01-123456',
    '2018-53011-26-03-012345',
    '201853011126030123456',
  ])('%s is refused', (code) => expect(checkProjectCode(code).valid).toBe(false));
});

describe('索引号 and 网站标识码', () => {
  it.each(['000014349/2017-00110', '91350100M000100Y43/2021-00050'])('%s is valid', (number) => {
    expect(checkIndexNumber(number).valid).toBe(true);
  });
  it.each([
    ['000014348/2017-00110', '机构代码有误'],
    ['000014349/2017-110', '应写成'],
    ['000014349/2017-00000', '从00001开始'],
  ])('%s: %s', (number, problem) => expect(checkIndexNumber(number).problem).toContain(problem));
  it('composes what it accepts', () => {
    expect(indexNumber('000014349', 2017, 110)).toBe('000014349/2017-00110');
    expect(() => indexNumber('000014349', 2017, 100_000)).toThrow(RangeError);
  });
  it.each([
    ['3100000087', true],
    ['bm01000001', true],
    ['BM01000001', true],
    ['310000008', false],
  ])('website code %s: %s', (code, valid) => expect(checkWebsiteCode(code).valid).toBe(valid));
});

describe('telling the kind', () => {
  it.each([
    ['91350100M000100Y43', 'uscc'],
    ['91350100M000100Y44', 'uscc'],
    ['11010519491231002X', 'resident'],
    ['110105194912310021', 'resident'],
    ['91110000600037341X', 'uscc'],
    ['11100000000013127D', 'uscc'],
    ['11010519491231002Y', 'resident'],
    ['国办发[2016]80号', 'document-number'],
    ['2018-530111-26-03-012345', 'project-code'],
    ['000014349/2017-00110', 'index-number'],
    ['3100000087', 'website-code'],
    ['??', null],
  ])('%s is taken for %s', (text, kind) => expect(checkNumber(text, today).kind).toBe(kind));
  it('obeys the kind given', () => {
    expect(checkNumber('11010519491231002X', today, 'uscc')).toMatchObject({ kind: 'uscc', valid: false });
  });
});
