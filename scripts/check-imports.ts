/** Reads every import of `src/` and says which go the wrong way. */
import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { type Import, wrongWays } from './import-rules.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = globSync('src/**/*.{ts,tsx}', { cwd: root }).map((file) => file.replaceAll('\\', '/'));

/** What is left when types are erased. Nothing is followed: whether a file exists is the type checker's business. */
async function valueImports(): Promise<Import[]> {
  const asWritten: Plugin = {
    name: 'as-written',
    setup: ({ onResolve }) =>
      onResolve({ filter: /./ }, ({ kind, path }) =>
        kind === 'entry-point' ? null : { path, external: true },
      ),
  };
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: files,
    bundle: true,
    write: false,
    metafile: true,
    outdir: 'out',
    format: 'esm',
    plugins: [asWritten],
    logLevel: 'error',
  });
  return Object.entries(metafile.inputs).flatMap(([from, { imports }]) =>
    imports.map(({ path }) => ({ from, to: target(from, path), kind: 'value' as const })),
  );
}

function typeImports(): Import[] {
  return files.flatMap((from) =>
    [
      ...readFileSync(join(root, from), 'utf8').matchAll(/^(?:import|export) type [^;]*? from '(\.[^']+)'/gm),
    ].map(([, path = '']) => ({ from, to: target(from, path), kind: 'type' as const })),
  );
}

function target(from: string, path: string): string {
  if (path.startsWith('.')) return posix.join(posix.dirname(from), path);
  return path.startsWith('node:') ? path : path.split('/', path.startsWith('@') ? 2 : 1).join('/');
}

const sentences = wrongWays([...(await valueImports()), ...typeImports()]);
process.stderr.write(sentences.map((sentence) => `${sentence}\n`).join(''));
process.exitCode = sentences.length > 0 ? 1 : 0;
