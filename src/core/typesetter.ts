import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

export interface TypesettingJob {
  /** Text of the layout. */
  layout: string;
  /** What the layout reads, by its path under the folder. */
  files: ReadonlyMap<string, Uint8Array>;
  /** Civil date the file is stamped with: the same text always gives the same bytes. */
  on: string;
}

export interface Typesetter {
  /**
   * A tagged PDF (PDF/UA-1). Synchronous: takes the calling thread for as long as it takes.
   * @throws Error with the typesetter's messages
   */
  typeset(job: TypesettingJob): Uint8Array;
}

/** A typesetter for layouts of one folder, nothing outside of which they can read. Reading the fonts takes longer than typesetting. */
export function openTypesetter(folder: string, fontPaths: string[]): Typesetter {
  let compiler: NodeCompiler | null = null;
  return {
    typeset({ layout, files, on }) {
      compiler ??= NodeCompiler.create({ workspace: folder, fontArgs: [{ fontPaths }] });
      try {
        for (const [path, bytes] of files) compiler.mapShadow(join(folder, path), Buffer.from(bytes));
        const compiled = compiler.compile({ mainFileContent: layout });
        const document = compiled.result;
        if (!document) {
          const found: { message?: string }[] = compiled.takeDiagnostics()?.shortDiagnostics ?? [];
          throw new Error(`typesetting failed: ${found.map(({ message }) => message).join('; ')}`);
        }
        const creationTimestamp = Math.floor(Date.parse(`${on}T00:00:00+08:00`) / 1000);
        try {
          return new Uint8Array(compiler.pdf(document, { pdfStandard: 'ua-1', creationTimestamp }));
        } catch (error) {
          // PDF/UA-1 forbids characters no font has, such as a rare Han character in a name: then tagged, without the claim.
          if (!String(error).includes('could not be displayed with font')) throw error;
          return new Uint8Array(compiler.pdf(document, { creationTimestamp }));
        }
      } finally {
        compiler.resetShadow();
        compiler.evictCache(4);
      }
    },
  };
}
