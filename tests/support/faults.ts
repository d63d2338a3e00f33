import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

type Violations = Awaited<ReturnType<AxeBuilder['analyze']>>['violations'];

export const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * The rules of accessibility that the page breaks, all rules unless `tags` name some. What is broken is all that is
 * described, and without frames it is found within the page: describing what holds, in a second page, took a third of the time.
 */
export async function violationsOf(page: Page, tags?: readonly string[]): Promise<Violations> {
  const { violations } = await new AxeBuilder({ page })
    .options({
      resultTypes: ['violations'],
      ...(tags && { runOnly: { type: 'tag', values: [...tags] } }),
    })
    .setLegacyMode(page.frames().length === 1)
    .analyze();
  return violations;
}

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
  for (const { id, nodes } of await violationsOf(page, RULES))
    found.push(`${path}: ${id} at ${nodes[0]?.target.join(' ')}`);
  return found;
}
