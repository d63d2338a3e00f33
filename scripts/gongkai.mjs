#!/usr/bin/env node
// The command `gongkai`: installs what is missing (telling so on standard error only), then runs src/bin/cli.ts.
import { ensureInstalled, runTypeScript } from './installation.mjs';

await ensureInstalled();
process.exit(await runTypeScript('src/bin/cli.ts', process.argv.slice(2)));
