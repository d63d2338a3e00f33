import { Temporal } from 'temporal-polyfill';
import { openConnectors } from '../../src/areas/channels/connectors/index.ts';
import { sendDuePosts } from '../../src/areas/channels/sending.ts';
import { clockAt } from '../../src/core/clock.ts';
import { connect } from '../../src/core/db.ts';
import { openVault, parseDataKeys } from '../../src/core/vault/index.ts';

/** A process of its own that sends what is due; its test ends it while a platform has not answered. */
const { DATABASE_URL = '', PLATFORM = '', KEYS = '', AT = '' } = process.env;
const { db } = connect(DATABASE_URL);
await sendDuePosts({
  db,
  clock: clockAt(Temporal.Instant.from(AT).toString()),
  vault: openVault(parseDataKeys(KEYS)),
  files: { read: async () => Buffer.from('picture') },
  connectors: openConnectors({ wechat: PLATFORM, weibo: PLATFORM, timeoutMs: 60_000 }),
  publicUrl: 'https://gongkai.example.gov.cn',
});
