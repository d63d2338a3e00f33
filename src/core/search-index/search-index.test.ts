import { expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { createAgency } from '../../areas/organisations/index.ts';
import { clockAt } from '../clock.ts';
import { Counting } from './divide.ts';
import { documentNumberKey, documentNumberWords } from './document-numbers.ts';
import { LAYOUT, LAYOUT_WORD } from './entry.ts';
import { countFacets } from './facet-store.ts';
import { markOf, weekOf } from './facet-words.ts';
import { fold } from './fold.ts';
import { excerpt, mark } from './highlight.ts';
import {
  countMisses,
  dropEntries,
  dropEntry,
  findEntries,
  keepMiss,
  lacksEntries,
  listMisses,
  missesWritten,
  noteEntriesWritten,
  putEntries,
  putEntry,
  type SearchEntry,
} from './index.ts';
import { Matching } from './matching.ts';
import { mayTellOfPerson } from './miss-store.ts';
import { readQuery } from './query.ts';
import { nearest } from './spelling.ts';

const { db, pool } = await freshDatabase();
const ctx = { db, clock: clockAt('2026-11-27'), actor: { kind: 'system' as const, name: '测试' } };
const agencyId = await createAgency(ctx, { code: 'khtz', name: '昆明高新区管委会', shortName: '高新区' });
const otherAgency = await createAgency(ctx, { code: 'other', name: '别的机关', shortName: '别的' });

const entry = (ref: string, title: string, body = '', more: Partial<SearchEntry> = {}): SearchEntry => ({
  kind: 'item',
  ref,
  sourceId: null,
  href: `/items/${ref}`,
  title,
  body,
  publishedOn: '2018-03-05',
  ...more,
});

await putEntries(db, agencyId, [
  entry('1', '住房公积金提取管理办法', '申请人可以提取公积金。局长王小雅同志负责解释。', {
    documentNumber: '昆高发〔2018〕12号',
    unitId: 1,
    columnId: 7,
    furtherColumns: [8],
    genre: '办法',
    validity: 'in-force',
  }),
  entry('2', '关于印发汛期安全生产工作方案的通知', '各部门按照昆高办〔2017〕3号文件执行。', {
    unitId: 2,
    columnId: 7,
    genre: '通知',
    publishedOn: '2017-06-01',
    validity: 'repealed',
  }),
  entry('3', '安全生产简报', '本期内容：检查情况。公积金政策另行通知。', { unitId: 2, genre: '通知' }),
  entry('4', '關於開展環境影響評價的公告', '請有關單位提交資料', { genre: '公告', sourceId: 'S4' }),
  entry('5', '<script>alert(1)</script>测试 & "引号"', '<b>粗体</b>不是标签，100%_有效\\。', {}),
  entry('6', '２０１８年ＧＤＰ统计数据', '全区生产总值 GDP 增长 8.5%', { publishedOn: null }),
]);

const refs = async (query: string, more: object = {}) =>
  (await findEntries(db, agencyId, { query, limit: 20, ...more })).hits.map(({ ref }) => ref);

test.each([
  ['全角ＡＢＣ１２３（）', '全角abc123()'],
  ['環境影響評價', '环境影响评价'],
  ['A\u0000\t\n　B', 'a    b'],
  ['İ', 'İ'],
  ['𠮷野家', '𠮷野家'],
])('%j folds to %j, place for place', (text, folded) => {
  expect(fold(text)).toBe(folded);
  expect(fold(text)).toHaveLength(text.length);
});

test.each([
  ['昆高发〔2018〕12号', '#2018-12', '昆高发#2018-12'],
  ['昆高发[2018]12号', '#2018-12', '昆高发#2018-12'],
  ['昆高发（2018）12号', '#2018-12', '昆高发#2018-12'],
  ['昆高发【2018】第 012 号', '#2018-12', '昆高发#2018-12'],
  ['昆高发［２０１８］１２号', '#2018-12', '昆高发#2018-12'],
  ['(2018)12', '#2018-12', '#2018-12'],
  ['昆高发2018年12号', '#2018-12', '昆高发#2018-12'],
  ['昆高发2018年第12号', '#2018-12', '昆高发#2018-12'],
  ['昆高发 2018 12号', '#2018-12', '昆高发#2018-12'],
])('%s is the document number %s', (text, word, key) => {
  expect(documentNumberWords(fold(text))).toEqual([word]);
  expect(documentNumberKey(fold(text))).toBe(key);
});

test.each([
  ['公积金', ['1', '3'], 'a word; in a title it counts more'],
  ['住房公积金', ['1', '3'], 'both words, or their synonym'],
  ['住房提取', ['1'], 'both words'],
  ['缴存公积金', ['1', '3'], 'part of it when nothing holds all'],
  ['ＧＤＰ', ['6'], 'full width'],
  ['gdp', ['6'], 'case'],
  ['环境影响评价', ['4'], 'simplified finds traditional'],
  ['環評', ['4'], 'traditional finds its synonym'],
  ['王小雅', ['1'], 'a name that no dictionary has'],
  ['昆高发〔2018〕12号', ['1'], 'a document number'],
  ['昆高发(2018)12号', ['1'], 'in other brackets'],
  ['[2018]12号', ['1'], 'without what stands before it'],
  ['昆高办[2017]3号', ['2'], 'in a body'],
  ['"安全生产工作"', ['2'], 'a phrase'],
  ['“安全生产简报”', ['3'], 'a phrase in Chinese quotes'],
  ['安全生产 -通知', [], 'an exclusion: both have the word'],
  ['安全生产 -汛期', ['3'], 'an exclusion'],
  ['安全生产 -"工作方案"', ['3'], 'an excluded phrase'],
  ['税', [], 'a character that stands nowhere'],
  ['汛', ['2'], 'one character'],
  ['大熊猫', [], 'nothing'],
  ['', [], 'no words'],
  ['   ', [], 'no words'],
  ['，。？！', [], 'no words'],
  ['-通知', [], 'only an exclusion'],
])('%s finds %j: %s', async (query, expected) => {
  expect(await refs(query)).toEqual(expected);
});

test.each(['2018年3月5日', '12018年12号楼', '2018年12月3号'])('%s is none', (text) => {
  expect(documentNumberWords(fold(text))).toEqual([]);
});

test.each([
  ['安全生产 2017年6月', '2'],
  ['安全生产 2017-6', '2'],
  ['安全生产 2018年3月', '3'],
])('%s: the day of publication says what a text does not', async (query, first) => {
  expect((await refs(query))[0]).toEqual(first);
});

test.each([
  ['公积金 玻璃幕墙', '1', 'a word that stands nowhere'],
  ['公积今提取', '1', 'a slip of the pen'],
  ['汛期谁负责安全', '2', 'a question'],
])('%s finds %s first: %s', async (query, expected) => {
  const found = await findEntries(db, agencyId, { query, limit: 5 });
  expect([found.loose, found.hits[0]?.ref]).toEqual([true, expected]);
});

test('a question finds what holds most of it', async () => {
  const found = await findEntries(db, agencyId, { query: '住房公积金怎么贷款买房', limit: 5 });
  expect(found.hits[0]?.ref).toBe('1');
  expect(found.loose).toBe(true);
});

test.each([
  // Stands nowhere; stands elsewhere; a name is told whole; what is asked is given up before the matter.
  [
    '公积金 玻璃幕墙',
    ['公积金'],
    ['玻璃幕墙'],
    [
      ['1', []],
      ['3', []],
    ],
  ],
  [
    '公积金 汛期',
    ['公积金', '汛期'],
    [],
    [
      ['1', ['汛期']],
      ['2', ['公积金']],
      ['3', ['汛期']],
    ],
  ],
  ['汛期 覃敬轩', ['汛期'], ['覃敬轩'], [['2', []]]],
  ['环境影响评价的电话', ['环境影响评价'], ['电话'], [['4', []]]],
  [
    '公积金 〔2019〕99号',
    ['公积金'],
    ['〔2019〕99号'],
    [
      ['1', []],
      ['3', []],
    ],
  ],
])('%s: by %j without %j', async (query, held, missing, expected) => {
  const { hits, words, loose, partial } = await findEntries(db, agencyId, { query, limit: 20 });
  expect([loose, partial, words]).toEqual([true, expected.length, { held, missing }]);
  expect(
    hits.map(({ ref, missing }) => [ref, missing.filter((word) => !words.missing.includes(word))]).toSorted(),
  ).toEqual(expected);
});

test.each([
  ['"公积金政策" 汛期', 'a phrase'],
  ['公积金 汛期 -提取 -通知 -安全生产', 'exclusions that leave nothing'],
])('%s: %s is never given up', async (query) => {
  expect(await refs(query)).toEqual([]);
});

test('an exclusion holds for what is found in part', async () => {
  expect((await refs('公积金 汛期 -提取')).toSorted()).toEqual(['2', '3']);
});

test('who insists on every word gets nothing else', async () => {
  const all = await findEntries(db, agencyId, {
    query: '公积金 汛期',
    limit: 5,
    everyWord: true,
    facets: true,
  });
  expect(all).toMatchObject({ total: 0, partial: 0, loose: false, hits: [], facets: [] });
});

test('what holds all comes first, then what holds part; by date each the newest first', async () => {
  const office = await createAgency(ctx, { code: 'partly', name: '部分机关', shortName: '部分' });
  await putEntries(db, office, [
    entry('whole', '老旧小区改造补偿标准', '', { publishedOn: '2016-01-04', unitId: 1 }),
    entry('old', '老旧小区改造补偿', '', { publishedOn: '2015-01-05', unitId: 2 }),
    entry('new', '老旧小区改造标准', '', { publishedOn: '2018-01-02', unitId: 1 }),
    ...Array.from({ length: 12 }, (_, n) => entry(`n${n}`, `第${n}号通告`)),
  ]);
  const ask = { query: '老旧小区 补偿 标准', limit: 20, facets: true };
  const found = await findEntries(db, office, ask);
  const told = (result: typeof found) => result.hits.map(({ ref, partial }) => [ref, partial]);
  expect([told(found)[0], found.total, found.partial, found.loose]).toEqual([['whole', false], 3, 2, false]);
  expect(told(await findEntries(db, office, { ...ask, sort: 'date' }))).toEqual([
    ['whole', false],
    ['new', true],
    ['old', true],
  ]);
  expect((await findEntries(db, office, { ...ask, sort: 'date', limit: 1, offset: 2 })).hits[0]?.ref).toBe(
    'old',
  );
  // Each filter finds as many as its count said.
  for (const { facet, value, count } of found.facets) {
    const narrowed = await findEntries(db, office, { ...ask, filters: { [facet]: value } });
    expect([facet, value, narrowed.total]).toEqual([facet, value, count]);
  }
});

test('a filter that leaves little does not bring in what the search did not offer', async () => {
  const office = await createAgency(ctx, { code: 'enough', name: '很多机关', shortName: '很多的' });
  await putEntries(db, office, [
    ...Array.from({ length: 12 }, (_, n) =>
      entry(`w${n}`, `第${n}号社区防汛值班安排`, '', { unitId: n === 0 ? 1 : 2 }),
    ),
    entry('part', '社区防汛通告', '', { unitId: 1 }),
  ]);
  const ask = { query: '社区 防汛 值班', limit: 20, filters: { unit: 1 } };
  expect(await findEntries(db, office, ask)).toMatchObject({ total: 1, partial: 0, hits: [{ ref: 'w0' }] });
});

test.each([
  [{ unit: 2 }, ['3', '2']],
  [{ genre: '通知', year: 2017 }, ['2']],
  [{ column: 7 }, ['2']],
  [{ validity: 'repealed' }, ['2']],
  [{ kind: 'report' }, []],
  [{ genre: "通知' | 'x" }, []],
])('filters %j', async (filters, expected) => {
  expect((await refs('安全生产', { filters })).toSorted()).toEqual(expected.toSorted());
});

test('a further column counts like the first', async () => {
  expect(await refs('公积金', { filters: { column: 8 } })).toEqual(['1']);
});

test('facets count what was found', async () => {
  const { facets, total } = await findEntries(db, agencyId, { query: '安全生产', limit: 1, facets: true });
  expect(total).toBe(2);
  const of = (wanted: string) => facets.filter(({ facet }) => facet === wanted);
  expect(of('kind')).toEqual([{ facet: 'kind', value: 'item', count: 2 }]);
  expect(
    of('year')
      .map(({ value, count }) => [value, count])
      .toSorted(),
  ).toEqual([
    ['2017', 1],
    ['2018', 1],
  ]);
  expect(of('column')).toEqual([{ facet: 'column', value: '7', count: 1 }]);
});

test('by date, the newest first, page by page', async () => {
  expect(await refs('安全生产', { sort: 'date' })).toEqual(['3', '2']);
  expect(await refs('安全生产', { sort: 'date', limit: 1, offset: 1 })).toEqual(['2']);
});

test.each([
  ["'; DROP TABLE search_entries; --"],
  ["a' & !b | (c <-> d):*AB"],
  ['\\'],
  ["\\'"],
  ['" " " -" --- -'],
  ['&|!():*<->'],
  ['\u0000\ud800x\udfff'],
  ['公积金'.repeat(5000)],
  [`-${'a'.repeat(5000)}`],
  ['"'.repeat(3000)],
  ['- - - -a -b -c -d -e -f -g -h'],
  ['%_%'],
  [':*'],
])('%j is only a query', async (query) => {
  const found = await findEntries(db, agencyId, { query, limit: 5 });
  expect(found.hits.length).toBeLessThanOrEqual(5);
});

test('what is shown is text, marked in pieces', async () => {
  const { hits } = await findEntries(db, agencyId, { query: '引号', limit: 1 });
  expect(hits[0]?.title.map(({ text }) => text).join('')).toBe('<script>alert(1)</script>测试 & "引号"');
  expect(hits[0]?.title.filter(({ marked }) => marked)).toEqual([{ text: '引号', marked: true }]);
});

test('marks join and never run into each other', () => {
  expect(mark('住房公积金', ['公积金', '住房', '公积'])).toEqual([{ text: '住房公积金', marked: true }]);
  expect(mark('ＧＤＰ增长', ['gdp'])).toEqual([
    { text: 'ＧＤＰ', marked: true },
    { text: '增长', marked: false },
  ]);
});

test('an excerpt shows the passage with most of it', () => {
  const text = `公积金。${'别的内容'.repeat(80)}公积金和贷款放在一起。${'后面'.repeat(100)}`;
  const pieces = excerpt(text, ['公积金', '贷款']);
  expect(pieces.filter(({ marked }) => marked).map(({ text }) => text)).toEqual(['公积金', '贷款']);
  expect(pieces.map(({ text }) => text).join('').length).toBeLessThan(130);
});

test('what another agency published is not found', async () => {
  await putEntry(db, otherAgency, entry('9', '住房公积金缴存'));
  expect(await refs('公积金缴存')).not.toContain('9');
  expect(
    (await findEntries(db, otherAgency, { query: '公积金', limit: 5 })).hits.map(({ ref }) => ref),
  ).toEqual(['9']);
});

test('putting again replaces, dropping removes, an undone transaction leaves nothing', async () => {
  await putEntry(db, agencyId, entry('20', '独角兽企业名单'));
  expect(await refs('独角兽')).toEqual(['20']);
  await putEntry(db, agencyId, entry('20', '瞪羚企业名单'));
  expect(await refs('独角兽')).toEqual([]);
  expect(await refs('瞪羚')).toEqual(['20']);
  await dropEntry(db, agencyId, 'item', '20');
  expect(await refs('瞪羚')).toEqual([]);
  await putEntry(db, agencyId, entry('2018/1', '瞪羚企业名单', '', { kind: 'report' }));
  await dropEntries(db, agencyId, 'report', '2018/');
  expect(await refs('瞪羚')).toEqual([]);
  const undone = db.transaction().execute(async (trx) => {
    await putEntry(trx, agencyId, entry('21', '独角兽企业名单'));
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  expect(await refs('独角兽')).toEqual([]);
});

test('a huge text is kept in bounds', async () => {
  await putEntry(db, agencyId, entry('30', '超长文件', '一段很长的文字没有空格'.repeat(200_000)));
  expect(await refs('超长文件')).toEqual(['30']);
  const long = Array.from({ length: 40_000 }, (_, n) => `w${n}x`).join(' ');
  await putEntry(db, agencyId, entry('31', '词表', long, { further: long }));
  expect(await refs('词表')).toEqual(['31']);
});

test('weeks begin on Mondays', () => {
  expect(weekOf('2018-03-04')).toBe(weekOf('2018-03-05') - 1);
  expect(weekOf('2018-03-11')).toBe(weekOf('2018-03-05'));
  expect(weekOf(null)).toBe(0);
});

test('what was typed is read in bounds', () => {
  const query = readQuery(Array.from({ length: 300 }, (_, n) => `"p${n}" -x${n}`).join(' '));
  expect(query.phrases.length).toBeLessThanOrEqual(3);
  expect(query.excluded.length).toBeLessThanOrEqual(6);
  expect(query.terms.length).toBeLessThanOrEqual(16);
});

test.each([
  ['王小雅', true],
  ['5301110000', true],
  ['a@b.cn', true],
  ['公积金贷款', false],
  ['大熊猫', false],
])('%s may tell of a person: %s', (text, expected) => {
  expect(mayTellOfPerson(text)).toBe(expected);
});

test('searches in vain are counted, without people', async () => {
  for (const query of ['大熊猫', ' 大熊猫 ', '王小雅', '13800138000'])
    await keepMiss(db, agencyId, query, '2018-03-05');
  expect(await listMisses(db, agencyId, { group: 'open', sort: 'often' }, { limit: 10 })).toMatchObject([
    { query: '大熊猫', times: 2, firstOn: '2018-03-05', lastOn: '2018-03-05', handledOn: null },
  ]);
});

test('many who look in vain at once are all counted, in few writes', async () => {
  let writes = 0;
  const watched = db.withPlugin({
    transformQuery({ node }) {
      writes += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  for (let n = 0; n < 50; n++)
    for (const query of ['穿山甲', `第${n % 5}只丹顶鹤`])
      void keepMiss(watched, otherAgency, query, n === 0 ? '2018-03-04' : '2018-03-06');
  await missesWritten(watched);
  expect(writes).toBeLessThanOrEqual(3);
  const kept = await listMisses(db, otherAgency, { group: 'open', sort: 'often' }, { limit: 10 });
  expect(kept).toHaveLength(6);
  expect(kept[0]).toMatchObject({ query: '穿山甲', times: 50, firstOn: '2018-03-04', lastOn: '2018-03-06' });
  expect(kept.slice(1).map(({ times }) => times)).toEqual([10, 10, 10, 10, 10]);
});

test('no more than so many different searches in vain are kept', async () => {
  const office = await createAgency(ctx, { code: 'vain', name: '徒劳机关', shortName: '徒劳' });
  await pool.query(
    `INSERT INTO search_misses (agency_id, query, first_on, last_on) SELECT $1, 'q' || n, '2018-03-05', '2018-03-05' FROM generate_series(1, 1999) n`,
    [office],
  );
  for (const query of ['q7', '穿山甲', '丹顶鹤']) await keepMiss(db, office, query, '2018-03-06');
  expect(await countMisses(db, office, { group: 'open' })).toEqual({ queries: 2000, times: 2001 });
});

test.each([
  ['公积今提取', '公积金提取'],
  ['公金积', '公积金'],
  ['公积积金', '公积金'],
  ['大熊猫', null],
])('%s was meant as %s', (typed, expected) => {
  expect(nearest(typed, ['公积金'])).toBe(expected);
});

test('of very many, how they divide is counted, of more told from a part of them within a few in a hundred', async () => {
  const many = await createAgency(ctx, { code: 'many', name: '很多信息', shortName: '很多' });
  const genres = ['通知', '公告', '办法'];
  await putEntries(
    db,
    many,
    Array.from({ length: 9_000 }, (_, n) =>
      entry(`m${n}`, `第${n}号工作安排`, '', {
        genre: genres[n % 3] ?? '',
        unitId: n % 10 === 0 ? 1 : 2,
        publishedOn: `20${10 + (n % 9)}-0${1 + (n % 9)}-11`,
      }),
    ),
  );
  const ask = { query: '工作安排', limit: 5, facets: true };
  const countOf = ({ facets }: Awaited<ReturnType<typeof findEntries>>, name: string, wanted: string) =>
    facets.find(({ facet, value }) => facet === name && value === wanted)?.count ?? 0;
  const whole = await findEntries(db, many, ask);
  expect([whole.total, whole.more, whole.counted]).toEqual([1000, true, { all: 9000, exact: true }]);
  expect([
    countOf(whole, 'genre', '公告'),
    countOf(whole, 'unit', '1'),
    countOf(whole, 'year', '2012'),
  ]).toEqual([3000, 900, 1000]);
  const few = await findEntries(db, many, { ...ask, filters: { unit: 1 } });
  expect([few.total, few.counted, countOf(few, 'unit', '1')]).toEqual([900, { all: 900, exact: true }, 900]);

  const part = await countFacets(db, many, `'${many.toString(36)}.工作安排' | '${many.toString(36)}.工作'`);
  expect(part.all).toBe(9000);
  const halves = await Promise.all(
    [1, 2, 3].map((halved) =>
      countFacets(db, many, `'${many.toString(36)}.工作' & '${many.toString(36)}.~t${halved}'`),
    ),
  );
  for (const [index, { all, facets }] of halves.entries()) {
    const times = 2 ** (index + 1);
    expect(Math.abs(all * times - 9000) / 9000).toBeLessThan(0.1);
    const notices = facets.find(({ facet, value }) => facet === 'genre' && value === '公告')?.count ?? 0;
    expect(Math.abs(notices * times - 3000) / 3000).toBeLessThan(0.15);
  }
}, 60_000);

test('while entries of an older layout stand there, nothing is told from parts they do not belong to', async () => {
  const office = await createAgency(ctx, { code: 'changing', name: '换版机关', shortName: '换版' });
  await putEntries(db, office, [entry('1', '安全生产通告'), entry('2', '安全生产通知')]);
  const query = readQuery('安全生产');
  const counted = async (older: boolean) => {
    const words = new Map([[`${markOf(office)}~l${LAYOUT - (older ? 1 : 0)}`, 0.5]]);
    for (const term of query.terms.flatMap(({ alternatives }) => alternatives.flat()))
      words.set(markOf(office) + term, 0.5);
    const known = { entries: 1_000_000, words, titleWords: words, leastShare: 0.001 };
    const matching = new Matching(db, office, query, {}, known);
    const found = { titled: [], matched: [1], more: true };
    return (await new Counting(db, office, matching, query).of(found, [1], query.terms)).counted;
  };
  expect(await counted(false)).toEqual({ all: 2, exact: true });
  expect(await counted(true)).toBe(null);
});

test('a phrase sought in more entries than are read says that there may be more', async () => {
  const office = await createAgency(ctx, { code: 'phrases', name: '短语机关', shortName: '短语' });
  const texts = Array.from({ length: 420 }, (_, n) => entry(`p${n}`, `第${n}号通告`, '安全生产和消防检查'));
  await putEntries(db, office, texts);
  const { total, more } = await findEntries(db, office, { query: '"安全生产和消防"', limit: 5 });
  expect(total).toBeLessThan(420);
  expect(more).toBe(true);
  const few = await findEntries(db, office, { query: '"第17号通告"', limit: 5 });
  expect([few.total, few.more]).toEqual([1, false]);
});

test('entries are written anew once when the layout of words changed', async () => {
  expect(await lacksEntries(db, otherAgency)).toBe(false);
  const older = await createAgency(ctx, { code: 'older', name: '早先的机关', shortName: '早先' });
  expect(await lacksEntries(db, older)).toBe(true);
  await putEntry(db, older, entry('1', '早先的信息'));
  await pool.query(`UPDATE search_entries SET words = ts_delete(words, $2) WHERE agency_id = $1`, [
    older,
    `${older.toString(36)}.${LAYOUT_WORD}`,
  ]);
  expect(await lacksEntries(db, older)).toBe(true);
  await noteEntriesWritten(db, older);
  expect(await lacksEntries(db, older)).toBe(false);
});
