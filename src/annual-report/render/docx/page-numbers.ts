import { estimatePageNumbersWith, type FontToMeasure } from 'docx/layout';

/** Widths of Times New Roman from U+0020 to U+007E in thousandths of an em. */
const latin = [
  250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500,
  500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333,
  389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469,
  500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389,
  278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];

/**
 * Page numbers for the contents, from a layout as Word does it. The report is set in Han characters, each an em wide, and
 * Times New Roman: measured so, it takes a fraction of the time of the library's tables of all Office fonts.
 */
export const pageNumbers = estimatePageNumbersWith({ guess: true, measureWidth });

function measureWidth(text: string, { size }: FontToMeasure): number {
  let thousandths = 0;
  for (const character of text) thousandths += latin[(character.codePointAt(0) ?? 0) - 0x20] ?? 1000;
  return (thousandths * size) / 1000;
}
