import type { Temporal } from 'temporal-polyfill';
import { strayBytes } from '../archive/layout.ts';
import type { Discovery, OpenedFile } from '../finding.ts';
import { type Budget, refused } from '../limits.ts';
import { personalDiscoveries } from '../personal/personal-discoveries.ts';
import { sheetDiscoveries, sheetPlaces } from '../sheet/index.ts';
import { slideDiscoveries } from '../slides/index.ts';
import { wordDiscoveries, wordPlace } from '../word/index.ts';
import { mediaDiscoveries } from './media.ts';
import { OfficePackage } from './package.ts';
import { propertyDiscoveries } from './properties.ts';
import { type PlaceName, referenceDiscoveries } from './references.ts';
import { drawingBlocks, maskBlocks, textBlocksOf } from './text-blocks.ts';

interface Family {
  extensions: readonly string[];
  place: PlaceName;
  discoveries: Discovery[];
  /** Parts whose words its own inspector has read. */
  read: RegExp;
}

/** Takes a Word document, workbook or presentation apart. @throws UnreadableFile when it is none or cannot be read */
export async function openOffice(
  bytes: Uint8Array,
  budget: Budget,
  today: Temporal.PlainDate,
): Promise<OpenedFile> {
  const pkg = await OfficePackage.open(bytes, budget);
  const family = familyOf(pkg, today);
  budget.time();
  return {
    extensions: family.extensions,
    discoveries: [
      ...stray(bytes),
      ...family.discoveries,
      ...propertyDiscoveries(pkg),
      ...referenceDiscoveries(pkg, family.place),
      ...mediaDiscoveries(pkg),
      ...otherWords(pkg, family, today),
    ],
    save: () => pkg.save(),
  };
}

function familyOf(pkg: OfficePackage, today: Temporal.PlainDate): Family {
  const main = pkg.mainPart('officeDocument') ?? '';
  const type = pkg.contentType(main);
  const macro = type.includes('macroenabled');
  if (pkg.has(main) && type.includes('word')) {
    return {
      extensions: macro ? ['docm', 'dotm'] : ['docx', 'dotx'],
      place: wordPlace,
      discoveries: wordDiscoveries(pkg, today),
      read: /^word\/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$/,
    };
  }
  if (pkg.has(main) && /spreadsheetml|ms-excel/.test(type) && !type.includes('binary')) {
    return {
      extensions: macro ? ['xlsm', 'xltm'] : ['xlsx', 'xltx'],
      place: sheetPlaces(pkg),
      discoveries: sheetDiscoveries(pkg, today),
      read: /^xl\/(workbook|sharedStrings|styles|worksheets\/[^/]*)\.xml$/,
    };
  }
  if (pkg.has(main) && /presentationml|ms-powerpoint/.test(type)) {
    return {
      extensions: macro ? ['pptm', 'ppsm'] : ['pptx', 'ppsx', 'potx'],
      place: (part) => (/slides\//.test(part) ? '幻灯片' : '演示文稿'),
      discoveries: slideDiscoveries(pkg, today),
      read: /^ppt\/(slides|slideMasters|slideLayouts)\/[^/]*\.xml$/,
    };
  }
  throw refused(
    'wrong-type',
    '这种 Office 文件无法检查，不能发出。请另存为 .docx、.xlsx、.pptx 或 PDF 后重试。',
  );
}

function stray(bytes: Uint8Array): Discovery[] {
  const count = strayBytes(bytes);
  if (count === 0) return [];
  // Writing the package anew leaves them behind.
  return [
    { kind: 'trailing-data', at: 'zip', place: '整个文件', evidence: [`${count} 字节`], mend: () => {} },
  ];
}

/** Words of charts, drawings, notes and whatever else is XML. */
function otherWords(pkg: OfficePackage, { read, place }: Family, today: Temporal.PlainDate): Discovery[] {
  return pkg
    .names()
    .filter((name) => /\.(xml|vml|svg)$/i.test(name) && !read.test(name) && name !== '[Content_Types].xml')
    .flatMap((name) => {
      const texts = [...textBlocksOf(pkg.tree(name), pkg.text(name), drawingBlocks)];
      return personalDiscoveries(
        { at: name, place: place(name) },
        texts.map(({ text }) => ({ label: '', text })),
        today,
        (kind) =>
          pkg.edit(name, (root, edits, xml) =>
            maskBlocks(textBlocksOf(root, xml, drawingBlocks), edits, kind, today),
          ),
      );
    });
}
