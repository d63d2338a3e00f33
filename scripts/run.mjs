// `npm start`, `npm test`, `npm run check`, `npm run bench`: all that a fresh checkout needs, in the right order.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, findNode, giveUp, ROOT, run, runTypeScript } from './installation.mjs';

const [task, ...args] = process.argv.slice(2);

const tool = (path, ...given) => run(findNode(), [join(ROOT, 'node_modules', path), ...given], { cwd: ROOT });

const lint = [
  '格式与规范 format and lint',
  () => tool('@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', '.'),
];
const directions = ['引用方向 import directions', () => runTypeScript('scripts/check-imports.ts', [])];
const types = ['类型 types', () => tool('typescript/bin/tsc', '-p', '.')];
const unused = ['无用代码 unused code', () => tool('knip/bin/knip.js')];
const tests = ['测试 tests', runTests];
const unitTests = [
  '单元测试 unit tests',
  () => tool('vitest/vitest.mjs', 'run', '--project', 'unit', ...args),
];

/** All tests; the last line sums them up. A file that could not be read at all counts as one failure. */
async function runTests() {
  const report = join(ROOT, 'var', 'test-results.json');
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await tool('vitest/vitest.mjs', 'run', ...reporters, ...args);
  if (!existsSync(report)) return code || 1;
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const unread = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  process.stdout.write(`${numPassedTests} passed, ${numFailedTests + unread} failed\n`);
  return code;
}

/** Runs the stages in order and stops at the first that fails. */
async function inOrder(stages) {
  for (const [label, stage] of stages) {
    const started = Date.now();
    process.stderr.write(`── ${label}\n`);
    const code = await stage();
    if (code !== 0) giveUp(`未通过 failed: ${label}`, code);
    process.stderr.write(`   ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
  }
  return 0;
}

const tasks = {
  start: () => runTypeScript('src/bin/cli.ts', ['serve', ...args]),
  test: () => inOrder([lint, directions, types, unused, tests]),
  check: () => inOrder([lint, directions, types, unitTests]),
  bench: () => runTypeScript('bench/index.ts', args),
  install: () => 0,
};

if (!Object.hasOwn(tasks, task ?? ''))
  giveUp(`用法 usage: node scripts/run.mjs ${Object.keys(tasks).join('|')}`, 2);
await ensureInstalled({ dev: task !== 'start' && task !== 'install' });
process.exit(await tasks[task]());
