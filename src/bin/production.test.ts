import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../tests/support/database.ts';
import { openApp } from '../app.ts';
import { addStaff, addUnit, createAgency } from '../areas/organisations/index.ts';
import { readConfig } from '../config.ts';
import { SetupFault } from '../core/setup-fault.ts';
import { newDataKey, parseDataKeys } from '../core/vault/index.ts';
import { openInstallation } from './installation.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-production-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const DATA_KEY = newDataKey();
const settings = (url: string, environment: 'production' | 'test') =>
  readConfig({
    GONGKAI_ENV: environment,
    GONGKAI_SECRET: 'p'.repeat(48),
    GONGKAI_DATA_KEYS: DATA_KEY,
    GONGKAI_VAR: folder,
    PUBLIC_URL: 'https://gongkai.example.gov.cn',
    DATABASE_URL: url,
    LOG_LEVEL: 'silent',
  });

test.each([
  ['a demonstration agency', true, false],
  ['a demonstration account', false, true],
])('production does not start on a database with %s', async (_, agency, staff) => {
  const { url } = await freshDatabase();
  const app = await openApp(settings(url, 'test'), url);
  const base = { db: app.connection.db, clock: app.clock, actor: { kind: 'system' as const, name: '系统' } };
  const agencyId = await createAgency(base, {
    code: 'kmhnz',
    name: '昆明高新区管委会',
    shortName: '高新区',
    demonstration: agency,
  });
  const ctx = { ...base, agencyId };
  const unitId = await addUnit(ctx, { code: 'BGS', name: '办公室' });
  await addStaff(ctx, { unitId, name: '张三', username: 'zhangsan', demonstration: staff });
  await app.close();
  const opening = openInstallation(settings(url, 'production'));
  await expect(opening).rejects.toBeInstanceOf(SetupFault);
  await expect(opening).rejects.toThrow(/^[^\n]*示例[^\n]*demonstration[^\n]*$/);
  const elsewhere = await openInstallation(settings(url, 'test'));
  await elsewhere.close();
});

test('production starts on a database of its own', async () => {
  const { url } = await freshDatabase();
  const installation = await openInstallation(settings(url, 'production'));
  await installation.close();
});

test('a start without the key that sealed the data is refused in one sentence', async () => {
  const { url } = await freshDatabase();
  const installation = await openInstallation(settings(url, 'production'));
  await installation.close();
  const opening = openInstallation({
    ...settings(url, 'production'),
    dataKeys: parseDataKeys(newDataKey()),
  });
  await expect(opening).rejects.toBeInstanceOf(SetupFault);
  await expect(opening).rejects.toThrow(
    /^数据库中有用密钥 k[0-9a-f]{8}（指纹 [0-9a-f]{16}）加密的数据[^\n]*$/,
  );
});
