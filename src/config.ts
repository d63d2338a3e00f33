import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { isMailbox, MAILBOX_ACCEPTED } from './core/mailbox/place.ts';
import { fileSystemFault, SetupFault } from './core/setup-fault.ts';
import { DATA_KEYS_ACCEPTED, type DataKey, newDataKey, parseDataKeys } from './core/vault/index.ts';

/** The folder that holds `package.json`; paths in settings are relative to it. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

export interface OidcConfig {
  issuer: string;
  clientId: string;
  clientSecret: string;
  label: string;
}

/** Everything the environment decides, checked and typed. */
export interface Config {
  /** `production` refuses demonstration accounts and unset secrets. */
  environment: 'development' | 'production' | 'test';
  /** Absolute folder of everything the program writes: embedded database, files, outbox. */
  varDir: string;
  /** Null: the embedded PostgreSQL under `varDir`. */
  databaseUrl: string | null;
  host: string;
  port: number;
  /** Address the public uses, without a trailing slash. */
  publicUrl: string;
  /** Addresses of reverse proxies whose `X-Forwarded-*` headers are believed; false for none, true for any. */
  trustProxy: boolean | string[];
  /** Signs sessions and forms; at least 32 characters. */
  secret: string;
  /** Seal personal data; the first one seals, all of them open. Never empty. */
  dataKeys: readonly DataKey[];
  /** The mailbox that requests by e-mail come to; null: none is read. */
  imapUrl: string | null;
  /** Code of the agency whose mailbox that is; null: the first agency. */
  imapAgency: string | null;
  /** The virus scanner (clamd) that attachments go through; null: the built-in check alone. */
  clamdUrl: string | null;
  /** Null: mail is written to `var/outbox` as `.eml` files. */
  smtpUrl: string | null;
  mailFrom: string;
  oidc: OidcConfig | null;
  /** Null: `/metrics` answers to loopback only. */
  metricsToken: string | null;
  /** Absolute path of the file outside the database that each day's ledger digests are written to. */
  anchorFile: string;
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  maxUploadBytes: number;
  /** Addresses in one file of the sitemap protocol. */
  sitemapAddresses: number;
}

type Environment = Record<string, string | undefined>;

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const OIDC_NAMES = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const;

const wholeNumber = (from: number, to: number, what: string) =>
  z
    .string()
    .regex(/^\d{1,9}$/, what)
    .transform(Number)
    .refine((value) => value >= from && value <= to, what);

const webAddress = (what: string) =>
  z
    .string()
    .refine((value) => isUrl(value, ['http:', 'https:']), what)
    .transform((value) => value.replace(/\/+$/, ''));

