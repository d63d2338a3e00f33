import { describe, expect, it } from 'vitest';
import { clean, found, inspect } from '../fixtures/inspected.ts';
import { wordFile } from '../fixtures/packages.ts';
import {
  chunk,
  exif,
  exifSegment,
  gif,
  PHOTO,
  photo,
  png,
  riffChunk,
  segment,
  webp,
} from '../fixtures/pictures.ts';
import { openJpeg } from './jpeg.ts';

const ORIENTATION = [0x0112, 3, 1, 6] as const;
const MAKE = [0x010f, 2, 4, 0x41424300] as const;
/** One directory of two tags ends at 8 + 2 + 24 + 4. */
const GPS = exif([[MAKE, [0x8825, 4, 1, 38]], [[1, 2, 2, 0x4e000000]]]);

/** Where a frame stands, how large it is and how long it is shown. */
const FRAME = Buffer.alloc(16);

const cases: [name: string, file: string, bytes: Uint8Array, findings: string[], cleaned: Uint8Array][] = [
  ['a plain photograph', 'a.jpg', PHOTO, [], PHOTO],
  [
    'a place in EXIF',
    'a.jpg',
    photo([exifSegment(GPS)]),
    ['gps-position（图片）', '~camera-data（图片）'],
    PHOTO,
  ],
  [
    'who took it and a small picture of it',
    'a.jpeg',
    photo([exifSegment(exif([[[0x013b, 2, 4, 0x41424300]]], [26]))]),
    ['image-metadata（图片）', 'image-thumbnail（图片）'],
    PHOTO,
  ],
  ['a camera only', 'a.jpg', photo([exifSegment(exif([[MAKE]]))]), ['~camera-data（图片）'], PHOTO],
  [
    'EXIF that is broken',
    'a.jpg',
    photo([exifSegment(Buffer.from('MM\0*\0\xff\xff\xff', 'latin1'))]),
    ['image-metadata（图片）'],
    PHOTO,
  ],
  [
    'XMP, IPTC, a comment, other data',
    'a.jpg',
    photo([
      segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0<x/>'),
      segment(0xed, 'Photoshop 3.0\0'),
      segment(0xfe, 'secret'),
      segment(0xe2, 'MPF\0'),
      segment(0xe2, 'ICC_PROFILE\0'),
    ]),
    ['image-metadata（图片）', 'image-private（图片）', 'image-text（图片）'],
    photo([segment(0xe2, 'ICC_PROFILE\0')]),
  ],
  ['a film behind the end', 'a.jpg', photo([], Buffer.from('ftypmp4')), ['trailing-data（图片）'], PHOTO],
  ['a plain PNG', 'a.png', png(), [], png()],
  [
    'texts, a date, EXIF, other data and what follows the end',
    'a.png',
    png(
      [
        chunk('tEXt', 'Comment\0secret'),
        chunk('iTXt', 'XML:com.adobe.xmp\0'),
        chunk('tIME', Buffer.alloc(7)),
        chunk('eXIf', GPS),
        chunk('prVt', 'secret'),
        chunk('pHYs', Buffer.alloc(9)),
      ],
      Buffer.from('rest'),
    ),
    [
      'gps-position（图片）',
      'image-metadata（图片）',
      'image-private（图片）',
      'image-text（图片）',
      'trailing-data（图片）',
      '~camera-data（图片）',
    ],
    png([chunk('pHYs', Buffer.alloc(9))]),
  ],
  [
    'GIF comments and data of programs, not its loop',
    'a.gif',
    gif([
      Buffer.from('21fe0673656372657400', 'hex'),
      Buffer.from('!\xff\x0bXMP DataXMP\x01a\0', 'latin1'),
      Buffer.from('!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0', 'latin1'),
    ]),
    ['image-metadata（图片）', 'image-text（图片）'],
    gif([Buffer.from('!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0', 'latin1')]),
  ],
  [
    'GIF words that no program draws, and what hides behind its loop',
    'a.gif',
    gif([
      Buffer.from('!\x01\x0c\0\0\0\0\x01\0\x01\0\x01\x01\0\x01\x06secret\0', 'latin1'),
      Buffer.from('!\xff\x0bNETSCAPE2.0\x03\x01\0\0\x06secret\0', 'latin1'),
    ]),
    ['image-metadata（图片）', 'image-text（图片）'],
    gif(),
  ],
  [
    'WebP frames with something of their own',
    'a.webp',
    webp([['ANMF', Buffer.concat([FRAME, riffChunk('XMP ', 'secret!'), riffChunk('VP8L', '123456')])]]),
    ['image-private（图片）'],
    webp([['ANMF', Buffer.concat([FRAME, riffChunk('VP8L', '123456')])]]),
  ],
  [
    'WebP with EXIF and XMP',
    'a.webp',
    webp(
      [
        ['EXIF', GPS],
        ['XMP ', Buffer.from('<x/>')],
      ],
      0x0c,
    ),
    ['gps-position（图片）', 'image-metadata（图片）', '~camera-data（图片）'],
    webp([]),
  ],
];

