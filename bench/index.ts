import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { basename, join } from 'node:path';

/**
 * `npm run bench [name …] [-- --option …]`: every program of this folder in a process of its own, so that none warms up another;
 * options are handed to each.
 */
const given = process.argv.slice(2);
const firstOption = given.findIndex((text) => text.startsWith('--'));
const wanted = firstOption < 0 ? given : given.slice(0, firstOption);
const options = given.slice(wanted.length);
const programs = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
  .map((file) => basename(file, '.ts'));
const unknown = wanted.filter((name) => !programs.includes(name));
if (unknown.length > 0) {
  console.error(
    `没有这个测试 no such benchmark: ${unknown.join(', ')}; 可用 available: ${programs.join(', ')}`,
  );
  process.exit(2);
}
console.log(
  `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`,
);
for (const name of wanted.length > 0 ? wanted : programs) {
  console.log(`\n${name}`);
  const { status } = spawnSync(
    process.execPath,
    // Started as the product is.
    [...process.execArgv, join(import.meta.dirname, `${name}.ts`), ...options],
    { stdio: 'inherit' },
  );
  if (status !== 0) process.exitCode = 1;
}