/** One line per variable, in the words of its fault: what is accepted. */
const settings = z.object({
  GONGKAI_ENV: z
    .enum(['development', 'production', 'test'], 'accepted: development, production or test')
    .optional(),
  NODE_ENV: z
    .enum(['development', 'production', 'test'], 'accepted: development, production or test')
    .optional(),
  GONGKAI_VAR: z.string().default('var'),
  DATABASE_URL: z
    .string()
    .refine((value) => /^postgres(ql)?:\/\/./.test(value) && isParsable(value), {
      message: 'accepted: postgres://user:password@host:5432/database',
    })
    .optional(),
  HOST: z
    .string()
    .regex(/^[\w.:%-]+$/, 'accepted: an address such as 127.0.0.1, 0.0.0.0 or ::')
    .default('127.0.0.1'),
  PORT: wholeNumber(0, 65535, 'accepted: a port number from 0 to 65535').default(8080),
  PUBLIC_URL: webAddress('accepted: a web address such as https://gongkai.example.gov.cn').optional(),
  TRUST_PROXY: z
    .string()
    .regex(/^(true|false|[\da-fA-F.:/]+(\s*,\s*[\da-fA-F.:/]+)*)$/, {
      message: 'accepted: true, false, or proxy addresses such as 127.0.0.1,10.0.0.0/8',
    })
    .default('false'),
  GONGKAI_SECRET: z
    .string()
    .min(32, 'accepted: 32 characters or more, e.g. from openssl rand -base64 48')
    .optional(),
  GONGKAI_DATA_KEYS: z
    .string()
    .superRefine((value, ctx) => {
      try {
        parseDataKeys(value);
      } catch (error) {
        ctx.addIssue({ code: 'custom', message: `${(error as Error).message}; ${DATA_KEYS_ACCEPTED}` });
      }
    })
    .optional(),
  SMTP_URL: z
    .string()
    .refine(
      (value) => isUrl(value, ['smtp:', 'smtps:']),
      'accepted: smtp://user:password@host:587 or smtps://…:465',
    )
    .optional(),
  IMAP_URL: z.string().refine(isMailbox, MAILBOX_ACCEPTED).optional(),
  IMAP_AGENCY: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'accepted: the code of the agency whose mailbox IMAP_URL is')
    .optional(),
  CLAMD_URL: z
    .string()
    .refine(
      (value) => isUrl(value, ['tcp:', 'unix:']) && /^(tcp:\/\/[^/]+\/?|unix:\/\/\/.+)$/.test(value),
      'accepted: tcp://host:3310 or unix:///run/clamav/clamd.ctl',
    )
    .optional(),
  MAIL_FROM: z
    .string()
    .regex(
      /^[^<>\r\n]*<?[^\s<>@]+@[^\s<>@]+>?$/,
      'accepted: an address such as 政府信息公开 <gongkai@example.gov.cn>',
    )
    .default('政府信息公开 <gongkai@localhost>'),
  OIDC_ISSUER: webAddress('accepted: the web address of the identity provider').optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_LABEL: z.string().default('统一身份认证'),
  METRICS_TOKEN: z.string().min(16, 'accepted: 16 characters or more').optional(),
  LEDGER_ANCHORS: z.string().optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `accepted: ${LOG_LEVELS.join(', ')}`).default('info'),
  MAX_UPLOAD_MB: wholeNumber(1, 2048, 'accepted: a whole number of megabytes from 1 to 2048').default(50),
  SITEMAP_ADDRESSES: wholeNumber(1, 50000, 'accepted: a whole number of addresses from 1 to 50000').default(
    40000,
  ),
});

type Settings = z.infer<typeof settings>;

/**
 * Reads the settings. Outside production a missing secret and a missing data key are made once and kept in `var/secret`
 * and `var/data-keys`.
 * @throws SetupFault with one line per fault: the variable, what is wrong, what is accepted
 */
