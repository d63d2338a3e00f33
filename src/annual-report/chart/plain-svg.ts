import { escapeQuoted } from '../../core/markup.ts';

/**
 * The drawing as plain SVG 1.1 that may stand inline under a content security policy without `unsafe-inline`: no style
 * element, no style attributes (each property becomes the presentation attribute of the same name), no script, no classes
 * and no identifiers that two drawings on one page could share. The title is its accessible name.
 */
export function plainSvg(svg: string, title: string): string {
  const name = escapeQuoted(title);
  return svg
    .replaceAll(/<style[^>]*>[\s\S]*?<\/style>/g, '')
    .replaceAll(/ style="([^"]*)"/g, (_, css: string) => presentationAttributes(css))
    .replaceAll(/ (?:class|ecmeta_[a-z_]+|xmlns:xlink|baseProfile|version)="[^"]*"/g, '')
    .replaceAll(/\n\s*/g, '')
    .replace(/<svg ([^>]*)>/, `<svg $1 role="img" aria-label="${name}"><title>${name}</title>`);
}

function presentationAttributes(css: string): string {
  return css
    .split(';')
    .map((declaration) => declaration.split(':').map((side) => side.trim()))
    .filter(([property, value]) => property && value)
    .map(([property, value]) => ` ${property}="${value}"`)
    .join('');
}
