/** WCAG AA for normal text; a main colour below it would make links and buttons hard to read. */
const LEAST_CONTRAST = 4.5;

/**
 * A stylesheet that puts the agency's main colour in place of ours; null when it is no colour or too pale on white. High contrast
 * and paper have colours of their own.
 */
export function themeCss(colour: string): string | null {
  if (!isReadable(colour)) return null;
  return `@media screen{:root:not([data-contrast="high"]){--brand:${colour.toLowerCase()}}}`;
}

/** Whether `#rrggbb` can carry white text and be read on white. */
export function isReadable(colour: string): boolean {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (!match) return false;
  const [red, green, blue] = match.slice(1).map((part) => linear(Number.parseInt(part, 16) / 255)) as [
    number,
    number,
    number,
  ];
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (luminance + 0.05) >= LEAST_CONTRAST;
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}
