import { randomBytes } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { someRequest } from '../../../tests/support/letters.ts';
import { clockAt } from '../../core/clock.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { openVault } from '../../core/vault/index.ts';
import { actsOf } from '../../ledger/index.ts';
import { createAgency } from '../organisations/index.ts';
import {
  composeLetter,
  currentWording,
  defaultWording,
  deliverLetter,
  dispatchLetter,
  disposeLetters,
  editTemplate,
  issueLetter,
  type LetterCtx,
  type LetterOrder,
  letterByCode,
  lettersOf,
  readLetter,
  restoreTemplate,
  versionsOf,
  voidLetter,
} from './index.ts';

const { db, pool } = await freshDatabase();
const key = { id: 'k1', key: randomBytes(32) };
const base = { db, clock: clockAt('2026-11-27'), actor: { kind: 'system' as const, name: '系统' } };
let ctx: LetterCtx;
let formId = 0;
let requestId = 0;

const NAME = '欧阳若兰';
const day = (iso: string) => Temporal.PlainDate.from(iso);

const extension = (more: Partial<LetterOrder> = {}): LetterOrder => ({
  kind: 'extension',
  requestId,
  formId,
  recipient: { name: NAME, address: '人民路1号', postcode: '650000', contact: '13888001234' },
  fields: {
    receivedOn: '2026年11月2日',
    requestNumber: '2026-000001',
    content: '项目清单',
    extensionReason: '需要逐件检索',
    due: '2026年11月30日',
    extendedDue: '2026年12月28日',
  },
  issuedOn: day('2026-11-27'),
  signedBy: '李主任',
  ...more,
});

const issue = (order: LetterOrder, within: LetterCtx = ctx) =>
  transact(within, (inside) => issueLetter(inside, order));

beforeAll(async () => {
  const agencyId = await createAgency(base, { code: 'gxq', name: '昆明高新区管委会', shortName: '高新区' });
  ctx = { ...base, agencyId, vault: openVault([key]) };
  ({ formId, requestId } = await someRequest(pool, agencyId, 1));
});

describe('issuing', () => {
  it('numbers, freezes and records a letter without telling its name anywhere in the clear', async () => {
    const { letterId, number, code } = await issue(extension());
    expect(number).toBe('高新区公开告〔2026〕1号');
    const letter = await readLetter(ctx, letterId);
    expect(letter).toMatchObject({ state: 'issued', number, code, signedBy: '李主任' });
    expect(letter.content).toMatchObject({ salutation: `${NAME}：`, number, recipient: { name: NAME } });
    expect(letter.content?.paragraphs.join('')).toContain('因需要逐件检索，本机关无法在2026年11月30日前');
    const [act] = await actsOf(db, ctx.agencyId, 'letter', letterId);
    expect(act?.title).toBe('签发文书');
    const { rows } = await pool.query(
      `SELECT (SELECT string_agg(letters::text, '') FROM letters) || (SELECT string_agg(ledger_acts::text, '') FROM ledger_acts) AS all`,
    );
    for (const secret of [NAME, '人民路', '13888001234', '项目清单', '逐件检索'])
      expect(rows[0].all).not.toContain(secret);
  });

  it('gives the same draft without a number', async () => {
    const { text, missing } = await composeLetter(ctx, extension());
    expect(missing).toEqual([]);
    expect(text.title).toBe('政府信息公开申请延期答复告知书');
  });

  it('counts each series for itself', async () => {
    const fields = { ...extension().fields, channel: '当面' };
    expect((await issue(extension({ kind: 'receipt', requestId: null, fields }))).number).toBe(
      '高新区公开受〔2026〕1号',
    );
    expect((await lettersOf(ctx, requestId)).map(({ kind }) => kind)).toEqual(['extension', 'receipt']);
  });

  it.each([
    ['something missing', extension({ fields: {} }), '还缺少：收到日期'],
    ['an unfinished draft', extension({ paragraphs: ['因【请填写：延期理由】'] }), '还缺少：延期理由'],
    ['an empty body', extension({ paragraphs: [' '] }), '请填写正文'],
    ['a novel', extension({ paragraphs: ['长'.repeat(30_001)] }), '最多 30000 个字'],
    ['nobody', extension({ recipient: { name: ' ', address: '', postcode: '', contact: '' } }), '受送达人'],
    ['a day to come', extension({ issuedOn: day('2026-11-28') }), '不能晚于今天'],
  ])('refuses %s, and gives no number away', async (_, order, message) => {
    const before = await pool.query('SELECT sum(last) AS all FROM letter_counters');
    await expect(issue(order)).rejects.toThrow(message);
    expect((await pool.query('SELECT sum(last) AS all FROM letter_counters')).rows).toEqual(before.rows);
  });

  it('refuses outside a transaction and for kinds that do not exist', async () => {
    await expect(issueLetter(ctx, extension())).rejects.toThrow('inside the transaction');
    await expect(issue(extension({ kind: 'reply', replyCode: 'B9' }))).rejects.toThrow('cannot carry');
    await expect(issue(extension({ replyCode: 'B2' }))).rejects.toThrow('cannot carry');
  });
});

