import { type Container, openContainer } from '../spreadsheet/container.ts';
import { compoundContent, declaresMacros } from '../spreadsheet/detect.ts';
import { formSheetLimits, type SheetFile, UnreadableFile } from '../spreadsheet/index.ts';
import { bytesAt, sizeOf, streamOf } from '../spreadsheet/source.ts';

/**
 * What a careful office does not open, told from content alone: the test virus of EICAR, programs and scripts by
 * their heads, documents with macros, and any of them inside a zip container. Null when nothing of it is there. It knows
 * no signatures and does not stand in for a virus scanner.
 */
export async function builtInCheck(file: SheetFile): Promise<string | null> {
  const head = await bytesAt(file, 0, 8192);
  const found = programIn(head) ?? (await testVirusIn(streamOf(file)));
  if (found !== null) return found;
  const magic = head.toString('latin1', 0, 4);
  if (magic === '\xd0\xcf\x11\xe0') return (await compoundContent(file, head)) === 'macro' ? MACROS : null;
  return magic === 'PK\x03\x04' ? insideContainer(file) : null;
}

const MACROS = '带有宏的文档';
const TEST_VIRUS = 'EICAR 测试病毒';

/** In two parts, so that this program is not itself taken for it. */
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

async function testVirusIn(content: AsyncIterable<unknown>): Promise<string | null> {
  let end = '';
  for await (const chunk of content) {
    const text = end + Buffer.from(chunk as Uint8Array).toString('latin1');
    if (text.includes(EICAR)) return TEST_VIRUS;
    end = text.slice(-EICAR.length);
  }
  return null;
}

/** What programs begin with, in hexadecimal. */
const programs: readonly [string, readonly string[]][] = [
  ['Windows 程序', ['4d5a']],
  ['Linux 程序', ['7f454c46']],
  ['macOS 或 Java 程序', ['feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe']],
  ['WebAssembly 程序', ['0061736d']],
  ['Windows 快捷方式', ['4c0000000114020000']],
  ['安卓程序', ['6465780a']],
];
const SCRIPT = /^(\u00ef\u00bb\u00bf)?\s*(#!|@echo\b|<\?php|<%@|<script\b|<job\b)/i;

function programIn(head: Buffer): string | null {
  const start = head.toString('hex', 0, 16);
  const program = programs.find(([, magic]) => magic.some((digits) => start.startsWith(digits)));
  if (program) return program[0];
  return SCRIPT.test(head.toString('latin1', 0, 512)) ? '脚本程序' : null;
}

async function insideContainer(file: SheetFile): Promise<string | null> {
  const limits = { ...formSheetLimits, fileBytes: await sizeOf(file) };
  const container = await openContainer(file, limits).catch((error) => {
    // A damaged zip opens nowhere; what it is called is for others to say.
    if (error instanceof UnreadableFile) return null;
    throw error;
  });
  if (!container) return null;
  try {
    if ([...container.names].some((name) => /vbaproject|\/macrosheets\//i.test(name))) return MACROS;
    if (await declaresMacros(container).catch(() => false)) return MACROS;
    for (const name of container.names) {
      const found = await insideEntry(container, name);
      if (found !== null) return `${found}（在文件内）`;
    }
    return null;
  } finally {
    container.close();
  }
}

async function insideEntry(container: Container, name: string): Promise<string | null> {
  if (/\.(exe|dll|scr|com|bat|cmd|ps1|vbs|js|jse|wsf|hta|msi|lnk|jar|apk)$/i.test(name)) return '程序或脚本';
  try {
    const content = await container.read(name);
    let head = Buffer.alloc(0);
    const watched = async function* () {
      for await (const chunk of content) {
        if (head.length < 512) head = Buffer.concat([head, chunk as Buffer]);
        yield chunk;
      }
    };
    return (await testVirusIn(watched())) ?? programIn(head);
  } catch {
    return null;
  }
}
