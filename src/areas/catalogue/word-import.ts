import type { FileStore } from '../../core/files.ts';
import { UnreadableFile } from '../../core/spreadsheet/index.ts';
import { attachmentType } from '../../core/uploads/index.ts';
import { plainText, sanitiseBody } from './body.ts';
import { factsIn } from './document-facts.ts';
import type { NewItemFile } from './file-store.ts';

/** What a Word file becomes. */
export interface ImportedWord {
  /** Its title where the document is styled so, else ''. */
  title: string;
  /** Sanitised HTML; pictures are addressed as files of the item. */
  body: string;
  pictures: NewItemFile[];
  /** 发文字号 and 成文日期 where the document says them in lines of their own, else '' and null. */
  documentNumber: string;
  formedOn: string | null;
  /** What could not be taken over, in words for the author. */
  left: string[];
}

export const WORD_BYTES = 20 * 2 ** 20;
const MOST_PICTURES = 60;
const PICTURE_BYTES = 15 * 2 ** 20;
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const styleMap = [
  "p[style-name='Title'] => h1.document-title:fresh",
  "p[style-name='标题'] => h1.document-title:fresh",
  "p[style-name='Subtitle'] => p.align-center:fresh",
  "p[style-name='gongkai-center'] => p.align-center:fresh",
  "p[style-name='gongkai-right'] => p.align-right:fresh",
  "p[style-name='heading 1'] => h2:fresh",
  "p[style-name='heading 2'] => h3:fresh",
  "p[style-name='heading 3'] => h4:fresh",
  "p[style-name='heading 4'] => h4:fresh",
  'u => u',
  'strike => s',
];

/**
 * Reads a .docx into the text of an item: headings, lists, tables, pictures. Its bytes were checked for macros, passwords and
 * what unpacks beyond bounds; pictures other than PNG and JPEG are left out and said so.
 * @throws UnreadableFile with what to do instead
 */
export async function importWord(
  files: FileStore,
  itemId: number,
  file: { name: string; bytes: Buffer },
): Promise<ImportedWord> {
  if (file.bytes.length > WORD_BYTES)
    throw new UnreadableFile('too-large', `“${file.name}”超过 20 MB，请把大图作为附件上传后再导入。`);
  if ((await attachmentType(file)) !== DOCX)
    throw new UnreadableFile('wrong-type', `“${file.name}”不是 Word 文档（.docx），请另存为 .docx 后导入。`);
  const pictures: NewItemFile[] = [];
  const left = new Set<string>();
  const { default: mammoth } = await import('mammoth');
  const convertImage = mammoth.images.imgElement(async (image) => {
    const src = await keepPicture(files, itemId, await image.readAsBuffer(), pictures);
    if (src === null) left.add('有图片不是 PNG 或 JPG 格式，或者过大，没有导入');
    return { src: src ?? '' };
  });
  const options = { styleMap, convertImage, transformDocument: alignment, idPrefix: 'w-' };
  const { value, messages } = await mammoth
    .convertToHtml({ buffer: file.bytes }, options)
    .catch((error: unknown) => {
      if (error instanceof UnreadableFile) throw error;
      throw new UnreadableFile('damaged', `“${file.name}”无法读取，请在 Word 或 WPS 中另存为 .docx 后重试。`);
    });
  if (messages.some(({ type }) => type === 'error')) left.add('有内容无法读取，没有导入，请对照原文检查');
  const [, heading = ''] = /<h1 class="document-title">([\s\S]*?)<\/h1>/.exec(value) ?? [];
  const body = sanitiseBody(value.replace(/<h1 class="document-title">[\s\S]*?<\/h1>/, ''));
  const title = heading
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .trim();
  return { title, body, pictures, ...factsIn(plainText(body)), left: [...left] };
}

async function keepPicture(
  files: FileStore,
  itemId: number,
  bytes: Buffer,
  pictures: NewItemFile[],
): Promise<string | null> {
  if (pictures.length >= MOST_PICTURES || bytes.length > PICTURE_BYTES) return null;
  const type = await attachmentType({ name: '图片', bytes }).catch(() => null);
  if (type !== 'image/png' && type !== 'image/jpeg') return null;
  const kept = await files.put(bytes, { maxBytes: PICTURE_BYTES });
  if (!pictures.some(({ digest }) => digest === kept.sha256)) {
    const name = `图片${pictures.length + 1}.${type === 'image/png' ? 'png' : 'jpg'}`;
    pictures.push({ kind: 'picture', name, digest: kept.sha256, type, bytes: kept.bytes });
  }
  return `/files/items/${itemId}/${kept.sha256}`;
}

interface WordNode {
  type: string;
  alignment?: string;
  styleId?: string | null;
  styleName?: string | null;
  children?: WordNode[];
}

/** Word keeps centring as a property; here it becomes a style that is mapped. */
function alignment(node: WordNode): WordNode {
  const children = node.children?.map(alignment);
  const same = children ? { ...node, children } : node;
  if (node.type !== 'paragraph' || (node.alignment !== 'center' && node.alignment !== 'right')) return same;
  if (node.styleName && !/^(normal|正文|body text)/i.test(node.styleName)) return same;
  return { ...same, styleId: node.alignment, styleName: `gongkai-${node.alignment}` };
}
