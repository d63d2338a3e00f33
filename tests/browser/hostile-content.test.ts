import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { clockAt } from '../../src/core/clock.ts';
import { enterDesk, openBrowser, openPage, phone } from '../support/browser.ts';
import { openDesk } from '../support/desk.ts';
import { heavyMarkup, hostileMarkup } from '../support/hostile-content.ts';
import { openPublicColumns } from '../support/public-columns.ts';

const desk = await openDesk({}, clockAt('2018-06-01T10:30:00+08:00'));
const { server } = desk;
await desk.signedIn('publisher');
const { published } = await openPublicColumns(desk);
const browser = await openBrowser();
let address = '';
const items = new Map<string, { id: number; indexNumber: string }>();

const bodies: [string, string][] = [
  ['everything that would run', Object.values(hostileMarkup).join('<p>其次</p>')],
  ...Object.entries(heavyMarkup).map(([name, made]): [string, string] => [name, made()]),
];

beforeAll(async () => {
  address = await server.listen({ port: 0, host: '127.0.0.1' });
  for (const [name, body] of bodies)
    items.set(name, await published({ title: `${name}，${'长'.repeat(60)}`, body: `<p>首段</p>${body}` }));
}, 180_000);

/** What a page did that it should not: dialogs, errors of script or policy, requests to elsewhere, leaving. */
function watched(page: Page): string[] {
  const found: string[] = [];
  page.on('dialog', (dialog) => {
    found.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => found.push(`error ${error.message}`));
  page.on('console', (message) => {
    // What is refused by the policy did not happen; a picture that is nowhere is only missing.
    const harmless = /action has been blocked|status of 404/.test(message.text());
    if (message.type() === 'error' && !harmless) found.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith('data:'))
      found.push(`request ${request.url()}`);
  });
  return found;
}

/** How far the page goes beyond the screen, and whatever of the body stands out of it without a frame to scroll. */
const measure = () => {
  const root = document.documentElement;
  const found: string[] = [];
  if (root.scrollWidth > root.clientWidth)
    found.push(`${root.scrollWidth - root.clientWidth}px wider than the screen`);
  for (const table of document.querySelectorAll('.item-body table, .item-text table')) {
    const frame = table.closest<HTMLElement>('.item-table, .item-wide');
    if (!frame) found.push('a table without a frame');
    else if (frame.parentElement?.closest('.item-table, .item-wide')) continue;
    else if (frame.getBoundingClientRect().right > root.clientWidth + 1)
      found.push('a frame stands out of the screen');
    else if (frame.scrollWidth > frame.clientWidth && getComputedStyle(frame).overflowX !== 'auto')
      found.push('a frame that does not scroll');
  }
  for (const element of document.querySelectorAll('.item-body *, .item-text *')) {
    if (
      [...element.attributes].some(
        ({ name, value }) =>
          /^on|^style$|^srcset$/.test(name) || /^\s*(javascript|data|vbscript):/i.test(value),
      )
    )
      found.push(`an attribute that runs: ${element.outerHTML.slice(0, 120)}`);
  }
  const strange = document.querySelector(
    ':is(.item-body, .item-text) :is(script, style, svg, math, iframe, object, embed, form, input, meta, base, link, template)',
  );
  if (strange) found.push(`an element that runs: ${strange.outerHTML.slice(0, 120)}`);
  return found;
};

describe.each([
  ['a telephone', phone],
  ['a desk screen', { width: 1440, height: 900 }],
])('on %s', (_screen, viewport) => {
  test.each(bodies.map(([name]) => name))(
    '%s: nothing runs and the page keeps its width',
    async (name) => {
      const page = await openPage(browser, { viewport });
      const heard = watched(page);
      await page.goto(`${address}/items/${items.get(name)?.indexNumber}`);
      expect([...heard, ...(await page.evaluate(measure))]).toEqual([]);
      expect(page.url()).toContain('/items/');
      await page.context().close();
    },
    60_000,
  );

  test('a table of 300 columns is scrolled by keyboard, the page stays where it is', async () => {
    const page = await openPage(browser, { viewport });
    await page.goto(`${address}/items/${items.get('a table of 300 columns')?.indexNumber}`);
    const frame = page.getByRole('region', { name: '表格 1' });
    await frame.focus();
    for (let times = 0; times < 5; times++) await page.keyboard.press('ArrowRight');
    await expect.poll(() => frame.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(0);
    expect(await page.evaluate(() => window.scrollX)).toBe(0);
    await page.context().close();
  }, 60_000);
});

describe('at the desk', () => {
  async function publisherAt(viewport: { width: number; height: number }): Promise<Page> {
    const page = await openPage(browser, { viewport });
    await enterDesk(page, address, 'person1');
    return page;
  }

  test.each([
    ['a telephone', phone],
    ['a desk screen', { width: 1440, height: 900 }],
  ])(
    'pages of such items keep their width on %s',
    async (_screen, viewport) => {
      const page = await publisherAt(viewport);
      const heard = watched(page);
      for (const { id } of items.values()) {
        for (const below of ['', '/versions/1']) {
          await page.goto(`${address}/workbench/items/${id}${below}`);
          heard.push(...(await page.evaluate(measure)).map((fault) => `${id}${below}: ${fault}`));
        }
      }
      expect(heard).toEqual([]);
      await page.context().close();
    },
    180_000,
  );

  test.each(Object.entries(hostileMarkup))(
    'pasted into the editor, %s does not run',
    async (_name, html) => {
      const page = await editorPage();
      const heard = watched(page);
      await paste(page, html);
      await page.waitForTimeout(50);
      expect(heard).toEqual([]);
      const body = await page.inputValue('textarea[name="body"]');
      expect(body).not.toMatch(
        /<(script|svg|iframe|style|form|object|meta|base|link)\b|\son\w+=|style=|srcset=/i,
      );
    },
    60_000,
  );

  let editing: Page | null = null;
  async function editorPage(): Promise<Page> {
    if (editing === null) {
      editing = await publisherAt({ width: 1440, height: 900 });
      await editing.goto(`${address}/workbench/items/new`);
      await editing.fill('[name="title"]', '粘贴');
      await editing.getByRole('button', { name: '开始撰写' }).click();
      await editing.waitForURL(/\/workbench\/items\/\d+$/);
    }
    editing.removeAllListeners('dialog');
    editing.removeAllListeners('pageerror');
    editing.removeAllListeners('console');
    editing.removeAllListeners('request');
    await editing.locator('.editor-text').click();
    await editing.keyboard.press('Control+A');
    await editing.keyboard.press('Delete');
    return editing;
  }

  const paste = (page: Page, html: string) =>
    page.evaluate((html) => {
      const data = new DataTransfer();
      data.setData('text/html', html);
      data.setData('text/plain', '粘贴');
      document
        .querySelector('.editor-text')
        ?.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
        );
    }, html);

  test('a table of 300 columns in the editor scrolls in its own frame', async () => {
    const page = await editorPage();
    await paste(page, heavyMarkup['a table of 300 columns']?.() ?? '');
    expect(await page.evaluate(measure)).toEqual([]);
    expect(await page.locator('.editor-text .item-wide th').count()).toBe(300);
  }, 60_000);
});
