import iconv from 'iconv-lite';
import JSZip from 'jszip';
import { describe, expect, test } from 'vitest';
import { attachmentType } from './index.ts';

const zipOf = (entries: Record<string, string>) => {
  const zip = new JSZip();
  for (const [name, content] of Object.entries(entries)) zip.file(name, content);
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
};
const TYPES = { '[Content_Types].xml': '<Types/>' };
const WORD = { ...TYPES, 'word/document.xml': '<w:document/>' };
const compound = (stream: string) => {
  const bytes = Buffer.alloc(4096);
  bytes.write('d0cf11e0a1b11ae1', 'hex');
  bytes.writeUInt16LE(9, 30);
  bytes.write(stream, 512, 'utf16le');
  return bytes;
};
const PNG = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de', 'hex');
const heif = (brand: string) =>
  Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from(`ftyp${brand}\0\0\0\0mif1heic`)]);
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const typeOf = async (name: string, content: Buffer | Promise<Buffer>) =>
  attachmentType({ name, bytes: await content });

describe('what applicants send is known by its content', () => {
  test.each<[string, Buffer | Promise<Buffer>, string]>([
    ['a.exe', Buffer.from('%PDF-1.7\n'), 'application/pdf'],
    ['a.pdf', Buffer.from('\ufeff\r\n%PDF-1.4\n'), 'application/pdf'],
    ['a.jpg', PNG, 'image/png'],
    ['a.png', Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), 'image/jpeg'],
    ['a.zip', zipOf(WORD), DOCX],
    ['a.docx', zipOf({ ...TYPES, 'xl/workbook.xml': '<workbook/>' }), XLSX],
    ['a.txt', Buffer.from('申请公开 2018 年“三公”经费\r\n\t附表\f'), 'text/plain; charset=utf-8'],
    ['a.txt', Buffer.from('\ufeff申请'), 'text/plain; charset=utf-8'],
    ['a.txt', iconv.encode('申请公开昆明高新区的预算和决算', 'gb18030'), 'text/plain; charset=gb18030'],
    ['a.txt', iconv.encode('\ufeff申请公开', 'utf-16le'), 'text/plain; charset=utf-16le'],
  ])('%s', async (name, content, type) => expect(await typeOf(name, content)).toBe(type));

  test.each<[string, Buffer | Promise<Buffer>, string, string]>([
    ['空.pdf', Buffer.alloc(0), 'empty', '“空.pdf”是空文件'],
    ['照片.jpg', heif('heic'), 'wrong-type', '“照片.jpg”是 HEIC 照片'],
    ['照片.heif', heif('mif1'), 'wrong-type', '是 HEIC 照片'],
    ['申请.pdf', Buffer.from('<!DOCTYPE html><p>申请'), 'markup', '其实是网页或 XML'],
    ['图.png', Buffer.from('  <svg onload="alert(1)">'), 'markup', '其实是网页或 XML'],
    ['a.docx', zipOf({ ...WORD, 'word/vbaProject.bin': 'x' }), 'macro', '带有宏'],
    [
      'a.docx',
      zipOf({
        ...WORD,
        '[Content_Types].xml': '<T ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>',
      }),
      'macro',
      '带有宏',
    ],
    ['a.docx', zipOf({ 'a.txt': 'x' }), 'wrong-type', '是压缩包'],
    ['a.docx', zipOf({ 'OFD.xml': '<OFD/>' }), 'wrong-type', '是 OFD 文件'],
    ['a.pptx', zipOf({ ...TYPES, 'ppt/presentation.xml': '<x/>' }), 'wrong-type', '不是可以上传的类型'],
    ['a.docx', Buffer.from('PK\x03\x04 cut short'), 'damaged', '“a.docx”已损坏或不完整'],
    ['a.doc', compound('WordDocument'), 'old-format', '旧版 Office 或 WPS'],
    ['a.xls', compound('_VBA_PROJECT_CUR'), 'macro', '带有宏'],
    ['a.docx', compound('EncryptedPackage'), 'encrypted', '设有打开密码'],
    ['a.rar', Buffer.from('526172211a0701003392b5e50a01050600050101808000', 'hex'), 'wrong-type', '是压缩包'],
    ['a.gif', Buffer.from('GIF89a\x01\0\x01\0'), 'wrong-type', '不是可以上传的类型'],
    ['a.rtf', Buffer.from('{\\rtf1 x}'), 'wrong-type', '不是可以上传的类型'],
    ['a.txt', Buffer.from('MZ\x90\0\x03'), 'wrong-type', '不是可以上传的类型'],
    ['a.txt', Buffer.from(`${'字'.repeat(400_000)}\0`), 'wrong-type', '不是可以上传的类型'],
    [
      'a.txt',
      Buffer.concat([Buffer.from('申请'), Buffer.from('fffe80ff', 'hex'), Buffer.from('公开')]),
      'wrong-type',
      '不是可以上传的类型',
    ],
  ])('refuses %s in words', async (name, content, fault, words) => {
    const reading = typeOf(name, content);
    await expect(reading).rejects.toMatchObject({ fault });
    await expect(reading).rejects.toThrow(words);
  });

  test('a zip that unpacks without end is not unpacked', async () => {
    const bomb = await new JSZip()
      .file('word/document.xml', 'a'.repeat(20_000_000))
      .file('[Content_Types].xml', '<Types/>')
      .generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
    await expect(typeOf('a.docx', bomb)).rejects.toMatchObject({ fault: 'bomb' });
  });
});
