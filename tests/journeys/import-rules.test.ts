import { expect, test } from 'vitest';
import { type Import, wrongWays } from '../../scripts/import-rules.ts';

const value = (from: string, to: string): Import => ({ from, to, kind: 'value' });
const type = (from: string, to: string): Import => ({ from, to, kind: 'type' });

test.each([
  [value('src/workbench/returns/routes.ts', 'src/areas/returns/store.ts'), 'front door'],
  [value('src/areas/returns/actions.ts', 'src/areas/organisations/store.ts'), 'through its index.ts'],
  [value('src/areas/returns/actions.ts', 'kysely'), 'only store.ts and figures.ts speak SQL'],
  [value('src/areas/returns/rules.ts', 'src/areas/returns/store.ts'), 'rules wait for nothing'],
  [value('src/areas/returns/rules.ts', 'node:fs'), 'rules wait for nothing'],
  [value('src/law/deadlines.ts', 'src/core/db.ts'), 'law/ takes dates'],
  [value('src/law/calendar.ts', 'node:fs'), 'law/ takes dates'],
  [type('src/core/context.ts', 'src/areas/organisations/index.ts'), 'core/ serves every area'],
  [value('src/ledger/record.ts', 'src/areas/returns/index.ts'), 'the ledger records'],
  [value('src/areas/returns/actions.ts', 'src/workbench/request.ts'), 'must not depend on who shows it'],
  [value('src/portal/home.tsx', 'src/annual-report/store.ts'), 'a face never reads tables'],
  [value('src/portal/home.tsx', 'src/workbench/shell.tsx'), 'do not import one another'],
  [value('src/ui/table.tsx', 'src/areas/returns/index.ts'), 'ui/ draws what it is given'],
  [value('src/app.ts', 'tests/support/database.ts'), 'never imports tests'],
])('%j goes the wrong way', (found, instead) => {
  expect(wrongWays([found])).toEqual([expect.stringContaining(instead)]);
});

test.each([
  value('src/workbench/returns/routes.ts', 'src/areas/returns/index.ts'),
  value('src/areas/returns/actions.ts', 'src/areas/returns/store.ts'),
  value('src/areas/returns/actions.ts', 'src/areas/organisations/index.ts'),
  value('src/areas/returns/store.ts', 'kysely'),
  type('src/areas/returns/actions.ts', 'kysely'),
  value('src/law/deadlines.ts', 'temporal-polyfill'),
  value('src/portal/reports/routes.ts', 'src/portal/shell.tsx'),
  value('src/areas/returns/store.test.ts', 'tests/support/database.ts'),
])('%j goes the right way', (found) => {
  expect(wrongWays([found])).toEqual([]);
});

test('a circle is named by its files', () => {
  const ring = ['src/law/a.ts', 'src/law/b.ts', 'src/law/c.ts'];
  const imports = ring.map((from, index) => value(from, ring[(index + 1) % ring.length]!));
  expect(wrongWays(imports)).toEqual([
    expect.stringContaining('src/law/a.ts → src/law/b.ts → src/law/c.ts → src/law/a.ts'),
  ]);
});
