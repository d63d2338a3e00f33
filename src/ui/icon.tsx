import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);
const shapes = new Map<string, string>();

/**
 * A Tabler icon drawn into the page. It is decoration beside a word; give `label` only where it stands alone.
 * `name` is the icon's Tabler name, e.g. `file-text`; filled ones end in `-filled`.
 */
export function Icon({ name, label }: { name: string; label?: string }) {
  const naming = label ? ({ role: 'img', 'aria-label': label } as const) : ({ 'aria-hidden': true } as const);
  const filled = name.endsWith('-filled');
  return (
    <svg
      class="icon"
      width="20"
      height="20"
      viewBox="0 0 24 24"
      fill={filled ? 'currentColor' : 'none'}
      stroke={filled ? 'none' : 'currentColor'}
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      focusable="false"
      {...naming}
      dangerouslySetInnerHTML={{ __html: shapesOf(name, filled) }}
    />
  );
}

function shapesOf(name: string, filled: boolean): string {
  const known = shapes.get(name);
  if (known !== undefined) return known;
  if (!/^[a-z0-9-]+$/.test(name)) throw new Error(`not an icon name: ${name}`);
  const file = filled ? `filled/${name.slice(0, -'-filled'.length)}.svg` : `outline/${name}.svg`;
  const svg = readFileSync(resolve(`@tabler/icons/${file}`), 'utf8');
  const inner = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>'));
  const tidy = inner
    .replace('<path stroke="none" d="M0 0h24v24H0z" fill="none" />', '')
    .replace(/\s*\n\s*/g, '');
  shapes.set(name, tidy);
  return tidy;
}
