import { beforeAll, describe, expect, it } from 'vitest';
import { found, picturesOf, plunder } from './fixtures/attack.ts';
import {
  byHand,
  byPdfLib,
  byRevision,
  byTypst,
  byWord,
  type Person,
  type Producer,
  photographOf,
  scanOf,
} from './fixtures/producers.ts';
import type { GroundedBox, Pixels } from './model.ts';
import { coverPage, find, indexPages, prepare } from './orders.ts';
import { drawPage, withPage, withPdf } from './pdfium.ts';
import { pictureDocument } from './picture-pdf.ts';

const person: Person = { name: '欧阳靖远', identity: '530103199003074518' };
/** As many Han characters and the same digits in another order: as wide in every font, so that no line moves. */
const another: Person = { name: '司徒明月', identity: '451003198907301530' };

const ground = { mark: 'A', label: '第十五条 个人隐私', article: '第十五条' };
const words = { title: '政府信息公开区分处理索引', preface: ['本文件由原件逐页转为图像后生成。'] };

const producers: Record<string, Producer> = {
  Typst: byTypst,
  'pdf-lib': byPdfLib,
  'a program that embeds no fonts': byHand,
  'an editor that appends revisions': byRevision,
  Word: byWord,
};

/** Prepares a file, covers every place where the person is named, and writes the result. */
async function redact(files: readonly Uint8Array[], boxesOf = everywhere) {
  const { pdf, pages } = await prepare(files);
  const boxes = await boxesOf(pdf);
  const covered = [];
  for (const index of pages.keys()) {
    const own = boxes.filter(({ page }) => page === index + 1);
    covered.push(await coverPage(pdf, index + 1, own));
  }
  return { pdf, boxes, result: pictureDocument([...covered, ...(await indexPages(boxes, words))]) };
}

async function everywhere(pdf: Uint8Array): Promise<GroundedBox[]> {
  const queries = [person, another].flatMap(({ name, identity }) => [{ word: name }, { word: identity }]);
  return (await find(pdf, queries)).flat().map((box) => ({ ...box, ground }));
}

const shownAt200 = (pdf: Uint8Array, page: number) =>
  withPdf(pdf, (library, document) => withPage(library, document, page, (open) => drawPage(open, 200)));

describe.each(Object.entries(producers))('what was removed from a file by %s', (_, produce) => {
  let source: Uint8Array;
  let done: Awaited<ReturnType<typeof redact>>;
  beforeAll(async () => {
    source = await produce(person);
    done = await redact([source]);
  });

  it('was there before', async () => {
    const loot = await plunder(done.pdf);
    expect(found(loot, person.identity)).not.toEqual([]);
    expect(done.boxes.length).toBeGreaterThan(0);
  });

  it('is in no text, stream, metadata, attachment, form, script or revision', async () => {
    const loot = await plunder(done.result);
    for (const secret of [person.name, person.identity, '欧阳', '530103'])
      expect(found(loot, secret)).toEqual([]);
    expect(loot.text.trim()).toBe('');
    expect(loot.revisions).toBe(1);
    expect(loot.bytes).not.toMatch(
      /\/(Info|Metadata|Annots|AcroForm|XFA|Names|EmbeddedFile|JavaScript|JS|OpenAction|AA|Thumb|PieceInfo|Prev|ID|Font|StructTreeRoot|OCProperties|Outlines)\b/,
    );
  });

  it('has no part in the result: another person in its place gives the same bytes', async () => {
    const other = await redact([await produce(another)]);
    expect(Buffer.compare(Buffer.from(done.result), Buffer.from(other.result))).toBe(0);
  });

  it('leaves one colour and its ground, and everything else as it was', async () => {
    const pictures = picturesOf(done.result);
    const pages = new Set(done.boxes.map(({ page }) => page));
    for (const page of pages) {
      const picture = pictures[page - 1];
      const before = await shownAt200(done.pdf, page);
      expect(picture).toMatchObject({ width: before.width, height: before.height });
      const compared = compare(
        before,
        picture!,
        done.boxes.filter((box) => box.page === page),
      );
      expect(compared.changedOutside).toBe(0);
      expect(compared.inkOutside).toBeGreaterThan(300);
      expect(compared.darkInside).toBeGreaterThan(0.5);
    }
  });
});

