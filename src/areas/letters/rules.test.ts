import { Temporal } from 'temporal-polyfill';
import { describe, expect, it, test } from 'vitest';
import { InvalidForm } from '../../core/refusal.ts';
import { defaultLawSettings, replyKinds } from '../../law/index.ts';
import { newCode, printedCode, readCode } from './content.ts';
import { type FieldKey, fields, type LetterFields } from './fields.ts';
import { basisOf, fieldsOf, type LetterKind, letterKinds, templateKey } from './kinds.ts';
import { composeText, type LetterOrder, type Sender } from './letter-text.ts';
import { checkWording, fillBody } from './rules.ts';
import { letterSettingsOf, numberOf } from './settings.ts';
import { defaultWording, templateLabel } from './templates/index.ts';

const day = (iso: string) => Temporal.PlainDate.from(iso);
const samples = Object.fromEntries(
  Object.entries(fields).map(([key, { sample }]) => [key, sample]),
) as LetterFields;
const agency = { name: '昆明高新技术产业开发区管理委员会', shortName: '昆明高新区', settings: {} };
const sender: Sender = {
  name: agency.name,
  site: { phone: '0871-68180000', address: '昆明市科医路53号' },
  letters: {
    ...letterSettingsOf(agency),
    reconsideration: '昆明市人民政府',
    court: '昆明铁路运输法院',
  },
  law: defaultLawSettings,
};
const order = (kind: LetterKind, more: Partial<LetterOrder> = {}): LetterOrder => ({
  kind,
  requestId: 1,
  formId: 1,
  recipient: { name: '张三', address: '', postcode: '', contact: '' },
  fields: samples,
  issuedOn: day('2026-11-27'),
  signedBy: null,
  ...more,
});
const compose = (given: LetterOrder) =>
  composeText(given, defaultWording(templateKey(given.kind, given.replyCode ?? null)), sender);

const everyLetter: [LetterKind, string | null][] = [
  ...(Object.keys(letterKinds) as LetterKind[])
    .filter((kind) => kind !== 'reply')
    .map((kind): [LetterKind, string | null] => [kind, null]),
  ...replyKinds.map(({ code }): [LetterKind, string | null] => ['reply', code]),
];

describe('default wordings', () => {
  test.each(everyLetter)('%s %s is complete and names its article', (kind, replyCode) => {
    const { text, missing } = compose(order(kind, { replyCode }));
    expect(missing).toEqual([]);
    expect(text.paragraphs.join('\n')).not.toMatch(/\{\{|\}\}|【请填写|undefined|。。|，。|：：/);
    expect(text.salutation).toBe('张三：');
    const wording = defaultWording(templateKey(kind, replyCode));
    expect(() => checkWording(wording, fieldsOf(kind))).not.toThrow();
    if (wording.body.includes('{{依据}}')) {
      expect(text.paragraphs.join('')).toMatch(/《中华人民共和国政府信息公开条例》|信息处理费管理办法/);
    }
  });

  test.each(replyKinds.map((kind) => [kind.code, kind] as const))(
    'of reply %s ask for what must be told',
    (code, kind) => {
      const wording = defaultWording(`reply:${code}`).body;
      if (kind.reasonRequired) expect(wording).toMatch(/\{\{理由\}\}/);
      expect(wording).toMatch(/^本机关于\{\{收到日期\}\}收到.*\n经研究，现答复如下：/);
    },
  );

  it('tell costs under 492 otherwise than the fee of 711', () => {
    const { text, missing } = composeText(
      order('fee', { regime: 'R2008', fields: { ...samples, basis: '' } }),
      defaultWording(templateKey('fee', null, 'R2008')),
      sender,
    );
    expect(missing).toEqual([]);
    expect(text.paragraphs.join('')).toMatch(/第492号）第二十七条的规定，.*成本费用/);
    expect(text.paragraphs.join('')).not.toContain('信息处理费');
  });

  it('say which law a request was made under', () => {
    expect(basisOf('correction', null, 'R2008')).toContain('第492号）第二十一条第（四）项');
    expect(basisOf('correction', null, 'R2019')).toContain('第711号）第三十条');
    expect(basisOf('reply', 'B4.1', 'R2019')).toMatch(/第711号）第三十六条第（四）项、第（五）项$/);
    expect(basisOf('reply', 'B4.1', 'R2019', { rightAgency: true })).toMatch(
      /第711号）第三十六条第（五）项$/,
    );
    expect(basisOf('reply', 'A2', 'R2019')).toContain('第492号');
  });

  it('have names people can tell apart', () => {
    const names = everyLetter.map(([kind, code]) => templateLabel(templateKey(kind, code)));
    expect(new Set(names).size).toBe(names.length);
    expect(templateLabel('reply:B3.1')).toBe('答复书：不予公开（属于国家秘密）');
  });
});

describe('the paragraph on remedies', () => {
  const cases = replyKinds.flatMap((kind) => [
    { code: kind.code, on: '2023-12-31', first: false },
    { code: kind.code, on: '2024-01-01', first: kind.refusal !== 'none' },
  ]);
  test.each(cases)('of $code on $on: reconsideration first is $first', ({ code, on, first }) => {
    const { text } = compose(order('reply', { replyCode: code, issuedOn: day(on) }));
    expect(text.remedy).toContain('昆明市人民政府');
    expect(text.remedy).toContain('昆明铁路运输法院');
    expect(text.remedy).toContain('60日');
    if (first) expect(text.remedy).toMatch(/应当先.*申请行政复议/);
    else expect(text.remedy).toMatch(/申请行政复议，或者.*6个月内.*提起行政诉讼/);
  });

  it('is in no letter that decides nothing, and says so when the bodies are unknown', () => {
    expect(compose(order('extension')).text.remedy).toBeNull();
    const unnamed = { ...sender, letters: letterSettingsOf(agency) };
    const { text, notes } = composeText(
      order('reply', { replyCode: 'B3.1' }),
      defaultWording('reply:B3.1'),
      unnamed,
    );
    expect(text.remedy).toContain('有管辖权的行政复议机关');
    expect(notes).toHaveLength(1);
    expect(compose(order('reply', { replyCode: 'B3.1' })).notes).toEqual([]);
  });
});

