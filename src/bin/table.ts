/** A plain text table; Chinese characters and full-width signs take two columns. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly ('left' | 'right')[] = [],
): string {
  const widths = head.map((cell, column) =>
    Math.max(width(cell), ...rows.map((row) => width(row[column] ?? ''))),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => {
        const room = ' '.repeat((widths[column] ?? 0) - width(cell));
        return align[column] === 'right' ? room + cell : cell + room;
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((columns) => '-'.repeat(columns)).join('  ');
  return `${[line(head), rule, ...rows.map(line)].join('\n')}\n`;
}

function width(text: string): number {
  let columns = 0;
  for (const character of text)
    columns +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6“”…—]/u.test(
        character,
      )
        ? 2
        : 1;
  return columns;
}