describe('numbers', () => {
  it('have no gap and no repeat when twenty are issued at once and some are rolled back', async () => {
    const agencyId = await createAgency(base, { code: 'many', name: '繁忙机关', shortName: '繁忙' });
    const busy = { ...ctx, agencyId };
    const own = await someRequest(pool, agencyId, 1);
    const order = extension({ ...own, kind: 'extension' });
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, (_, turn) =>
        transact(busy, async (inside) => {
          const { number } = await issueLetter(inside, order);
          // A second letter of another series in the same act, as when a third party is asked.
          const { number: second } = await issueLetter(inside, {
            ...order,
            kind: 'receipt',
            fields: { ...order.fields, channel: '网络' },
          });
          if (turn % 4 === 1) throw new Error('rolled back');
          return [number, second];
        }),
      ),
    );
    const numbers = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    expect(numbers).toHaveLength(30);
    const serials = (word: string) =>
      numbers
        .filter((number) => number.includes(`公开${word}〔`))
        .map((number) => Number(/(\d+)号$/.exec(number)?.[1]))
        .sort((a, b) => a - b);
    const all = Array.from({ length: 15 }, (_, index) => index + 1);
    expect(serials('告')).toEqual(all);
    expect(serials('受')).toEqual(all);
  });

  it('begin again each year', async () => {
    const order = extension({ issuedOn: day('2025-12-31') });
    expect((await issue(order)).number).toBe('高新区公开告〔2025〕1号');
  });

  it.each([
    `UPDATE letter_counters SET last = last - 1`,
    `UPDATE letter_counters SET last = last + 2`,
    `INSERT INTO letter_counters SELECT agency_id, 'notice', 2030, 7 FROM letters LIMIT 1`,
  ])('cannot be moved by hand: %s', async (statement) => {
    await expect(pool.query(statement)).rejects.toThrow('one by one');
  });
});

describe('an issued letter', () => {
  it.each([
    `UPDATE letters SET content = content || 'x'`,
    `UPDATE letters SET content = NULL`,
    `UPDATE letters SET number = '高新区公开告〔2026〕99号'`,
    `UPDATE letters SET digest = repeat('0', 64)`,
    `UPDATE letters SET issued_on = '2026-01-01'`,
    `UPDATE letters SET code = repeat('0', 16)`,
    `UPDATE letters SET signed_by = '别人'`,
    `UPDATE letters SET request_id = NULL, form_id = form_id`,
    `DELETE FROM letters`,
    `TRUNCATE letters CASCADE`,
  ])('does not change: %s', async (statement) => {
    await expect(pool.query(statement)).rejects.toThrow(/cannot change|never deleted|letters_check/);
  });

  it('keeps its file once that was written', async () => {
    const { letterId } = await issue(extension());
    const digest = "repeat('a', 64)";
    await pool.query(
      `UPDATE letters SET pdf_file = ${digest}, pdf_sha256 = ${digest}, pdf_sm3 = ${digest}, pdf_bytes = 9 WHERE id = $1`,
      [letterId],
    );
    await expect(
      pool.query(`UPDATE letters SET pdf_sha256 = repeat('b', 64) WHERE id = $1`, [letterId]),
    ).rejects.toThrow('cannot change');
  });

  it('may be sealed anew under another key, and shows when its content was exchanged', async () => {
    const { letterId } = await issue(extension());
    const rotated = openVault([{ id: 'k2', key: randomBytes(32) }, key]);
    const { rows } = await pool.query('SELECT code, content FROM letters WHERE id = $1', [letterId]);
    const place = `letter/${ctx.agencyId}/${rows[0].code}/content`;
    const plain = rotated.open(rows[0].content, place);
    await pool.query('UPDATE letters SET content = $2 WHERE id = $1', [letterId, rotated.seal(plain, place)]);
    const again = await readLetter({ ...ctx, vault: rotated }, letterId);
    expect(again.content?.salutation).toBe(`${NAME}：`);

    const forged = openVault([
      { id: 'k1', key: key.key },
      { id: 'k2', key: randomBytes(32) },
    ]);
    await pool.query('UPDATE letters SET content = $2 WHERE id = $1', [
      letterId,
      forged.seal(plain.replace('12月28日', '12月31日'), place),
    ]);
    await expect(readLetter(ctx, letterId)).rejects.toThrow('does not have the digest of its issue');
  });
});