describe('live fields', () => {
  const fill = (body: string, values: LetterFields) => fillBody(body, values);

  test.each([
    ['a field', '{{applicant}}'],
    ['a field by its name', '{{理由}}'],
    ['halves of one', '{{理{{申请人}}由}}'],
    ['typesetting code', '#import "/etc/passwd": * $x$ *粗* _斜_ \\ @a <b> ~'],
    ['markup', '<script>alert(1)</script>&amp;<!-- -->'],
    ['a replacement pattern', "$& $1 $` $' $$"],
  ])('keep %s in a value as it is', (_, value) => {
    const { paragraphs } = fill('申请人：{{申请人}}，理由：{{理由}}。', { applicant: value, reasons: 'R' });
    expect(paragraphs).toEqual([`申请人：${value}，理由：R。`]);
  });

  it('alone in a line become as many paragraphs as the value has lines', () => {
    expect(fill('{{理由}}', { reasons: '一\n\n 二\r\n三' }).paragraphs).toEqual(['一', '二', '三']);
    expect(fill('因{{理由}}。', { reasons: '一\n二' }).paragraphs).toEqual(['因一 二。']);
    expect(fill('“{{理由}}”。', { reasons: '请公开文件。' }).paragraphs).toEqual(['“请公开文件”。']);
    expect(fill('{{理由}}', { reasons: '完整的一句。' }).paragraphs).toEqual(['完整的一句。']);
  });

  it('mark their place while they are missing', () => {
    expect(fill('因{{理由}}，{{ 申请人 }}', { applicant: ' ' })).toEqual({
      paragraphs: ['因【请填写：理由】，【请填写：申请人】'],
      missing: ['reasons', 'applicant'],
    });
  });

  it('that may stay empty take their line with them', () => {
    expect(fill('一\n建议{{称谓}}向{{负责公开的机关}}申请。\n二', { you: '您' })).toEqual({
      paragraphs: ['一', '二'],
      missing: [],
    });
  });

  test.each([
    ['{{申请者}}', '没有这样的实时字段：{{申请者}}'],
    ['{{__proto__}}', '没有这样的实时字段'],
    ['{{constructor}}', '没有这样的实时字段'],
    ['{{}}', '没有这样的实时字段'],
    ['{{应缴金额}}', '这种文书不能使用：{{应缴金额}}'],
    ['{{申请人', '没有写完整'],
    ['{{申请人}} }}', '没有写完整'],
    ['', '请填写正文'],
  ])('%j is refused in a template', (body, message) => {
    const check = () => checkWording({ title: '延期告知书', body }, fieldsOf('extension'));
    expect(check).toThrow(InvalidForm);
    expect(check).toThrow(message);
  });

  it('have names of their own', () => {
    const names = (Object.keys(fields) as FieldKey[]).map((key) => fields[key].name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('an edited body', () => {
  it('is taken as it is, and is unfinished while a mark is in it', () => {
    const edited = compose(order('extension', { paragraphs: ['{{理由}} #x\n第二段', '  '], fields: {} }));
    expect(edited.text.paragraphs).toEqual(['{{理由}} #x', '第二段']);
    expect(edited.missing).toEqual([]);
    const unfinished = compose(order('extension', { paragraphs: ['因【请填写：延期理由】'] }));
    expect(unfinished.missing).toEqual(['extensionReason']);
  });
});

describe('numbers and dates', () => {
  it.each([
    ['昆明高新区', {}, '昆明高新区公开告〔2026〕12号'],
    ['A 区(示例)', {}, 'A区示例公开告〔2026〕12号'],
    ['高新区', { prefix: '昆高政公开' }, '昆高政公开告〔2026〕12号'],
    ['高新区', { prefix: '昆高政2', words: 3 }, '高新区公开告〔2026〕12号'],
    ['高新区', { words: { notice: '函', consult: '函' } }, '高新区公开告〔2026〕12号'],
    [
      '高新区',
      { words: { notice: '答', consult: '询', fee: '费', receipt: '回', delivery: '证' } },
      '高新区公开答〔2026〕12号',
    ],
  ])('%s with %j: %s', (shortName, letters, number) => {
    const settings = letterSettingsOf({ shortName, settings: { letters } });
    expect(numberOf(settings, { series: 'notice', year: 2026, serial: 12 })).toBe(number);
  });
});

describe('verification codes', () => {
  it('are read as people type them', () => {
    const code = newCode();
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
    expect(readCode(printedCode(code).toLowerCase())).toBe(code);
    expect(readCode(' o1il 2345-6789 abcd')).toBe('011123456789ABCD');
    expect(readCode('oooo-iiii-LLLL-0000')).toBe('0000111111110000');
  });
  test.each(['', '../..', 'UUUUUUUUUUUUUUUU', '0'.repeat(17), '０'.repeat(16)])('%j is none', (text) => {
    expect(readCode(text)).toBeNull();
  });
});
