import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * GB/T 9704-2012 asks for 小标宋, 仿宋, 楷体 and 黑体, of which only the agency can hold a licence. The shipped substitutes
 * are Noto Serif SC and Noto Sans SC (SIL Open Font Licence); fonts in the site's own folder come first where they exist.
 */
export interface FontOptions {
  /** Folder with the site's own TTF or OTF files. */
  fontFolder?: string;
}

export type FontRole = 'title' | 'body' | 'kai' | 'hei';

export const serif = 'Noto Serif SC';
export const sans = 'Noto Sans SC';

/** Families in the order they are looked for; the last is shipped. */
export const families: Record<FontRole, readonly string[]> = {
  title: ['FZXiaoBiaoSong-B05S', 'FZXiaoBiaoSong-B05', '方正小标宋简体', serif],
  body: ['FangSong_GB2312', '仿宋_GB2312', 'FangSong', '仿宋', 'STFangsong', serif],
  kai: ['KaiTi_GB2312', '楷体_GB2312', 'KaiTi', '楷体', 'STKaiti', serif],
  hei: ['SimHei', '黑体', 'STHeiti', sans],
};

const require = createRequire(import.meta.url);
const packages = {
  serif: dirname(require.resolve('@expo-google-fonts/noto-serif-sc/package.json')),
  sans: dirname(require.resolve('@expo-google-fonts/noto-sans-sc/package.json')),
};

export const fontFiles = {
  serif: join(packages.serif, '400Regular/NotoSerifSC_400Regular.ttf'),
  serifSemiBold: join(packages.serif, '600SemiBold/NotoSerifSC_600SemiBold.ttf'),
  serifBold: join(packages.serif, '700Bold/NotoSerifSC_700Bold.ttf'),
  sans: join(packages.sans, '400Regular/NotoSansSC_400Regular.ttf'),
  sansMedium: join(packages.sans, '500Medium/NotoSansSC_500Medium.ttf'),
};

/** Font files and folders for a typesetter. */
export function fontPaths({ fontFolder }: FontOptions): string[] {
  return [...(fontFolder && existsSync(fontFolder) ? [fontFolder] : []), ...Object.values(fontFiles)];
}
