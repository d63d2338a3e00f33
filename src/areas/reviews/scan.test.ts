import { Temporal } from 'temporal-polyfill';
import { describe, expect, it, test } from 'vitest';
import { defaultEntries as builtIn } from './default-entries.ts';
import { putRight } from './fixes.ts';
import type { DeadLink, DictionaryEntry, Finding, ScannedText } from './model.ts';
import { heldBack, judged } from './rules.ts';
import { MOST_FINDINGS, scan } from './scan.ts';
import type { ScanFacts } from './spots.ts';
import { dictionaryOf } from './words-in-text.ts';

const defaultEntries = builtIn();
const today = Temporal.PlainDate.from('2018-03-06');
// A resident number with a valid check digit, a phone, a bank card that Luhn accepts; none of them is anybody's.
const RESIDENT = '530102199003071238';
const PHONE = '13888812345';
const CARD = '6222021234567890128';

const blank: ScannedText = {
  title: '关于做好汛期工作的通知',
  abstract: '部署汛期检查。',
  body: '',
  documentNumber: '',
  issuingBody: '昆明高新区管委会',
  source: '办公室',
  keywords: ['汛期'],
  amendment: '',
  normative: false,
  interpretationPlan: '',
  files: [],
};
const facts: ScanFacts = { dictionary: dictionaryOf(defaultEntries), deadLinks: [], today };
const entry = (given: Partial<DictionaryEntry>): DictionaryEntry => ({
  key: 'a:1',
  kind: 'misspelling',
  severity: 'needs-reason',
  wrong: '',
  right: [],
  near: [],
  notNear: [],
  exceptions: [],
  note: '',
  source: '',
  enabled: true,
  ...given,
});

/** `severity kind：found` of every finding. */
const found = (text: Partial<ScannedText>, more: Partial<ScanFacts> = {}) =>
  scan({ ...blank, ...text }, { ...facts, ...more }).map(
    ({ severity, kind, excerpt }) => `${severity} ${kind}：${excerpt.found}`,
  );
const inBody = (words: string) => found({ body: `<p>${words}</p>` });

