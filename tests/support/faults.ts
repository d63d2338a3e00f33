import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What is wrong with a page: broken accessibility rules, sideways scrolling, errors of script or policy. */
export async function faultsOf(page: Page, address: string, { axe = true } = {}): Promise<string[]> {
  const path = new URL(address).pathname;
  const found: string[] = [];
  const heard = (message: { type(): string; text(): string }) => {
    if (message.type() === 'error' && !/status of 4(04|10|22)/.test(message.text()))
      found.push(message.text());
  };
  page.on('console', heard);
  await page.goto(address);
  page.off('console', heard);
  const wider = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (wider > 0) found.push(`${path}: ${wider}px wider than the screen`);
  if (!axe) return found;
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  for (const { id, nodes } of violations) found.push(`${path}: ${id} at ${nodes[0]?.target.join(' ')}`);
  return found;
}
