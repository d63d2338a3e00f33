import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';

const varDir = mkdtempSync(join(tmpdir(), 'gongkai-config-'));
afterAll(() => rmSync(varDir, { recursive: true }));

const read = (env: Record<string, string> = {}) => readConfig({ GONGKAI_VAR: varDir, ...env });

function faultsOf(env: Record<string, string>): string[] {
  try {
    read(env);
  } catch (error) {
    expect((error as Error).name).toBe('SetupFault');
    return (error as Error).message.split('\n');
  }
  return [];
}

const DATA_KEY = 'k2027:3p2mUq5r9XvWJc0yT7nLb4sKe8dGh1iZaQfRoCtYxNw=';
const production = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://gongkai.example.gov.cn/',
  GONGKAI_SECRET: 's'.repeat(32),
  GONGKAI_DATA_KEYS: DATA_KEY,
};
const oidc = { OIDC_ISSUER: 'https://id.example.gov.cn', OIDC_CLIENT_ID: 'gongkai', OIDC_CLIENT_SECRET: 'x' };

describe('settings', () => {
  test('nothing set: a development installation on this machine', () => {
    expect(read()).toMatchObject({
      environment: 'development',
      varDir,
      databaseUrl: null,
      host: '127.0.0.1',
      port: 8080,
      publicUrl: 'http://127.0.0.1:8080',
      trustProxy: false,
      imapUrl: null,
      imapAgency: null,
      clamdUrl: null,
      smtpUrl: null,
      oidc: null,
      metricsToken: null,
      logLevel: 'info',
      maxUploadBytes: 50 * 1024 * 1024,
      sitemapAddresses: 40_000,
    });
  });

  test('everything set', () => {
    const config = read({
      ...production,
      ...oidc,
      DATABASE_URL: 'postgres://gongkai:secret@db.example.gov.cn:5432/gongkai',
      HOST: '::',
      PORT: '80',
      TRUST_PROXY: '10.0.0.1, 10.0.1.0/24',
      CLAMD_URL: 'unix:///run/clamav/clamd.ctl',
      SMTP_URL: 'smtps://user:secret@mail.example.gov.cn:465',
      METRICS_TOKEN: 'metrics-token-0123456789',
      LOG_LEVEL: 'warn',
      MAX_UPLOAD_MB: '100',
      SITEMAP_ADDRESSES: '500',
    });
    expect(config).toMatchObject({
      environment: 'production',
      publicUrl: 'https://gongkai.example.gov.cn',
      host: '::',
      port: 80,
      trustProxy: ['10.0.0.1', '10.0.1.0/24'],
      clamdUrl: 'unix:///run/clamav/clamd.ctl',
      oidc: {
        issuer: 'https://id.example.gov.cn',
        clientId: 'gongkai',
        clientSecret: 'x',
        label: '统一身份认证',
      },
      maxUploadBytes: 100 * 1024 * 1024,
      sitemapAddresses: 500,
    });
  });

  test('GONGKAI_ENV outweighs NODE_ENV, and an empty variable is an unset one', () => {
    expect(read({ NODE_ENV: 'production', GONGKAI_ENV: 'test', DATABASE_URL: ' ', PORT: '' })).toMatchObject({
      environment: 'test',
      databaseUrl: null,
      port: 8080,
    });
  });

  test('a development secret is made once and is private', () => {
    const { secret } = read();
    expect(secret.length).toBeGreaterThanOrEqual(32);
    expect(read().secret).toBe(secret);
    expect(readFileSync(join(varDir, 'secret'), 'utf8')).toBe(secret);
    if (process.platform !== 'win32') expect(statSync(join(varDir, 'secret')).mode & 0o077).toBe(0);
  });

  test('a development data key is made once and is private', () => {
    const { dataKeys } = read();
    expect(dataKeys).toHaveLength(1);
    expect(read().dataKeys).toEqual(dataKeys);
    const [key] = dataKeys;
    expect(readFileSync(join(varDir, 'data-keys'), 'utf8')).toBe(`${key!.id}:${key!.key.toString('base64')}`);
    if (process.platform !== 'win32') expect(statSync(join(varDir, 'data-keys')).mode & 0o077).toBe(0);
  });

  test('data keys, the current one first', () => {
    const older = DATA_KEY.replace('k2027', 'k2026').replace('3p2m', 'm2p3');
    const { dataKeys } = read({ GONGKAI_DATA_KEYS: `${DATA_KEY}, ${older}` });
    expect(dataKeys.map(({ id, key }) => [id, key.length])).toEqual([
      ['k2027', 32],
      ['k2026', 32],
    ]);
  });
});