describe('what is found in a text', () => {
  it.each<[string, string, string[]]>([
    ['a resident number', `张三，${RESIDENT}。`, ['must-fix resident-number：530***********1238']],
    [
      'in full width',
      '５３０１０２１９９００３０７１２３８',
      ['must-fix resident-number：530***********1238'],
    ],
    [
      'broken by marks',
      `530102<strong>19900307</strong>1238`,
      ['must-fix resident-number：530***********1238'],
    ],
    ['one digit wrong', '530102199003071239', ['needs-reason likely-resident-number：530***********1239']],
    ['a phone', `电话${PHONE}`, ['needs-reason mobile-number：138****2345']],
    ['a bank card', `账号${CARD}`, ['needs-reason bank-card：6222***********0128']],
    ['an address', '家住昆明市五华区人民路12号楼3单元502室', ['needs-reason address：市五****************']],
    ['a private mailbox', 'zhang@163.com', ['hint email：*****@163.com']],
    ['a misspelling', '按装设备', ['needs-reason misspelling：按装']],
    ['parted by a blank', '按 装设备', ['needs-reason misspelling：按 装']],
    ['a wrong name', '报国务员批准', ['must-fix name：国务员']],
    ['a mark of secrecy', '机密★1年', ['must-fix secrecy：机密★']],
    ['with blanks', '机　密 ★ 1年', ['must-fix secrecy：机　密 ★']],
    [
      'an inner document',
      '内部资料，注意保密',
      ['needs-reason secrecy：内部资料', 'needs-reason secrecy：注意保密'],
    ],
    ['a word that is not used', '残废人', ['needs-reason forbidden：残废人']],
    ['before a time', '截止2018年底', ['needs-reason misspelling：截止20']],
    ['a picture without words', '<img src="/files/items/1/aa">', ['needs-reason no-alternative：图片']],
  ])('%s', (_, words, expected) => expect(inBody(words)).toEqual(expected));

  it.each<[string, string]>([
    ['a landline', '电话 0871-68310000'],
    ['a mailbox of an office', 'xxgk@km.gov.cn'],
    ['an amount', '合计13888812345.60元'],
    ['a credit code', '11530100015117317B'],
    ['a document number', '昆高开发〔2018〕12号'],
    ['two paragraphs', '报国务</p><p>员工名单'],
    ['a longer word', '国务员工名单'],
    ['with 使用', '既使用财政资金，又使用社会资金'],
    ['a closing day', '报名截止2018年3月6日'],
    ['an age', '截止年龄'],
    ['words about secrecy', '保守国家秘密，机密文件不得带出'],
    ['cadres', '干部们'],
    ['a picture with words', '<img src="/files/items/1/aa" alt="流程图">'],
    ['plain text', '现就汛期安全生产工作通知如下。'],
  ])('near misses stay: %s', (_, words) => expect(inBody(words)).toEqual([]));

  it('every field is looked at, and told by name', () => {
    const text = {
      title: '按装',
      abstract: '布署',
      issuingBody: '国务员',
      keywords: ['座落'],
      amendment: '帐户',
      interpretationPlan: '台帐',
    };
    expect(scan({ ...blank, ...text }, facts).map(({ place }) => place.field)).toEqual([
      'title',
      'abstract',
      'issuingBody',
      'keywords',
      'amendment',
      'interpretationPlan',
    ]);
  });

  it('names and words of attachments are looked at; the gate puts them right', () => {
    const file = { name: `${RESIDENT}.pdf`, plain: `机密★ 按装 ${PHONE}`, kind: 'attachment' as const };
    const findings = scan({ ...blank, files: [file] }, facts);
    expect(findings.map(({ kind, fixes }) => [kind, fixes.length])).toEqual([
      ['resident-number', 0],
      ['secrecy', 0],
      ['misspelling', 0],
    ]);
  });

  it('what is missing is told', () => {
    expect(found({ abstract: '', keywords: [], source: '' })).toEqual([
      'hint missing-metadata：',
      'hint missing-metadata：',
      'hint missing-metadata：',
    ]);
    expect(found({ normative: true })).toEqual(['needs-reason no-interpretation-plan：']);
    expect(found({ normative: true, interpretationPlan: '同步发布图解' })).toEqual([]);
  });

  it('links known to be dead are told with the day they were tried', () => {
    const dead: DeadLink = {
      href: 'https://old.example/a?b=1&c=2',
      why: '网站答复 404',
      checkedOn: '2018-03-05',
    };
    const body =
      '<p>见<a href="https://old.example/a?b=1&amp;c=2">旧版</a>和<a href="https://x.example/">新版</a></p>';
    const [finding, ...others] = scan({ ...blank, body }, { ...facts, deadLinks: [dead] });
    expect([finding?.kind, others, finding?.explanation]).toEqual([
      'dead-link',
      [],
      'https://old.example/a?b=1&c=2 网站答复 404（2018-03-05 检查）。',
    ]);
    const right = putRight(
      { ...blank, body },
      { ...facts, deadLinks: [dead] },
      {
        key: finding?.key ?? '',
        fix: 0,
        all: false,
        words: '',
      },
    );
    expect(right?.body).toBe('<p>见旧版和<a href="https://x.example/">新版</a></p>');
  });

  it('nobody is named in clear, also where another is found beside him', () => {
    const told = JSON.stringify(
      scan({ ...blank, body: `<p>按装 ${RESIDENT} ${PHONE} ${CARD}</p>` }, facts).map(
        ({ fixes: _, ...finding }) => finding,
      ),
    );
    for (const number of [RESIDENT, PHONE, CARD]) expect(told).not.toContain(number);
  });

  it('nor in the words of a link that does not open, nor around them', () => {
    const href = 'https://old.example/';
    const body = `<p>${CARD}，<a href="${href}">电话${PHONE}</a>，${RESIDENT}</p>`;
    const deadLinks: DeadLink[] = [{ href, why: '网站答复 404', checkedOn: null }];
    const link = scan({ ...blank, body }, { ...facts, deadLinks }).find(({ kind }) => kind === 'dead-link');
    expect(link?.excerpt).toEqual({
      before: '**********0128，',
      found: '电话138****2345',
      after: '，530***********',
    });
  });
});

