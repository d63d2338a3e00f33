import { describe, expect, it } from 'vitest';
import { clean, found, PHONE } from '../fixtures/inspected.ts';
import { allText, packageOf, partNames, rels } from '../fixtures/packages.ts';

const slide = (text: string, extra = '', shape = '') =>
  `<p:sld xmlns:p="p" xmlns:a="a" ${extra}><p:cSld><p:spTree><p:sp><p:nvSpPr><p:cNvPr id="1" name="a" ${shape}/></p:nvSpPr><p:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>`;

/** Three slides: one shown with notes and remarks, one hidden, one with a hidden shape and a phone number. */
const deck = () =>
  packageOf(
    {
      '_rels/.rels': rels(
        ['rId1', 'officeDocument', 'ppt/presentation.xml'],
        ['rId2', 'core-properties', 'docProps/core.xml'],
      ),
      'docProps/core.xml': '<c xmlns:d="d"><d:creator>张三</d:creator></c>',
      'ppt/presentation.xml':
        '<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst><p:sldId id="256" r:id="s1"/><p:sldId id="257" r:id="s2"/><p:sldId id="258" r:id="s3"/></p:sldIdLst><p:extLst><p:ext><p14:sectionLst xmlns:p14="p14"><p14:section><p14:sldIdLst><p14:sldId id="256"/><p14:sldId id="257"/></p14:sldIdLst></p14:section></p14:sectionLst></p:ext></p:extLst></p:presentation>',
      'ppt/_rels/presentation.xml.rels': rels(
        ['s1', 'slide', 'slides/slide1.xml'],
        ['s2', 'slide', 'slides/slide2.xml'],
        ['s3', 'slide', 'slides/slide3.xml'],
        ['a', 'commentAuthors', 'commentAuthors.xml'],
        ['c', 'changesInfo', 'changesInfos/changesInfo1.xml'],
      ),
      'ppt/commentAuthors.xml': '<p:cmAuthorLst xmlns:p="p"><p:cmAuthor name="张三"/></p:cmAuthorLst>',
      'ppt/changesInfos/changesInfo1.xml': '<a userId="张三"/>',
      'ppt/slides/slide1.xml': slide('第一页'),
      'ppt/slides/_rels/slide1.xml.rels': rels(
        ['n', 'notesSlide', '../notesSlides/notesSlide1.xml'],
        ['c', 'comments', '../comments/comment1.xml'],
      ),
      'ppt/notesSlides/notesSlide1.xml': slide('备注秘密'),
      'ppt/notesSlides/_rels/notesSlide1.xml.rels': rels(['s', 'slide', '../slides/slide1.xml']),
      'ppt/comments/comment1.xml': '<p:cmLst xmlns:p="p"><p:cm><p:text>批注秘密</p:text></p:cm></p:cmLst>',
      'ppt/slides/slide2.xml': slide('隐藏页秘密', 'show="0"'),
      'ppt/slides/slide3.xml': slide(`值班${PHONE}`).replace(
        '<p:spTree>',
        `<p:spTree>${slide('图形秘密', '', 'hidden="1"').match(/<p:sp>.*<\/p:sp>/)?.[0] ?? ''}`,
      ),
    },
    {
      'ppt/presentation.xml':
        'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml',
    },
  );

describe('a presentation', () => {
  it('is told with all that it does not show, and cleaned of it', async () => {
    const bytes = await deck();
    expect(await found(bytes, 'a.pptx')).toEqual(
      [
        'comment（第 1 张幻灯片）',
        'document-author（文件属性）',
        'hidden-shape（第 3 张幻灯片）',
        'hidden-slide（第 2 张幻灯片）',
        'mobile-number（第 3 张幻灯片）',
        'people-list（整个文件）',
        'revision-log（整个文件）',
        'speaker-notes（第 1 张幻灯片）',
      ].sort(),
    );
    const { bytes: cleaned, left } = await clean(bytes, 'a.pptx');
    expect(left).toEqual([]);
    const text = await allText(cleaned);
    for (const secret of ['秘密', '张三', PHONE, '"257"', 's2']) expect(text).not.toContain(secret);
    for (const kept of ['第一页', '值班138****2345']) expect(text).toContain(kept);
    expect((await partNames(cleaned)).filter((name) => /slides\/slide/.test(name))).toEqual([
      'ppt/slides/slide1.xml',
      'ppt/slides/slide3.xml',
    ]);
  });
});
