import { expect, test } from 'vitest';
import { localPath } from './display.ts';

test.each([
  ['/reports/2018?x=1', '/reports/2018?x=1'],
  ['/a/../reports', '/reports'],
  ['https://evil.example/', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  // Dot segments disappear and leave an address of another site behind.
  ['/.//evil.example', '/'],
  ['/x/..//evil.example/y', '/'],
  [undefined, '/'],
])('%j leads to %j', (back, path) => expect(localPath(back)).toBe(path));