describe('words of a dictionary', () => {
  const only = (given: Partial<DictionaryEntry>, words: string) =>
    found({ body: `<p>${words}</p>` }, { dictionary: dictionaryOf([entry(given)]) }).length;

  it.each<[string, Partial<DictionaryEntry>, string, number]>([
    ['anywhere', { wrong: '甲乙' }, '丙甲乙丁', 1],
    ['near a word', { wrong: '甲乙', near: ['丙'] }, '丙丁甲乙', 1],
    ['not far from it', { wrong: '甲乙', near: ['丙'] }, `丙${'丁'.repeat(40)}甲乙`, 0],
    ['not near a word', { wrong: '甲乙', notNear: ['丙'] }, '丙丁甲乙', 0],
    ['not in a longer word', { wrong: '甲乙', exceptions: ['甲乙丙'] }, '甲乙丙', 0],
    ['not in what is right', { wrong: '甲乙', right: ['甲乙丙'] }, '甲乙丙', 0],
    ['beside such a word', { wrong: '甲乙', exceptions: ['甲乙丙'] }, '甲乙丙甲乙', 1],
    ['switched off', { wrong: '甲乙', enabled: false }, '甲乙', 0],
    ['in any case and width', { wrong: 'wto' }, 'ＷＴＯ和WTO', 2],
  ])('%s', (_, given, words, count) => expect(only(given, words)).toBe(count));

  it('of two that overlap the graver one is told, then the longer one', () => {
    const dictionary = dictionaryOf([
      entry({ key: 'a:1', wrong: '甲乙丙' }),
      entry({ key: 'a:2', wrong: '乙丙' }),
      entry({ key: 'a:3', wrong: '丁戊', severity: 'must-fix' }),
      entry({ key: 'a:4', wrong: '丁戊己' }),
    ]);
    const findings = scan({ ...blank, body: '<p>甲乙丙丁戊己</p>' }, { ...facts, dictionary });
    expect(findings.map((finding) => finding.entry)).toEqual(['a:1', 'a:3']);
  });
});

describe('putting right', () => {
  const choice = { fix: 0, all: false, words: '' };
  const right = (body: string, at = 0, more = {}) => {
    const text = { ...blank, body };
    return putRight(text, facts, { ...choice, key: scan(text, facts)[at]?.key ?? '', ...more })?.body;
  };

  it.each<[string, string, string]>([
    ['a word', '<p>请按装设备</p>', '<p>请安装设备</p>'],
    ['across marks', '<p>请<strong>按</strong>装设备</p>', '<p>请<strong>安装</strong>设备</p>'],
    ['beside entities', '<p>A&amp;B&lt;按装&gt;</p>', '<p>A&amp;B&lt;安装&gt;</p>'],
    ['a number', `<p>${RESIDENT}</p>`, '<p>530***********1238</p>'],
    ['in a cell', '<table><tr><td>按装</td></tr></table>', '<table><tr><td>安装</td></tr></table>'],
  ])('%s', (_, before, after) => expect(right(before)).toBe(after));

  it('one place and no other, or all of them', () => {
    expect(right('<p>按装一，按装二</p>', 1)).toBe('<p>按装一，安装二</p>');
    expect(right('<p>按装一，按装二</p>', 1, { all: true })).toBe('<p>安装一，安装二</p>');
  });

  it('words for a picture, escaped', () => {
    expect(right('<p><img src="/files/items/1/aa" alt=""></p>', 0, { words: '图"甲"<' })).toBe(
      '<p><img alt="图&quot;甲&quot;&lt;" src="/files/items/1/aa"></p>',
    );
  });

  it('what is gone is not put right', () => {
    expect(putRight(blank, facts, { ...choice, key: 'body-nothing' })).toBeNull();
  });

  it('no word put right makes the same mistake anew, whatever stands beside it', () => {
    const nonsense = entry({ key: 'a:9', wrong: '甲甲', right: ['甲'] });
    for (const one of [...defaultEntries.filter(({ right }) => right.length > 0), nonsense]) {
      const dictionary = dictionaryOf([{ ...one, near: [], enabled: true }]);
      const letters = [...new Set([...one.wrong, ...one.right.join('')])];
      for (let turn = 0; turn < 20; turn++) {
        const beside = (salt: number) => letters[(turn * salt + 3) % letters.length] ?? '';
        const text = {
          ...blank,
          body: `<p>${beside(7)}${one.wrong}${beside(5)}${turn % 3 === 0 ? one.wrong : ''}</p>`,
        };
        for (const [fix] of one.right.entries()) {
          const its = { dictionary, deadLinks: [], today };
          const before = scan(text, its).filter((finding) => finding.entry === one.key);
          const key = before[0]?.key ?? '';
          if (key === '') continue;
          const after = putRight(text, its, { key, fix, all: true, words: '' });
          expect(
            scan(after ?? text, its).filter((finding) => finding.entry === one.key),
            `${one.key} ${text.body} ${after?.body}`,
          ).toEqual([]);
          const single = putRight(text, its, { key, fix, all: false, words: '' });
          expect(
            scan(single ?? text, its).filter((finding) => finding.entry === one.key).length,
            `${one.key} ${text.body} ${single?.body}`,
          ).toBeLessThan(before.length);
        }
      }
    }
  });
});