/** What changed outside the boxes (and a pixel around them), how much ink is there, how dark the boxes are. */
function compare(before: Pixels, after: Pixels, boxes: readonly GroundedBox[]) {
  const scale = 200 / 72;
  const inside = new Uint8Array(before.width * before.height);
  for (const { x, y, w, h } of boxes) {
    for (let row = Math.floor(y * scale) - 1; row <= Math.ceil((y + h) * scale); row += 1) {
      for (let at = Math.floor(x * scale) - 1; at <= Math.ceil((x + w) * scale); at += 1) {
        if (row >= 0 && at >= 0 && row < before.height && at < before.width)
          inside[row * before.width + at] = 1;
      }
    }
  }
  let [changedOutside, inkOutside, dark, covered] = [0, 0, 0, 0];
  inside.forEach((within, index) => {
    const at = index * 4;
    if (within) {
      covered += 1;
      if (after.data[at]! < 10) dark += 1;
      return;
    }
    if (after.data[at]! < 100) inkOutside += 1;
    for (let channel = 0; channel < 3; channel += 1) {
      if (before.data[at + channel] !== after.data[at + channel]) changedOutside += 1;
    }
  });
  return { changedOutside, inkOutside, darkInside: dark / covered };
}

describe('a scan, in which nothing can be found by word', () => {
  const box = { page: 1, x: 40, y: 80, w: 320, h: 30, ground };

  it.each(['jpeg', 'png'] as const)('loses what a drawn box covers: %s', async (kind) => {
    const scans = [];
    for (const each of [person, another]) scans.push(await scanOf(await byRevision(each), kind));
    const [one, two] = await Promise.all(scans.map((scan) => redact([scan], async () => [box])));
    expect((await prepare([scans[0]!])).pages).toMatchObject([{ characters: 0 }]);
    expect(await find(one!.pdf, [{ word: person.name }])).toEqual([[]]);
    expect((await plunder(one!.result)).text.trim()).toBe('');
    if (kind === 'png') expect(Buffer.compare(Buffer.from(one!.result), Buffer.from(two!.result))).toBe(0);
  });

  it('loses the metadata and the thumbnail of a photograph', async () => {
    const photograph = await photographOf(await byRevision(person), person);
    const { pdf, result } = await redact([photograph], async () => [box]);
    expect(found(await plunder(pdf), person.identity)).toEqual(['bytes']);
    const loot = await plunder(result);
    expect(found(loot, person.identity)).toEqual([]);
    expect(loot.bytes).not.toContain('Exif');
    expect(loot.bytes).not.toContain('GPS');
  });

  it('of several sheets becomes one document', async () => {
    const sheet = await scanOf(await byRevision(person), 'png');
    const { pages, kind } = await prepare([sheet, sheet, sheet]);
    expect([kind, pages.length]).toEqual(['png', 3]);
  });
});

describe('a redaction', () => {
  it('is the same whenever it is made', async () => {
    const source = await byTypst(person);
    const [first, second] = [await redact([source]), await redact([source])];
    expect(Buffer.compare(Buffer.from(first.result), Buffer.from(second.result))).toBe(0);
  });

  it('covers wholly where not even a letter of its ground has room', async () => {
    const thin = { page: 1, x: 80, y: 90, w: 300, h: 3, ground };
    const [picture] = picturesOf((await redact([await byTypst(person)], async () => [thin])).result);
    const scale = 200 / 72;
    const row = Math.round(91.5 * scale) * picture!.width;
    const colours = new Set<number>();
    for (let at = Math.ceil(80 * scale); at < 380 * scale; at += 1)
      colours.add(picture!.data[(row + at) * 4]!);
    expect([...colours]).toEqual([0]);
  });

  it('covers a box that reaches beyond the page, and a page without boxes stays as it is', async () => {
    const source = await byTypst(person);
    const wide = { page: 1, x: -50, y: -50, w: 5000, h: 5000, ground };
    const [picture] = picturesOf((await redact([source], async () => [wide])).result);
    const bright = picture!.data.filter((value, index) => index % 4 === 0 && value > 10).length;
    expect(bright).toBeGreaterThan(0);
    expect(bright).toBeLessThan(5000);
    const bare = await redact([source], async () => []);
    expect(compare(await shownAt200(source, 1), picturesOf(bare.result)[0]!, []).changedOutside).toBe(0);
  });
});
