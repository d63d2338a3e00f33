import mammoth from 'mammoth';
import { openContainer } from '../../../core/spreadsheet/container.ts';
import { UnreadableFile } from '../../../core/spreadsheet/index.ts';
import { damaged } from './limits.ts';
import { typeset } from './typesetting.ts';
import { markupNodes } from './word-nodes.ts';
import { type Decoded, placePictures } from './word-pictures.ts';

const MB = 2 ** 20;
const packageLimits = {
  fileBytes: 50 * MB,
  unpackedBytes: 200 * MB,
  ratio: 200,
  entries: 5000,
  rows: 0,
  columns: 0,
  cellLength: 0,
};
const MOST_PICTURES = 200;

interface WordElement {
  type: string;
  alignment?: string | null;
  styleId?: string | null;
  styleName?: string | null;
  children?: WordElement[];
}

/**
 * A Word document set anew as a PDF: running text, headings, lists, tables, pictures. Deleted text of tracked changes,
 * comments, headers and footers stay behind; hidden text becomes visible, so that nobody overlooks it.
 * @throws UnreadableFile `bomb`, `encrypted`, `macro` or `damaged`
 */
export async function wordAsPdf(bytes: Uint8Array): Promise<Uint8Array> {
  await inspectPackage(bytes);
  const pictures: { type: string; bytes: Uint8Array }[] = [];
  const html = await mammoth
    .convertToHtml(
      { buffer: Buffer.from(bytes) },
      {
        externalFileAccess: false,
        ignoreEmptyParagraphs: true,
        includeEmbeddedStyleMap: false,
        styleMap: [
          "p[style-name='set-center'] => p.center:fresh",
          "p[style-name='set-right'] => p.right:fresh",
          'u => u',
          'strike => s',
        ],
        transformDocument: markAlignment,
        convertImage: mammoth.images.imgElement(async (image) => {
          if (pictures.length >= MOST_PICTURES) return { src: '' };
          pictures.push({ type: image.contentType, bytes: await image.readAsBuffer() });
          return { src: String(pictures.length - 1) };
        }),
      },
    )
    .catch((error: unknown) => {
      // mammoth throws plain errors for whatever is missing from the package.
      throw error instanceof UnreadableFile ? error : damaged();
    });
  const decoded = await placePictures(pictures);
  const files = new Map(
    decoded.flatMap((picture) => (picture ? [[picture.file, picture.png] as const] : [])),
  );
  const places: (Pick<Decoded, 'file' | 'width'> | null)[] = decoded;
  return typeset('word', { nodes: markupNodes(html.value, places) }, files);
}

async function inspectPackage(bytes: Uint8Array): Promise<void> {
  const container = await openContainer({ name: 'a.docx', bytes }, packageLimits);
  const { names } = container;
  container.close();
  if ([...names].some((name) => name.toLowerCase().includes('vbaproject'))) {
    throw new UnreadableFile(
      'macro',
      '文件带有宏，为安全起见不予接收。请另存为不带宏的 Word 文档（.docx）后上传。',
    );
  }
  if (!names.has('word/document.xml')) {
    throw new UnreadableFile(
      'wrong-type',
      '这不是 Word 文档。请上传 .docx、PDF 或图片；压缩包请先解压，表格请另存为 PDF。',
    );
  }
}

/** mammoth drops where a paragraph stands; a style of our own carries it through. */
function markAlignment(element: WordElement): WordElement {
  const children = element.children?.map(markAlignment);
  const moved = element.type === 'paragraph' && /^(center|right|end)$/.test(element.alignment ?? '');
  const heading = /^(heading|标题)/i.test(element.styleName ?? '');
  return {
    ...element,
    ...(children ? { children } : {}),
    ...(moved && !heading
      ? { styleId: null, styleName: element.alignment === 'center' ? 'set-center' : 'set-right' }
      : {}),
  };
}
