import { expect, test } from 'vitest';
import { openBrowser, openPage } from '../support/browser.ts';

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
