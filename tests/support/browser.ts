import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll } from 'vitest';
import { installChromium } from './chromium.ts';

/**
 * A real Chromium for the test file, closed after its last test. Call it at the top of the file.
 * Chinese is drawn with Noto Sans SC and Noto Serif SC, whatever fonts the machine has.
 */
export async function openBrowser(): Promise<Browser> {
  const { executable, env } = await installChromium();
  const browser = await chromium.launch({
    executablePath: executable,
    env: { ...inherited(), ...env },
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'],
  });
  afterAll(() => browser.close());
  return browser;
}

/** A page of a desk screen in Chinese; `viewport: phone` for a telephone, `javaScriptEnabled: false` for none. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  context.setDefaultTimeout(15_000);
  // A page is only as slow as the machine that also runs the other files; the test's own bound ends it.
  context.setDefaultNavigationTimeout(60_000);
  return context.newPage();
}

export const phone = { width: 390, height: 844 };

function inherited(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => !!entry[1]),
  );
}

/** Signs a person of `openDesk` in and waits for the first page of the desk. */
export async function enterDesk(page: Page, address: string, username: string): Promise<void> {
  await page.goto(`${address}/workbench/sign-in`);
  await page.fill('input[name="username"]', username);
  await page.fill('input[name="password"]', 'autumn-River-27');
  await page.click('form[action^="/workbench/sign-in"] button[type="submit"]');
  await page.waitForURL(`${address}/workbench`);
}
