import { expect, it } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { createAgency } from '../../areas/organisations/index.ts';
import { systemClock } from '../../core/clock.ts';
import { runCommand } from '../command.ts';
import { command } from './report.ts';

const { db, url } = await freshDatabase();
const env = { GONGKAI_ENV: 'test', LOG_LEVEL: 'silent', GONGKAI_SECRET: 's'.repeat(48), DATABASE_URL: url };
const house = { db, clock: systemClock, actor: { kind: 'system' as const, name: '测试' } };

async function build(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    stdout: (text: string | Uint8Array) => void out.push(String(text)),
    stderr: (text: string) => void err.push(text),
    isTerminal: false,
    env,
  };
  const code = await runCommand(command, ['build', '--year', '2018', '--json', ...args], io);
  return { code, agency: out.length > 0 ? JSON.parse(out.join('')).agency : null, err: err.join('') };
}

it('takes the agency whose portal the installation shows, or the one that is named', async () => {
  expect((await build()).code).toBe(2);
  await createAgency(house, { code: 'zone', name: '高新区管理委员会', shortName: '高新区' });
  await createAgency(house, { code: 'office', name: '省政务公开办公室', shortName: '省公开办' });
  expect((await build()).agency).toBe('zone');
  expect((await build('--agency', 'office')).agency).toBe('office');
  const { code, err } = await build('--agency', 'nobody');
  expect(code).toBe(2);
  expect(err).toContain('没有这个机构，现有：office、zone');
});
