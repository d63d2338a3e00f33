import JSZip from 'jszip';
import mammoth from 'mammoth';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import type { CompiledReport } from '../../model.ts';
import { compiledFixture } from '../fixtures/eras.ts';
import { hostileReport, hostileTexts } from '../fixtures/hostile.ts';
import { kunmingReport } from '../fixtures/kunming.ts';
import { renderDocx } from './index.ts';

async function open(report: CompiledReport) {
  const bytes = await renderDocx(report);
  const parts = await JSZip.loadAsync(bytes);
  const part = async (name: string) => (await parts.file(name)?.async('string')) ?? '';
  return { bytes, parts, part, text: (await mammoth.extractRawText({ buffer: Buffer.from(bytes) })).value };
}

/** Every part is well-formed, has a content type, and every relationship leads somewhere. */
async function expectSound(parts: JSZip): Promise<void> {
  const types = (await parts.file('[Content_Types].xml')?.async('string')) ?? '';
  for (const [name, file] of Object.entries(parts.files)) {
    const extension = name.slice(name.lastIndexOf('.') + 1);
    expect(types.includes(`"/${name}"`) || types.includes(`Extension="${extension}"`), name).toBe(true);
    if (!/\.(xml|rels)$/.test(name)) continue;
    const parser = new SaxesParser({ xmlns: true });
    parser.on('error', (error) => {
      throw new Error(`${name}: ${error.message}`);
    });
    const xml = await file.async('string');
    parser.write(xml).close();
    if (!name.endsWith('.rels')) continue;
    const folder = name.replace(/_rels\/[^/]*$/, '');
    for (const [relationship, target] of xml.matchAll(/<Relationship [^>]*Target="([^"]*)"[^>]*>/g)) {
      if (!relationship.includes('TargetMode="External"'))
        expect(
          parts.file(target?.startsWith('/') ? target.slice(1) : `${folder}${target}`),
          `${name} → ${target}`,
        ).not.toBeNull();
    }
  }
}

describe('the 2018 report as a Word document', async () => {
  const report = kunmingReport();
  const { parts, part, text } = await open(report);
  const document = await part('word/document.xml');

  it('is sound: well-formed parts, content types, relationships', () => expectSound(parts));

  it('uses real styles for title, chapters and tables', async () => {
    for (const style of ['Title', 'Heading1', 'BodyText', 'TableTitle', 'TableHead', 'TableText', 'Caption'])
      expect(document).toContain(`<w:pStyle w:val="${style}"/>`);
    const styles = await part('word/styles.xml');
    for (const font of ['仿宋', '黑体', '楷体', '方正小标宋简体'])
      expect(styles).toContain(`w:eastAsia="${font}"`);
    expect(document.match(/<w:pStyle w:val="Heading1"\/>/g)).toHaveLength(14);
  });

  it('is A4 with the margins of GB/T 9704-2012 and page numbers from 1, odd and even apart', async () => {
    expect(document).toMatch(/<w:pgSz w:w="11906" w:h="16838"/);
    expect(document).toMatch(/w:top="2098" w:right="1474" w:bottom="1984" w:left="1588"/);
    expect(document).toContain('<w:pgNumType w:start="1"');
    expect(document).toMatch(/w:footerReference w:type="even"/);
    expect(await part('word/settings.xml')).toContain('<w:evenAndOddHeaders/>');
  });

  it('has a contents field already filled in, which Word need not ask to update', async () => {
    expect(document).toMatch(/TOC [^<]*\\o/);
    expect(document).not.toContain('w:dirty="true"');
    expect(text).toMatch(/一、总体公开情况\s*\d/);
    expect(text).toMatch(/政府信息公开情况统计表\s*\d+/);
    expect(await part('word/settings.xml')).not.toContain('updateFields');
  });

  it('repeats the header row of the statistics table and keeps rows whole', () => {
    expect(document.match(/<w:tblHeader\/>/g)).toHaveLength(1);
    expect((document.match(/<w:cantSplit\/>/g) ?? []).length).toBeGreaterThan(58);
  });

  it('names substitutes and embeds them, masked with their keys', async () => {
    const table = await part('word/fontTable.xml');
    expect(table).toContain('<w:font w:name="仿宋"><w:altName w:val="Noto Serif SC"/>');
    const [, key = ''] = /w:fontKey="\{([^}]+)\}"/.exec(table) ?? [];
    const data = await parts.file('word/fonts/font1.odttf')?.async('nodebuffer');
    const bytes = Buffer.from(key.replaceAll('-', ''), 'hex').reverse();
    const head = Buffer.from(data?.subarray(0, 4).map((byte, index) => byte ^ (bytes[index] ?? 0)) ?? []);
    expect(head.readUInt32BE()).toBe(0x00010000);
  });

  it('shows the chart as a picture with words for those who cannot see it', () => {
    expect(document).toMatch(/descr="各渠道公开政府信息数\(条\)。渠道、条数：[^"]*5810/);
    expect(parts.file(/word\/media\/.*\.png/)).toHaveLength(1);
  });

  it('carries the figures, the foot, the digest and the demonstration mark', () => {
    expect(text.replace(/\s+/g, ' ')).toContain('3.政务微博公开政府信息数 条 5810');
    for (const words of ['单位负责人：刘德荣', '示例数据', report.signed?.digest ?? ''])
      expect(text).toContain(words);
  });
});

it('writes grouped headers as spanning cells', async () => {
  const { parts, part } = await open(compiledFixture('2021'));
  await expectSound(parts);
  const document = await part('word/document.xml');
  expect(document).toContain('<w:gridSpan w:val="10"/>');
  expect(document).toContain('<w:vMerge w:val="restart"/>');
  expect(document.match(/<w:tblHeader\/>/g)).toHaveLength(6);
});

describe('hostile text in a Word document', async () => {
  const { bytes, parts, part, text } = await open(hostileReport());

  it('stays text in a sound file', async () => {
    await expectSound(parts);
    for (const words of hostileTexts.slice(0, 4)) expect(text).toContain(words);
    expect(text).toContain('<script>alert(1)</script>&amp;"\'');
    expect(text).toContain('控制字符倒写\ufffd半个');
    expect(text).toContain('没有内容的一章');
    expect(await part('word/_rels/document.xml.rels')).not.toContain('javascript:');
  });

  it('gives the same bytes again', async () => {
    expect(Buffer.compare(bytes, await renderDocx(hostileReport()))).toBe(0);
  }, 60_000);
});
