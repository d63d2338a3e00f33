import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import packed from '@sparticuz/chromium';
import { ROOT } from '../../src/config.ts';

const MODULES = join(ROOT, 'node_modules');
const FOLDER = join(ROOT, 'var', 'test-browser');

export interface InstalledChromium {
  executable: string;
  /** Libraries and fonts that this machine may lack. */
  env: Record<string, string>;
}

/** Unpacks the browser of the npm package `@sparticuz/chromium` once; it brings its libraries, the fonts are ours. */
export async function installChromium(): Promise<InstalledChromium> {
  const home = join(FOLDER, versionOf('@sparticuz/chromium'));
  if (!existsSync(home)) await unpack(home);
  const executable = join(home, 'chromium');
  return {
    executable,
    env: {
      FONTCONFIG_FILE: writeFontSettings(home),
      ...missingLibraries(executable, join(home, 'al2023', 'lib')),
    },
  };
}

function versionOf(name: string): string {
  const description = readFileSync(join(MODULES, name, 'package.json'), 'utf8');
  return (JSON.parse(description) as { version: string }).version;
}

async function unpack(home: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const half = mkdtempSync(`${home}.`);
  const { TMPDIR, AWS_EXECUTION_ENV } = process.env;
  try {
    // The package unpacks into the temporary folder, and its libraries only on the cloud service it was made for.
    Object.assign(process.env, { TMPDIR: half, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' });
    await packed.executablePath();
    renameSync(half, home);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    // Another worker was first.
    if (!existsSync(home)) throw error;
  } finally {
    restore('TMPDIR', TMPDIR);
    restore('AWS_EXECUTION_ENV', AWS_EXECUTION_ENV);
  }
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

function missingLibraries(executable: string, libraries: string): Record<string, string> {
  const { stdout } = spawnSync('ldd', [executable], { encoding: 'utf8' });
  return stdout?.includes('not found') ? { LD_LIBRARY_PATH: libraries } : {};
}

function writeFontSettings(home: string): string {
  const folders = ['noto-sans-sc', 'noto-serif-sc'].map((name) => join(MODULES, '@expo-google-fonts', name));
  const file = join(home, 'fonts.conf');
  if (existsSync(file)) return file;
  const prefer = (generic: string, family: string) =>
    `<alias binding="strong"><family>${generic}</family><prefer><family>${family}</family></prefer></alias>`;
  writeFileSync(
    `${file}.${process.pid}`,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
${folders.map((folder) => `<dir>${folder}</dir>`).join('\n')}
<cachedir>${join(home, 'font-cache')}</cachedir>
${prefer('sans-serif', 'Noto Sans SC')}
${prefer('system-ui', 'Noto Sans SC')}
${prefer('serif', 'Noto Serif SC')}
</fontconfig>\n`,
  );
  renameSync(`${file}.${process.pid}`, file);
  return file;
}