export function readConfig(env: Environment = process.env): Config {
  const given = Object.fromEntries(
    Object.keys(settings.shape).flatMap((name) => {
      const value = env[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  );
  const parsed = settings.safeParse(given);
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => describe(issue, given));
  faults.push(...missingTogether(given));
  if (given.IMAP_AGENCY && !given.IMAP_URL)
    faults.push('IMAP_URL 未设置 is not set; accepted: the mailbox of IMAP_AGENCY, or neither of them');
  if ((given.GONGKAI_ENV ?? given.NODE_ENV) === 'production') faults.push(...productionFaults(given));
  if (!parsed.success || faults.length > 0) throw new SetupFault([...new Set(faults)].join('\n'));
  return toConfig(parsed.data);
}

function toConfig(values: Settings): Config {
  const environment = values.GONGKAI_ENV ?? values.NODE_ENV ?? 'development';
  const varDir = resolve(ROOT, values.GONGKAI_VAR);
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = values;
  const host = values.HOST.includes(':') ? `[${values.HOST}]` : values.HOST;
  return {
    environment,
    varDir,
    databaseUrl: values.DATABASE_URL ?? null,
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL ?? `http://${host}:${values.PORT}`,
    trustProxy: trustProxy(values.TRUST_PROXY),
    secret: values.GONGKAI_SECRET ?? kept(join(varDir, 'secret'), newSecret),
    dataKeys: values.GONGKAI_DATA_KEYS
      ? parseDataKeys(values.GONGKAI_DATA_KEYS)
      : keptDataKeys(join(varDir, 'data-keys')),
    imapUrl: values.IMAP_URL ?? null,
    imapAgency: values.IMAP_AGENCY ?? null,
    clamdUrl: values.CLAMD_URL ?? null,
    smtpUrl: values.SMTP_URL ?? null,
    mailFrom: values.MAIL_FROM,
    oidc:
      issuer && clientId && clientSecret
        ? { issuer, clientId, clientSecret, label: values.OIDC_LABEL }
        : null,
    metricsToken: values.METRICS_TOKEN ?? null,
    anchorFile: values.LEDGER_ANCHORS
      ? resolve(ROOT, values.LEDGER_ANCHORS)
      : join(varDir, 'anchors', 'ledger.jsonl'),
    logLevel: values.LOG_LEVEL,
    maxUploadBytes: values.MAX_UPLOAD_MB * 1024 * 1024,
    sitemapAddresses: values.SITEMAP_ADDRESSES,
  };
}

/** Secrets are named, never shown. */
const HIDDEN = new Set([
  'DATABASE_URL',
  'GONGKAI_SECRET',
  'GONGKAI_DATA_KEYS',
  'SMTP_URL',
  'IMAP_URL',
  'OIDC_CLIENT_SECRET',
  'METRICS_TOKEN',
]);

function describe(issue: z.core.$ZodIssue, given: Environment): string {
  const name = String(issue.path[0]);
  const shown = HIDDEN.has(name) ? '' : ` "${given[name]}"`;
  return `${name}${shown} 不符合要求 is not valid; ${issue.message}`;
}

function missingTogether(given: Environment): string[] {
  const missing = OIDC_NAMES.filter((name) => !given[name]);
  if (missing.length === 0 || missing.length === OIDC_NAMES.length) return [];
  return missing.map(
    (name) =>
      `${name} 未设置 is not set; accepted: all of ${OIDC_NAMES.join(', ')} together, or none of them`,
  );
}

function productionFaults(given: Environment): string[] {
  const faults: string[] = [];
  if (!given.GONGKAI_SECRET) {
    faults.push(
      'GONGKAI_SECRET 未设置 is not set; accepted: 32 characters or more, e.g. from openssl rand -base64 48',
    );
  }
  if (!given.GONGKAI_DATA_KEYS) {
    faults.push(`GONGKAI_DATA_KEYS 未设置 is not set; ${DATA_KEYS_ACCEPTED}`);
  }
  if (!given.PUBLIC_URL) {
    faults.push('PUBLIC_URL 未设置 is not set; accepted: the public address, starting with https://');
  } else if (!given.PUBLIC_URL.startsWith('https://')) {
    faults.push(
      `PUBLIC_URL "${given.PUBLIC_URL}" 不安全 is not safe in production; accepted: an address starting with https://`,
    );
  }
  return faults;
}

function trustProxy(value: string): boolean | string[] {
  if (value === 'true' || value === 'false') return value === 'true';
  return value.split(',').map((address) => address.trim());
}

const newSecret = () => randomBytes(48).toString('base64url');

function keptDataKeys(file: string): DataKey[] {
  const text = kept(file, newDataKey);
  try {
    return parseDataKeys(text);
  } catch (error) {
    const fault = `${(error as Error).message}; ${DATA_KEYS_ACCEPTED}`;
    throw new SetupFault(`${file} 不符合要求 is not valid; ${fault}`, { cause: error });
  }
}

/** What the file holds; made once when it is not there. */
function kept(file: string, make: () => string): string {
  try {
    mkdirSync(dirname(file), { recursive: true });
    if (!existsSync(file)) writeFileSync(file, make(), { mode: 0o600, flag: 'wx' });
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    // Two commands that start together: the other one has just written it.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' && existsSync(file))
      return readFileSync(file, 'utf8').trim();
    throw fileSystemFault(error, dirname(file));
  }
}

function isUrl(value: string, protocols: string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol);
}

/** Passwords with unescaped signs are the usual fault; a socket address (`postgres:///name?host=/run`) has no host. */
function isParsable(value: string): boolean {
  return URL.canParse(value) || URL.canParse(value.replace(/^(\w+:\/\/[^/?#@]*@?)\//, '$1host/'));
}
