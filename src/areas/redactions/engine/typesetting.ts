import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { fontPaths } from '../../../annual-report/render/fonts.ts';

const folder = import.meta.dirname;
let compiler: NodeCompiler | null = null;

/**
 * Sets data with one of the templates beside this file. Data comes in as JSON, never as markup, so that nothing in it is
 * run. `pictures` are PNG files by the names that the data gives them.
 */
export function typeset(
  template: 'word' | 'index',
  data: object,
  pictures: ReadonlyMap<string, Uint8Array> = new Map(),
): Uint8Array {
  compiler ??= NodeCompiler.create({ workspace: folder, fontArgs: [{ fontPaths: fontPaths({}) }] });
  try {
    compiler.mapShadow(join(folder, 'data.json'), Buffer.from(JSON.stringify(data)));
    for (const [name, bytes] of pictures) compiler.mapShadow(join(folder, name), Buffer.from(bytes));
    const compiled = compiler.compile({
      mainFileContent: readFileSync(join(folder, `${template}.typ`), 'utf8'),
    });
    if (!compiled.result) {
      const found: { message?: string }[] = compiled.takeDiagnostics()?.shortDiagnostics ?? [];
      throw new Error(`typesetting failed: ${found.map(({ message }) => message).join('; ')}`);
    }
    return new Uint8Array(compiler.pdf(compiled.result, { creationTimestamp: 0 }));
  } finally {
    compiler.resetShadow();
    compiler.evictCache(2);
  }
}
