import { Temporal } from 'temporal-polyfill';
import { readDay, readDecimal } from '../../core/spreadsheet/values.ts';
import { visibleLine } from '../../core/visible-text.ts';
import { type ChannelAccount, type ChannelKind, channelKinds } from './model.ts';

/** Nothing here waits or writes: given text from a form or a spreadsheet, it answers with values or with messages. */

export type Given = (name: string) => string;
type Read<T> = { values: T; errors: null } | { values: null; errors: Record<string, string> };

const answer = <T>(values: T, errors: Record<string, string>): Read<T> =>
  Object.keys(errors).length > 0 ? { values: null, errors } : { values, errors: null };

/** An address of the web, or '' when it is none. */
function webAddress(text: string): string | null {
  if (text === '') return '';
  if (text.length > 1000 || !URL.canParse(text)) return null;
  const { protocol } = new URL(text);
  return protocol === 'http:' || protocol === 'https:' ? text : null;
}

export interface AccountForm {
  kind: ChannelKind;
  name: string;
  platformId: string;
  address: string;
  unitId: number | null;
  main: boolean;
  openedOn: string;
}

export function readAccount(
  given: Given,
  context: { today: string; unitIds: ReadonlySet<number> },
): Read<AccountForm> {
  const errors: Record<string, string> = {};
  const kind = given('kind');
  const name = visibleLine(given('name'));
  const platformId = visibleLine(given('platformId'));
  const address = webAddress(given('address').trim());
  const unit = given('unit');
  const openedOn = readDay(given('openedOn'));
  if (!Object.hasOwn(channelKinds, kind)) errors.kind = '请选择渠道。';
  if (name === '' || name.length > 60) errors.name = '请填写账号名称，最多 60 字。';
  if (platformId.length > 60) errors.platformId = '平台标识最多 60 字。';
  if (address === null || address.length > 500)
    errors.address = '网址应以 http:// 或 https:// 开头，最多 500 字符。';
  if (unit !== '' && !context.unitIds.has(Number(unit))) errors.unit = '请选择部门。';
  if (openedOn === null || openedOn > context.today)
    errors.openedOn = '请填写开通日期，不能晚于今天，例如 2016-05-03。';
  return answer(
    {
      kind: kind as ChannelKind,
      name,
      platformId,
      address: address ?? '',
      unitId: unit === '' ? null : Number(unit),
      main: given('main') === '1',
      openedOn: openedOn ?? '',
    },
    errors,
  );
}

export interface RecordForm {
  account: ChannelAccount | null;
  title: string;
  address: string;
  postedOn: string;
  reads: number | null;
}

/** Platforms whose posts have an address of their own. */
const ADDRESSED: ReadonlySet<ChannelKind> = new Set(['website', 'weibo', 'wechat']);

/** A post that a person has put out: its account, address and day. */
export function readRecord(
  given: Given,
  context: { today: string; accounts: readonly ChannelAccount[]; channel?: ChannelKind },
): Read<RecordForm> {
  const errors: Record<string, string> = {};
  const account = context.accounts.find(({ id }) => String(id) === given('account')) ?? null;
  const title = visibleLine(given('title'));
  const address = webAddress(given('address').trim());
  const postedOn = readDay(given('postedOn'));
  const reads = readReads(given('reads'));
  if (!account || (context.channel && account.kind !== context.channel)) errors.account = '请选择账号。';
  if (title === '' || title.length > 300) errors.title = '请填写标题，最多 300 字。';
  if (address === null) errors.address = '网址应以 http:// 或 https:// 开头，最多 1000 字符。';
  else if (address === '' && account && ADDRESSED.has(account.kind)) errors.address = '请填写发布后的网址。';
  if (postedOn === null || postedOn > context.today)
    errors.postedOn = '请填写发布日期，不能晚于今天，例如 2018-03-05。';
  else if (account && postedOn < account.openedOn)
    errors.postedOn = `不能早于账号开通的 ${account.openedOn}。`;
  if (reads === undefined) errors.reads = '阅读量应为 0 至 20 亿的整数，不知道可以不填。';
  return answer(
    { account, title, address: address ?? '', postedOn: postedOn ?? '', reads: reads ?? null },
    errors,
  );
}

/** Null when left blank; undefined when it is no number of readers. */
export function readReads(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const number = readDecimal(text.trim());
  return number !== null && /^\d{1,10}$/.test(number) && Number(number) <= 2_000_000_000
    ? Number(number)
    : undefined;
}

/** An hour of the office: `2018-03-05` and `09:30` in China's time, later than now and within a year; null otherwise. */
export function readMoment(day: string, time: string, now: Temporal.Instant): Date | null {
  const date = readDay(day);
  if (date === null || !/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return null;
  const instant = Temporal.Instant.from(`${date}T${time}:00+08:00`);
  const ahead = instant.epochMilliseconds - now.epochMilliseconds;
  return ahead > 0 && ahead < 366 * 86_400_000 ? new Date(instant.epochMilliseconds) : null;
}