describe('a letter on its way', () => {
  it('is dispatched, sent again, delivered once, and never in a wrong order', async () => {
    const { letterId } = await issue(extension({ issuedOn: day('2026-11-20') }));
    const state = async () => (await readLetter(ctx, letterId)).state;
    await expect(deliverLetter(ctx, letterId, { on: day('2026-11-21') })).rejects.toThrow('还没有登记发出');
    const send = (on: string) =>
      dispatchLetter(ctx, letterId, { method: 'post', on: day(on), trackingNumber: 'EA1' });
    await expect(send('2026-11-19')).rejects.toThrow('不能早于2026年11月20日');
    await expect(send('2026-11-28')).rejects.toThrow('不能晚于今天');
    await send('2026-11-23');
    expect(await state()).toBe('dispatched');
    await send('2026-11-25');
    await expect(deliverLetter(ctx, letterId, { on: day('2026-11-22') })).rejects.toBeInstanceOf(InvalidForm);
    await deliverLetter(ctx, letterId, { on: day('2026-11-26'), by: NAME });
    const letter = await readLetter(ctx, letterId);
    expect(letter).toMatchObject({ state: 'delivered', dispatchedOn: '2026-11-23', deliveredTo: NAME });
    expect(letter.dispatches).toMatchObject([{ trackingNumber: 'EA1' }, { attempt: 2 }]);
    await expect(send('2026-11-27')).rejects.toThrow('已于2026年11月26日送达');
    await expect(voidLetter(ctx, letterId, '写错了')).rejects.toThrow('已经送达，不能再作废');
    await expect(pool.query(`UPDATE letter_dispatches SET sent_on = '2026-11-01'`)).rejects.toThrow(
      'only added',
    );
  });

  it('is void with its number, and no longer sent', async () => {
    const { letterId, number, code } = await issue(extension());
    await expect(voidLetter(ctx, letterId, ' ')).rejects.toBeInstanceOf(InvalidForm);
    await voidLetter(ctx, letterId, '收件人写错');
    expect(await readLetter(ctx, letterId)).toMatchObject({
      state: 'void',
      number,
      void: { reason: '收件人写错' },
    });
    expect((await letterByCode(db, code))?.voidedAt).not.toBeNull();
    await expect(dispatchLetter(ctx, letterId, { method: 'direct', on: day('2026-11-27') })).rejects.toThrow(
      '已经作废',
    );
    const next = await issue(extension());
    expect(Number(/(\d+)号/.exec(next.number)?.[1])).toBe(Number(/(\d+)号/.exec(number)?.[1]) + 1);
  });

  it('of another agency is not found', async () => {
    const { letterId } = await issue(extension());
    const agencyId = await createAgency(base, { code: 'other', name: '别的机关', shortName: '别的' });
    await expect(readLetter({ ...ctx, agencyId }, letterId)).rejects.toThrow('没有找到');
    expect(await lettersOf({ ...ctx, agencyId }, requestId)).toEqual([]);
  });

  it('loses everything personal when its case is disposed of', async () => {
    const agencyId = await createAgency(base, { code: 'old', name: '存档机关', shortName: '存档' });
    const own = { ...ctx, agencyId };
    const { letterId } = await issue(extension(await someRequest(pool, agencyId, 1)), own);
    const { rows } = await pool.query('SELECT form_id FROM letters WHERE agency_id = $1', [agencyId]);
    await dispatchLetter(own, letterId, { method: 'post', on: day('2026-11-27'), trackingNumber: 'EA1' });
    await disposeLetters(own, rows[0].form_id, day('2026-11-27'));
    expect(await readLetter(own, letterId)).toMatchObject({
      content: null,
      number: '存档公开告〔2026〕1号',
      dispatches: [{ trackingNumber: null }],
    });
  });
});

describe('templates', () => {
  const officer = (): LetterCtx => ({
    ...ctx,
    actor: { kind: 'staff', staffId: 1, name: '王专员', agencyId: ctx.agencyId, unitId: 1, roles: [] },
  });
  const KEY = 'consult-notice';

  it('are the agency’s own once edited, and the default again when restored', async () => {
    await editTemplate(ctx, KEY, { title: '告知书', body: '{{申请人}}：已经征求意见。' }, 0);
    expect((await currentWording(ctx, KEY)).title).toBe('告知书');
    const sent = await issue(extension({ kind: KEY }));
    await restoreTemplate(ctx, KEY, 1);
    expect(await currentWording(ctx, KEY)).toEqual(defaultWording(KEY));
    expect((await versionsOf(db, ctx.agencyId, KEY)).map(({ version }) => version)).toEqual([2, 1]);
    // What was issued stays as it was.
    expect((await readLetter(ctx, sent.letterId)).content?.paragraphs).toEqual([`${NAME}：已经征求意见。`]);
    await expect(pool.query('DELETE FROM letter_templates')).rejects.toThrow('only added');
  });

  it('are not edited over somebody else, by a stranger, or with unknown fields', async () => {
    const wording = { title: '告知书', body: '正文' };
    await expect(editTemplate(ctx, KEY, wording, 0)).rejects.toThrow('修改了这个模板');
    await expect(editTemplate(officer(), KEY, wording, 2)).rejects.toThrow('没有“修改文书模板”的权限');
    await expect(editTemplate(ctx, KEY, { ...wording, body: '{{姓名}}' }, 2)).rejects.toThrow('{{姓名}}');
    await expect(editTemplate(ctx, 'reply', wording, 0)).rejects.toThrow('没有这个文书模板');
    await expect(editTemplate(ctx, 'reply:Z1', wording, 0)).rejects.toThrow('没有这个文书模板');
  });
});
