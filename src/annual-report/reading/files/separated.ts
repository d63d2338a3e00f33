/** Vertical bars: ASCII, full-width, box-drawing. */
const BARS = /[|｜│┃║]/;
/** `|---|:-:|`, `+----+----+`, `├──┼──┤`. */
const RULE = /^[\s|｜│┃║+:\-─━═┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝┏┳┓┣╋┫┗┻┛┠╂┨┝┿┥╟╫╢╞╪╡╭╮╰╯]*$/;

/** Cells of a line that separates them by bars or tabs, and by which; null for other lines. */
export function separatedCells(line: string): { by: 'bar' | 'tab'; cells: string[] } | null {
  if (BARS.test(line)) {
    const cells = line.trim().split(BARS);
    if (cells.length > 1 && cells[0]?.trim() === '' && BARS.test(line.trim()[0] ?? '')) cells.shift();
    // A closing bar adds no cell.
    if (cells.length > 1 && BARS.test(line.trim().at(-1) ?? '')) cells.pop();
    return cells.length > 1 ? { by: 'bar', cells } : null;
  }
  // A tab at the start indents; an end of tabs holds empty cells.
  if (!line.trimStart().includes('\t')) return null;
  return { by: 'tab', cells: line.replace(/[\r\n]+$/, '').split('\t') };
}

/** A line that only rules a table drawn with characters. */
export function isRule(line: string): boolean {
  return RULE.test(line) && (/-{2,}/.test(line) || /[─━═]/.test(line)) && line.trim().length > 2;
}
