import { deflateSync } from 'node:zlib';
import { PDFDocument } from '@cantoo/pdf-lib';
import JSZip from 'jszip';
import { afterAll, describe, expect, it } from 'vitest';
import { rawPdf } from '../../../annual-report/reading/files/fixtures/raw-pdf.ts';
import { p, word } from '../../../annual-report/reading/files/fixtures/word.ts';
import { readJpegHead } from '../../../core/jpeg-head.ts';
import { picturesOf } from './fixtures/attack.ts';
import { byTypst, latinPdf, scanOf } from './fixtures/producers.ts';
import { coverPage, find, prepare } from './orders.ts';
import { drawPage, withPage, withPdf } from './pdfium.ts';
import { pictureDocument } from './picture-pdf.ts';
import { openRedactor, type RedactorLimits } from './queue.ts';

const person = { name: '欧阳靖远', identity: '530103199003074518' };
const kinds = () => byTypst(person);

async function encrypted(): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  pdf.addPage();
  pdf.encrypt({ userPassword: 'secret', ownerPassword: 'owner' });
  return pdf.save({ useObjectStreams: false });
}

const manyPages = () =>
  rawPdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${'3 0 R '.repeat(301)}] /Count 301 /MediaBox [0 0 100 100] >>`,
    '<< /Type /Page /Parent 2 0 R >>',
  ]);

/** A picture that says it is `side` pixels wide and high. */
function hugePng(side: number): Uint8Array {
  const chunk = (name: string, data: Buffer) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(data.length);
    head.write(name, 4, 'latin1');
    return Buffer.concat([head, data, Buffer.alloc(4)]);
  };
  const size = Buffer.alloc(13);
  size.writeUInt32BE(side);
  size.writeUInt32BE(side, 4);
  size.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', size),
    chunk('IDAT', deflateSync(Buffer.alloc(1000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

async function bomb(): Promise<Uint8Array> {
  const zip = new JSZip();
  zip.file('[Content_Types].xml', '<Types/>');
  zip.file('word/document.xml', Buffer.alloc(30 * 2 ** 20));
  return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
}

describe('a file is refused in words', () => {
  it.each<[string, () => Promise<Uint8Array> | Uint8Array, string, string]>([
    ['with a password', encrypted, 'encrypted', '密码'],
    ['cut short', async () => (await kinds()).subarray(0, 900), 'damaged', '损坏'],
    ['with nothing but a head', () => Buffer.from('%PDF-1.7\n'), 'damaged', '损坏'],
    ['with too many pages', manyPages, 'too-large', '301 页'],
    ['with pages of no size', () => latinPdf('', '/CropBox [0 0 0 0]').subarray(0, 60), 'damaged', '损坏'],
    ['that is empty', () => new Uint8Array(), 'empty', '空'],
    ['of another kind', () => Buffer.from('GIF89a, more or less'), 'wrong-type', '图片格式'],
    ['that is a program', () => Buffer.from(`MZ${'\0'.repeat(100)}`), 'wrong-type', 'PDF、Word'],
    [
      'of old Office',
      () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2000)]),
      'old-format',
      '旧版',
    ],
    ['a picture cut before its size', () => Buffer.from('ffd8ffe000104a46494600', 'hex'), 'damaged', '损坏'],
    ['a picture larger than it may be', () => hugePng(30_000), 'too-large', '像素'],
    ['a picture with broken pixels', () => hugePng(2000), 'damaged', '损坏'],
    ['a Word document that unpacks to a flood', bomb, 'bomb', '异常'],
    [
      'a spreadsheet',
      () => new JSZip().file('xl/workbook.xml', '<a/>').generateAsync({ type: 'uint8array' }),
      'wrong-type',
      '表格',
    ],
    ['a Word document that is no document', () => word('<broken'), 'damaged', '损坏'],
    ['a Word document with macros', () => word(p('a'), { 'word/vbaProject.bin': 'x' }), 'macro', '宏'],
  ])('%s', async (_, make, fault, words) => {
    await expect(prepare([await make()])).rejects.toMatchObject({
      fault,
      message: expect.stringContaining(words),
    });
  });

  it('a PDF among pictures', async () => {
    const pdf = await kinds();
    await expect(prepare([await scanOf(pdf, 'png'), pdf])).rejects.toMatchObject({ fault: 'wrong-type' });
  });
});

describe('a file is taken', () => {
  it.each([0, 90, 180, 270])('turned by %i degrees, with its text where it is seen', async (turn) => {
    const pdf = latinPdf('BT /F 20 Tf 1 0 0 1 100 600 Tm (SECRET word) Tj ET', `/Rotate ${turn}`);
    const ground = { mark: 'A', label: 'A', article: 'A' };
    const boxes = (await find(pdf, [{ word: 'SECRET' }]))[0]!.map((box) => ({ ...box, ground }));
    expect(boxes).toHaveLength(1);
    const [before, after] = [
      await withPdf(pdf, (library, document) =>
        withPage(library, document, 1, (page) => drawPage(page, 200)),
      ),
      picturesOf(pictureDocument([await coverPage(pdf, 1, boxes)]))[0]!,
    ];
    const [box] = boxes;
    const inside = (index: number) => {
      const [x, y] = [((index % before.width) / 200) * 72, (Math.floor(index / before.width) / 200) * 72];
      return x >= box!.x && x <= box!.x + box!.w && y >= box!.y && y <= box!.y + box!.h;
    };
    const ink = { secret: 0, rest: 0 };
    for (let index = 0; index < before.width * before.height; index += 1) {
      if (before.data[index * 4]! > 128) continue;
      ink[inside(index) ? 'secret' : 'rest'] += 1;
    }
    // `SECRET` and ` word` have about as much ink each: all of the first lies in the box, none of the other.
    expect(ink.secret).toBeGreaterThan(500);
    expect(ink.rest).toBeGreaterThan(300);
    expect(ink.secret / ink.rest).toBeGreaterThan(1);
    expect(after.data.filter((value, index) => index % 4 === 0 && value < 10).length).toBeGreaterThan(
      ink.secret + ink.rest,
    );
  });

  it.each([
    [1, 'TL'],
    [2, 'TR'],
    [3, 'BR'],
    [4, 'BL'],
    [5, 'TL'],
    [6, 'TR'],
    [7, 'BR'],
    [8, 'BL'],
  ])('a photograph turned as its EXIF says: %i puts its first corner %s', async (orientation, corner) => {
    const { pdf, pages } = await prepare([oriented(await cornered(), orientation)]);
    const first = pages[0]!;
    expect(first.width > first.height).toBe(orientation < 5);
    const shown = await withPdf(pdf, (library, document) =>
      withPage(library, document, 1, (page) => drawPage(page, 72)),
    );
    const dark = (x: number, y: number) => shown.data[(y * shown.width + x) * 4]! < 100;
    const [right, bottom] = [shown.width - 10, shown.height - 10];
    const corners = { TL: dark(10, 10), TR: dark(right, 10), BL: dark(10, bottom), BR: dark(right, bottom) };
    expect(Object.entries(corners).filter(([, is]) => is)).toEqual([[corner, true]]);
  });

  it('whose pages are enormous, drawn coarser', async () => {
    const pdf = latinPdf('0 0 5000 5000 re f', '/MediaBox [0 0 14000 14000]').slice();
    const image = await withPdf(pdf, (library, document) =>
      withPage(library, document, 1, (page) => drawPage(page, 200)),
    );
    expect(image.width * image.height).toBeLessThanOrEqual(16_010_000);
  });

  it('a Word document whose table cells claim more than there is', async () => {
    const bytes = await word(
      '<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:tcPr><w:gridSpan w:val="9999"/></w:tcPr><w:p><w:r><w:t>#panic("x") $1$</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>',
    );
    const { pdf } = await prepare([bytes]);
    expect((await find(pdf, [{ word: '#panic("x") $1$' }]))[0]).toHaveLength(1);
  });
});

/** A landscape picture, black in its first corner. */
async function cornered(): Promise<Uint8Array> {
  return scanOf(
    rawPdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 300 200] >>',
      '<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>',
      '<< /Length 20 >>\nstream\n0 g 0 150 80 50 re f\nendstream',
    ]),
    'jpeg',
  );
}

function oriented(picture: Uint8Array, orientation: number): Uint8Array {
  const tiff = Buffer.alloc(26);
  tiff.write('II*\0', 0, 'latin1');
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(1, 8);
  tiff.writeUInt16LE(0x112, 10);
  tiff.writeUInt16LE(3, 12);
  tiff.writeUInt32LE(1, 14);
  tiff.writeUInt16LE(orientation, 18);
  const segment = Buffer.concat([Buffer.from([0xff, 0xe1, 0, 34]), Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const turned = Buffer.concat([picture.subarray(0, 2), segment, picture.subarray(2)]);
  expect(readJpegHead(turned)?.orientation).toBe(orientation);
  return turned;
}

const opened: { close(): Promise<void> }[] = [];
afterAll(() => Promise.all(opened.map((redactor) => redactor.close())));

function open(limits?: RedactorLimits) {
  const redactor = openRedactor(limits);
  opened.push(redactor);
  return redactor;
}

/** A thread whose conduct the word that is looked for decides. */
const program = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', ({ queries: [query] }) => {
      if (query.word === 'crash') process.exit(7);
      if (query.word === 'hang') for (;;);
      if (query.word === 'refused') parentPort.postMessage({ refused: { fault: 'encrypted', message: '有密码' }, memory: 0 });
      else parentPort.postMessage({ answer: { found: [[]] }, memory: 0 });
    });
  `)}`,
);

describe('the redaction thread', () => {
  it('gives the same file whenever it is asked, with each page told', async () => {
    const redactor = open();
    const { pdf, pages } = await redactor.prepare([await kinds()]);
    const ground = { mark: 'A', label: '第十五条 个人隐私', article: '第十五条' };
    const boxes = (await redactor.findOccurrences({ pdf, pages: 1 }, [{ word: person.name }]))[0]!.map(
      (box) => ({
        ...box,
        ground,
      }),
    );
    const told: number[] = [];
    const make = () =>
      redactor.redact({ pdf, pages: pages.length }, boxes, { title: '索引', preface: [] }, async (done) => {
        told.push(done);
      });
    const [one, two] = [await make(), await make()];
    expect(one).toEqual(two);
    expect(told).toEqual([1, 1]);
    const [image] = [await redactor.pageImage(pdf, 1, { dpi: 100, boxes })];
    expect(readJpegHead(image)).toMatchObject({ components: 3 });
    await expect(redactor.pageImage(pdf, 99, { dpi: 100 })).rejects.toMatchObject({ fault: 'damaged' });
  }, 60_000);

  it.each([
    ['hang', 'too-slow'],
    ['crash', 'bomb'],
    ['refused', 'encrypted'],
  ])('refuses a file that makes it %s, and takes the next', async (how, fault) => {
    const redactor = open({ program, timeoutMs: 3000 });
    const bad = redactor.findOccurrences({ pdf: new Uint8Array(), pages: 1 }, [{ word: how }]);
    const next = redactor.findOccurrences({ pdf: new Uint8Array(), pages: 1 }, [{ word: 'next' }]);
    await expect(bad).rejects.toMatchObject({ fault });
    expect(await next).toEqual([[]]);
  });
});
