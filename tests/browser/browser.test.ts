import { expect, test } from 'vitest';
import { openBrowser, openPage } from '../support/browser.ts';
import { RULES, violationsOf } from '../support/faults.ts';

const browser = await openBrowser();

test('draws Chinese with the fonts of the packages', async () => {
  const page = await openPage(browser);
  await page.setContent('<p style="font-family: sans-serif">政府信息公开</p>');
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument');
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'p' });
  const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
  expect(fonts.map(({ familyName, glyphCount }) => [familyName, glyphCount])).toEqual([['Noto Sans SC', 6]]);
  const picture = await page.locator('p').screenshot();
  expect(picture.length).toBeGreaterThan(1000);
});

test.each([
  ['a page', '', ['color-contrast 1', 'image-alt 1']],
  ['a frame', 'srcdoc', ['color-contrast 2', 'image-alt 2']],
])('what is not accessible is found in %s', async (_where, framed, expected) => {
  const page = await openPage(browser);
  const broken = '<p style="color:#ddd;background:#fff">看不清楚的字</p><img src="data:,">';
  const body = framed ? `<iframe title="框" srcdoc='<main>${broken}</main>'></iframe>` : broken;
  await page.setContent(`<html lang="zh"><title>页</title><main><h1>页</h1>${body}</main>`);
  const found = (await violationsOf(page, RULES)).flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id} ${target.length}`),
  );
  expect(found).toEqual(expect.arrayContaining(expected));
  await page.context().close();
});
