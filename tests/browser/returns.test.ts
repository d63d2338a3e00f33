import { expect, test } from 'vitest';
import { clockAt } from '../../src/core/clock.ts';
import { enterDesk, openBrowser, openPage } from '../support/browser.ts';
import { openDesk } from '../support/desk.ts';

const { app, server, signedIn } = await openDesk({}, clockAt('2019-04-10'));
await signedIn('publisher');
const address = await server.listen({ port: 0, host: '127.0.0.1' });
const browser = await openBrowser();
const lastYear = app.clock.today().year - 1;

test('the grid: arrow keys, a pasted column shown before it is filled in, and saved by itself', async () => {
  const page = await openPage(browser);
  await enterDesk(page, address, 'person1');
  await page.goto(`${address}/workbench/returns/fill?month=${lastYear}-03`);
  const quantity = (code: string) => page.locator(`input[name="q.${code}"]`);

  await quantity('channels.gazette').focus();
  await page.keyboard.type('5');
  await page.keyboard.press('ArrowDown');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('q.channels.website');

  const paste = (text: string) =>
    quantity('channels.website').evaluate((input, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  await paste('1,927\n5810\n留空\n');
  await page.getByRole('button', { name: '不填入' }).click();
  expect(await quantity('channels.website').inputValue()).toBe('');
  await paste('政务微信公开政府信息数\t留空\n政务微博公开政府信息数\t5810\n别的\t1\n');
  expect(await page.locator('dialog.grid-paste h2').textContent()).toContain('将填入 2 项');
  await page.getByRole('button', { name: '填入', exact: true }).click();
  expect(await quantity('channels.weibo').inputValue()).toBe('5810');
  expect(await page.locator('input[name="b.channels.wechat"]').isChecked()).toBe(true);
  expect(await page.locator('[data-grid-count]').textContent()).toContain('已填 2 项');

  await page.getByText('自动保存').filter({ hasText: '已于' }).waitFor();
  const lines = await app.connection.db.selectFrom('return_lines').select('quantity').orderBy('id').execute();
  expect(lines.map(({ quantity: kept }) => kept).sort()).toEqual([5, 5810, null]);
  if (process.env.SHOTS) {
    await page.screenshot({ path: `${process.env.SHOTS}/fill.png` });
    await page.goto(`${address}/workbench/returns?year=${lastYear}`);
    await page.screenshot({ path: `${process.env.SHOTS}/matrix.png` });
    await page.click('a.matrix-draft');
    await page.screenshot({ path: `${process.env.SHOTS}/show.png`, fullPage: true });
    await page.goto(`${page.url()}/submission`);
    await page.screenshot({ path: `${process.env.SHOTS}/confirm.png` });
  }
});
