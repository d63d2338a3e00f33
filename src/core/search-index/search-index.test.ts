import { expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { anEntry, openSearchOffice } from '../../../tests/support/search-office.ts';
import { createAgency } from '../../areas/organisations/index.ts';
import { Counting } from './divide.ts';
import { documentNumberKey, documentNumberWords } from './document-numbers.ts';
import { LAYOUT, LAYOUT_WORD } from './entry.ts';
import { countFacets } from './facet-store.ts';
import { markOf, weekOf } from './facet-words.ts';
import { fold } from './fold.ts';
import { excerpt, mark } from './highlight.ts';
import {
  dropEntries,
  dropEntry,
  findEntries,
  lacksEntries,
  noteEntriesWritten,
  putEntries,
  putEntry,
} from './index.ts';
import { Matching } from './matching.ts';
import { readQuery } from './query.ts';
import { nearest } from './spelling.ts';

const { db, pool } = await freshDatabase();
const { ctx, agencyId, otherAgency } = await openSearchOffice(db);

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
  await putEntry(db, otherAgency, anEntry('9', '住房公积金缴存'));
  expect(await refs('公积金缴存')).not.toContain('9');
  expect(
    (await findEntries(db, otherAgency, { query: '公积金', limit: 5 })).hits.map(({ ref }) => ref),
  ).toEqual(['9']);
});

test('putting again replaces, dropping removes, an undone transaction leaves nothing', async () => {
  await putEntry(db, agencyId, anEntry('20', '独角兽企业名单'));
  expect(await refs('独角兽')).toEqual(['20']);
  await putEntry(db, agencyId, anEntry('20', '瞪羚企业名单'));
  expect(await refs('独角兽')).toEqual([]);
  expect(await refs('瞪羚')).toEqual(['20']);
  await dropEntry(db, agencyId, 'item', '20');
  expect(await refs('瞪羚')).toEqual([]);
  await putEntry(db, agencyId, anEntry('2018/1', '瞪羚企业名单', '', { kind: 'report' }));
  await dropEntries(db, agencyId, 'report', '2018/');
  expect(await refs('瞪羚')).toEqual([]);
  const undone = db.transaction().execute(async (trx) => {
    await putEntry(trx, agencyId, anEntry('21', '独角兽企业名单'));
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  expect(await refs('独角兽')).toEqual([]);
});

test('a huge text is kept in bounds', async () => {
  await putEntry(db, agencyId, anEntry('30', '超长文件', '一段很长的文字没有空格'.repeat(200_000)));
  expect(await refs('超长文件')).toEqual(['30']);
  const long = Array.from({ length: 40_000 }, (_, n) => `w${n}x`).join(' ');
  await putEntry(db, agencyId, anEntry('31', '词表', long, { further: long }));
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
      anEntry(`m${n}`, `第${n}号工作安排`, '', {
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
  await putEntries(db, office, [anEntry('1', '安全生产通告'), anEntry('2', '安全生产通知')]);
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
  const texts = Array.from({ length: 420 }, (_, n) => anEntry(`p${n}`, `第${n}号通告`, '安全生产和消防检查'));
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
  await putEntry(db, older, anEntry('1', '早先的信息'));
  await pool.query(`UPDATE search_entries SET words = ts_delete(words, $2) WHERE agency_id = $1`, [
    older,
    `${older.toString(36)}.${LAYOUT_WORD}`,
  ]);
  expect(await lacksEntries(db, older)).toBe(true);
  await noteEntriesWritten(db, older);
  expect(await lacksEntries(db, older)).toBe(false);
});