test('a key stays while the words around it stay, and does not outlive them', () => {
  const keys = (body: string) => scan({ ...blank, body }, facts).map(({ key }) => key);
  const [key] = keys('<p>展出原文“座落城南”。</p>');
  expect(keys('<p>新的一段。</p><p>展出原文“座落城南”。</p>')).toEqual([key]);
  expect(keys('<p>展出原文“座落城北”。</p>')).not.toEqual([key]);
  expect(new Set(keys('<p>座落。</p><p>座落。</p>')).size).toBe(2);
});

test('what must be put right stands whatever reason was given', () => {
  const findings = scan({ ...blank, body: `<p>${RESIDENT}按装</p>` }, facts);
  const reasons = findings.map(({ key }) => ({ key, reason: '有理由', by: '傅发布', at: '' }));
  expect(heldBack(judged(findings, reasons))).toContain('1 处必须改正（公民身份号码）');
  expect(heldBack(judged(findings.slice(1), reasons))).toBeNull();
});

describe('more than is told one by one', () => {
  const phones = (count: number) => ({ ...blank, body: `<p>${`${PHONE}，`.repeat(count)}</p>` });
  const stand = (findings: readonly Finding[]) =>
    findings.map(({ key }) => ({ key, reason: '对外公布的电话', by: '傅发布', at: '' }));

  it('the rest is counted, and wants a reason as well', () => {
    const findings = scan(phones(MOST_FINDINGS + 3), facts);
    const rest = findings.at(-1);
    expect([findings.length, rest?.kind, rest?.severity]).toEqual([
      MOST_FINDINGS + 1,
      'rest',
      'needs-reason',
    ]);
    expect(rest?.explanation).toContain('另有 3 处');
    expect(heldBack(judged(findings, stand(findings.slice(0, -1))))).toContain('1 处须改正或说明理由');
    expect(heldBack(judged(findings, stand(findings)))).toBeNull();
  });

  it('a reason for the rest does not outlive it', () => {
    const rest = (body: string) => scan({ ...blank, body }, facts).at(-1)?.key;
    const { body } = phones(MOST_FINDINGS + 3);
    expect(rest(body.replace('<p>', '<p>甲'))).toBe(rest(body));
    expect(rest(body.replace(`${PHONE}，</p>`, '13999912345，</p>'))).not.toBe(rest(body));
    expect(rest(`<p>${'按装，'.repeat(600)}</p>`)).not.toBe(rest(`<p>${'按装，'.repeat(601)}</p>`));
  });

  it.each([
    ['a number', RESIDENT],
    ['a word', '国务员'],
  ])('what must be put right is told first: %s', (_, grave) => {
    for (const light of [`${PHONE}，`, '按装，']) {
      const body = `<p>${light.repeat(MOST_FINDINGS)}</p><p>${grave}</p>`;
      const findings = scan({ ...blank, body }, facts);
      expect(findings.filter(({ severity }) => severity === 'must-fix').length, light).toBe(1);
      expect(heldBack(judged(findings, stand(findings)))).toContain('1 处必须改正');
    }
  });

  it('all of them are put right at once', () => {
    const text = phones(130_000);
    const key = scan(text, facts)[0]?.key ?? '';
    const right = putRight(text, facts, { key, fix: 0, all: true, words: '' });
    expect(scan(right ?? text, facts)).toEqual([]);
  });
});

test('two million characters in one paragraph are scanned at once', () => {
  const pieces = ['现就汛期安全生产工作通知如下。', '按装', `${PHONE}，`, '12', '市1'];
  scan({ ...blank, body: '<p>按装</p>' }, facts);
  for (const piece of pieces) {
    const started = performance.now();
    scan({ ...blank, body: `<p>${piece.repeat(2_000_000 / piece.length)}</p>` }, facts);
    // A machine that does much else besides is allowed more than the second it takes alone.
    expect(performance.now() - started, piece).toBeLessThan(8000);
  }
});

test('the words that come with the program are sound', () => {
  expect(defaultEntries.length).toBeGreaterThan(100);
  expect(new Set(defaultEntries.map(({ key }) => key)).size).toBe(defaultEntries.length);
  for (const { key, wrong, right, exceptions } of defaultEntries) {
    expect(right, key).not.toContain(wrong);
    for (const word of exceptions) expect(word, key).toContain(wrong);
  }
});
