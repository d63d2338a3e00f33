import type { PdfPicture } from './encode.ts';

export interface PicturePage {
  /** In points. */
  width: number;
  height: number;
  picture: PdfPicture;
}

/**
 * A PDF of one picture a page and nothing besides: no text, fonts, metadata, identifier, dates, links, forms, scripts,
 * attachments or earlier state. The same pages give the same bytes.
 */
export function pictureDocument(pages: readonly PicturePage[]): Uint8Array {
  const parts: Buffer[] = [];
  const offsets: number[] = [];
  let length = 0;
  const write = (part: string | Uint8Array) => {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part);
    parts.push(bytes);
    length += bytes.length;
  };
  const object = (content: string, stream?: Uint8Array) => {
    offsets.push(length);
    write(`${offsets.length} 0 obj\n${content}\n`);
    if (stream) {
      write('stream\n');
      write(stream);
      write('\nendstream\n');
    }
    write('endobj\n');
  };

  write('%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n');
  object('<< /Type /Catalog /Pages 2 0 R >>');
  const kids = pages.map((_, index) => `${3 + 3 * index} 0 R`).join(' ');
  object(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  pages.forEach(({ width, height, picture }, index) => {
    const first = 3 + 3 * index;
    const [w, h] = [points(width), points(height)];
    const place = placing(picture.orientation ?? 1, width, height)
      .map(points)
      .join(' ');
    const content = Buffer.from(`q ${place} cm /P Do Q\n`, 'latin1');
    const inverted = picture.inverted ? ' /Decode [1 0 1 0 1 0 1 0]' : '';
    object(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${w} ${h}] /Resources << /XObject << /P ${first + 2} 0 R >> >> /Contents ${first + 1} 0 R >>`,
    );
    object(`<< /Length ${content.length} >>`, content);
    object(
      `<< /Type /XObject /Subtype /Image /Width ${picture.width} /Height ${picture.height} /ColorSpace /${picture.colours} /BitsPerComponent 8${inverted} /Filter /${picture.filter} /Length ${picture.bytes.length} >>`,
      picture.bytes,
    );
  });
  const table = length;
  write(`xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n`);
  for (const offset of offsets) write(`${String(offset).padStart(10, '0')} 00000 n \n`);
  write(`trailer\n<< /Size ${offsets.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`);
  return new Uint8Array(Buffer.concat(parts));
}

/** The matrix that lays the unit square onto the page, turned and mirrored as the eight values of EXIF say. */
function placing(orientation: number, w: number, h: number): readonly number[] {
  const placings: Record<number, readonly number[]> = {
    2: [-w, 0, 0, h, w, 0],
    3: [-w, 0, 0, -h, w, h],
    4: [w, 0, 0, -h, 0, h],
    5: [0, -h, -w, 0, w, h],
    6: [0, -h, w, 0, 0, h],
    7: [0, h, w, 0, 0, 0],
    8: [0, h, -w, 0, w, 0],
  };
  return placings[orientation] ?? [w, 0, 0, h, 0, 0];
}

/** Two decimals, without those that are nothing. */
const points = (value: number) => String(Math.round(value * 100) / 100);