/** The file says that it is so much shorter or longer than it says now. */
function withSize(file: Buffer, more: number): Buffer {
  const copy = Buffer.from(file);
  copy.writeUInt32LE(copy.readUInt32LE(4) + more, 4);
  return copy;
}

/** Cut off for whoever reads the size of the file; the bytes are there. */
const lengthened = (file: Buffer, by: number): Buffer =>
  withSize(Buffer.concat([file, Buffer.alloc(by)]), -3);

describe('a picture', () => {
  it.each(cases)('%s', async (_, name, bytes, findings, expected) => {
    expect(await found(bytes, name)).toEqual(findings.sort());
    const { bytes: cleaned, left } = await clean(bytes, name);
    expect(left).toEqual([]);
    expect(Buffer.from(cleaned).equals(Buffer.from(expected))).toBe(true);
  });

  it('keeps the way it is turned', async () => {
    const bytes = photo([exifSegment(exif([[ORIENTATION, MAKE]]))]);
    const { bytes: cleaned, left } = await clean(bytes, 'a.jpg');
    expect(left).toEqual([]);
    expect(Buffer.from(cleaned).includes(Buffer.from('Exif'))).toBe(true);
    expect(Buffer.from(cleaned).includes(Buffer.from('ABC'))).toBe(false);
    expect(await inspect(photo([exifSegment(exif([[ORIENTATION]]))]), 'a.jpg')).toEqual([]);
  });

  it('keeps its image data through every scan of a progressive one', async () => {
    const scan = Buffer.from('ffda0008010100003f00aaff00bbffd0cc', 'hex');
    const bytes = Buffer.concat([
      PHOTO.subarray(0, -2),
      scan,
      segment(0xfe, 'x'),
      scan,
      Buffer.from('ffd9', 'hex'),
    ]);
    const jpeg = openJpeg(bytes);
    await jpeg.discoveries[0]?.mend?.();
    expect(Buffer.from(await jpeg.save()).length).toBe(bytes.length - 5);
  });

  it('is inspected inside an Office file', async () => {
    const bytes = await wordFile('<w:p/>', {
      links: [['i', 'image', 'media/image1.jpeg']],
      parts: { 'word/media/image1.jpeg': photo([exifSegment(GPS)]) },
    });
    expect(await found(bytes, 'a.docx')).toEqual([
      'gps-position（图片“image1.jpeg”）',
      '~camera-data（图片“image1.jpeg”）',
    ]);
    expect((await clean(bytes, 'a.docx')).left).toEqual([]);
  });

  it.each([
    ['a JPEG that breaks off', PHOTO.subarray(0, 40), 'a.jpg'],
    ['a PNG that breaks off', png().subarray(0, 40), 'a.png'],
    ['a GIF that breaks off', gif().subarray(0, 25), 'a.gif'],
    [
      'a GIF that breaks off in a comment',
      Buffer.concat([gif().subarray(0, 19), Buffer.from('!\xfe\x09ab', 'latin1')]),
      'a.gif',
    ],
    ['a WebP that breaks off', webp([]).subarray(0, 40), 'a.webp'],
    [
      'a WebP whose last part reaches beyond its end',
      lengthened(webp([['XMP ', Buffer.from('<x/>')]]), 40),
      'a.webp',
    ],
    ['a WebP with a remnant', withSize(Buffer.concat([webp([]), Buffer.from('secret')]), 6), 'a.webp'],
    ['a WebP without a picture', Buffer.from('RIFF\x04\0\0\0WEBP', 'latin1'), 'a.webp'],
    [
      'a WebP whose frame is torn',
      webp([['ANMF', Buffer.concat([FRAME, riffChunk('VP8L', '123456').subarray(0, 9)])]]),
      'a.webp',
    ],
  ])('%s is refused', async (_, bytes, name) => {
    await expect(inspect(bytes, name)).rejects.toMatchObject({ fault: 'damaged' });
  });
});
