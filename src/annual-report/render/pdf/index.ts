import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';
import type { CompiledReport } from '../../model.ts';
import { type FontOptions, fontPaths } from '../fonts.ts';
import { fileTime } from '../words.ts';
import { typesetData } from './data.ts';

const folder = dirname(fileURLToPath(import.meta.url));
const template = readFileSync(join(folder, 'report.typ'), 'utf8');
const compilers = new Map<string, NodeCompiler>();

/**
 * The report as a tagged PDF (PDF/UA-1): A4, GB/T 9704-2012, bookmarks, fonts embedded as subsets. Typesetting is
 * synchronous and takes some hundred milliseconds of the calling thread.
 * @throws Error with the typesetter's messages, e.g. for a chart whose SVG is not well-formed
 */
export async function renderPdf(report: CompiledReport, options: FontOptions = {}): Promise<Uint8Array> {
  const compiler = compilerFor(options);
  compiler.mapShadow(join(folder, 'report.json'), Buffer.from(JSON.stringify(typesetData(report))));
  const compiled = compiler.compile({ mainFileContent: template });
  const document = compiled.result;
  if (!document) throw new Error(`typesetting failed: ${messages(compiled)}`);
  const creationTimestamp = Math.floor(fileTime(report).getTime() / 1000);
  const pdf = exportPdf(compiler, document, creationTimestamp);
  compiler.resetShadow();
  compiler.evictCache(4);
  return new Uint8Array(pdf);
}

/** PDF/UA-1 forbids characters no font has, such as a rare Han character in a name: then tagged, without the claim. */
function exportPdf(compiler: NodeCompiler, document: NodeTypstDocument, creationTimestamp: number): Buffer {
  try {
    return compiler.pdf(document, { pdfStandard: 'ua-1', creationTimestamp });
  } catch (error) {
    if (!String(error).includes('could not be displayed with font')) throw error;
    return compiler.pdf(document, { creationTimestamp });
  }
}

/** One compiler per font folder, kept: reading the fonts takes longer than typesetting. */
function compilerFor(options: FontOptions): NodeCompiler {
  const key = options.fontFolder ?? '';
  const known = compilers.get(key);
  if (known) return known;
  const compiler = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontPaths: fontPaths(options) }] });
  compilers.set(key, compiler);
  return compiler;
}

function messages(compiled: ReturnType<NodeCompiler['compile']>): string {
  const diagnostics: { message?: string }[] = compiled.takeDiagnostics()?.shortDiagnostics ?? [];
  return diagnostics.map(({ message }) => message).join('; ');
}