describe('faults', () => {
  test.each([
    [{ PORT: '80801' }, /^PORT "80801" .*accepted: a port number from 0 to 65535$/],
    [{ PORT: '80a' }, /^PORT "80a" /],
    [{ HOST: 'two words' }, /^HOST "two words" .*accepted: an address such as/],
    [{ NODE_ENV: 'prod' }, /^NODE_ENV "prod" .*accepted: development, production or test$/],
    [
      { DATABASE_URL: 'mysql://root@localhost/gongkai' },
      /^DATABASE_URL .*accepted: postgres:\/\/user:password@host/,
    ],
    [{ DATABASE_URL: 'postgres://user:pass word@[bad/gongkai' }, /^DATABASE_URL /],
    [{ PUBLIC_URL: 'gongkai.example.gov.cn' }, /^PUBLIC_URL "gongkai.example.gov.cn" /],
    [{ TRUST_PROXY: 'yes' }, /^TRUST_PROXY "yes" .*accepted: true, false, or proxy addresses/],
    [{ GONGKAI_SECRET: 'short' }, /^GONGKAI_SECRET .*accepted: 32 characters or more/],
    [
      { GONGKAI_DATA_KEYS: 'hunter2' },
      /^GONGKAI_DATA_KEYS .*; entry 1 is not id:base64; accepted: id:key\[,older…\]/,
    ],
    [
      { GONGKAI_DATA_KEYS: `${DATA_KEY},${DATA_KEY}` },
      /^GONGKAI_DATA_KEYS .*; the id k2027 stands twice; accepted/,
    ],
    [
      { IMAP_URL: 'imaps://mail.example.gov.cn' },
      /^IMAP_URL [^"]*accepted: imaps:\/\/user:password@host:993/,
    ],
    [{ IMAP_AGENCY: 'kmhnz' }, /^IMAP_URL .*accepted: the mailbox of IMAP_AGENCY, or neither/],
    [
      { IMAP_URL: 'imaps://a:b@mail.example.gov.cn', IMAP_AGENCY: '高新区' },
      /^IMAP_AGENCY "高新区" .*accepted: the code of the agency/,
    ],
    [{ CLAMD_URL: 'localhost:3310' }, /^CLAMD_URL "localhost:3310" .*accepted: tcp:\/\/host:3310 or unix:/],
    [{ CLAMD_URL: 'unix://run/clamd.ctl' }, /^CLAMD_URL /],
    [{ CLAMD_URL: 'tcp:///' }, /^CLAMD_URL /],
    [{ SMTP_URL: 'mail.example.gov.cn:25' }, /^SMTP_URL .*accepted: smtp:/],
    [{ MAIL_FROM: 'nobody' }, /^MAIL_FROM "nobody" .*accepted: an address such as/],
    [{ METRICS_TOKEN: 'short' }, /^METRICS_TOKEN .*accepted: 16 characters or more$/],
    [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL "loud" .*accepted: fatal, error/],
    [{ MAX_UPLOAD_MB: '0' }, /^MAX_UPLOAD_MB "0" .*accepted: a whole number of megabytes/],
    [
      { OIDC_ISSUER: 'https://id.example.gov.cn', OIDC_CLIENT_ID: 'x' },
      /^OIDC_CLIENT_SECRET .*or none of them$/,
    ],
  ])('%j', (env, sentence) => {
    const faults = faultsOf(env as Record<string, string>);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(sentence);
  });

  test('all at once, one line each', () => {
    const faults = faultsOf({
      PORT: '-1',
      LOG_LEVEL: 'loud',
      NODE_ENV: 'production',
      PUBLIC_URL: 'http://x.gov.cn',
    });
    expect(faults.map((fault) => fault.split(' ')[0]).sort()).toEqual([
      'GONGKAI_DATA_KEYS',
      'GONGKAI_SECRET',
      'LOG_LEVEL',
      'PORT',
      'PUBLIC_URL',
    ]);
  });

  test('secrets are never repeated', () => {
    const faults = faultsOf({
      DATABASE_URL: 'mysql://root:hunter2@db/x',
      SMTP_URL: 'http://u:hunter2@m',
      METRICS_TOKEN: 'hunter2',
      GONGKAI_DATA_KEYS: 'k1:hunter2',
    });
    expect(faults).toHaveLength(4);
    expect(faults.join()).not.toContain('hunter2');
  });

  test.each(['GONGKAI_SECRET', 'GONGKAI_DATA_KEYS', 'PUBLIC_URL'] as const)('production needs %s', (name) => {
    const { [name]: _, ...rest } = production;
    expect(faultsOf(rest)).toEqual([expect.stringMatching(`^${name} 未设置`)]);
    expect(faultsOf(production)).toEqual([]);
  });

  test('kept data keys that somebody spoiled', () => {
    const spoilt = join(varDir, 'spoilt');
    mkdirSync(spoilt);
    writeFileSync(join(spoilt, 'data-keys'), 'hunter2');
    const faults = faultsOf({ GONGKAI_VAR: spoilt });
    expect(faults).toEqual([expect.stringMatching(/^\/.*data-keys .*entry 1 is not id:base64; accepted/)]);
    expect(faults.join()).not.toContain('hunter2');
  });

  test('a var folder that is a file', () => {
    const file = join(varDir, 'file');
    writeFileSync(file, '');
    expect(faultsOf({ GONGKAI_VAR: file })).toEqual([expect.stringContaining('must be a folder')]);
  });
});
