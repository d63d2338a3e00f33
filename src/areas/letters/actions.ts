import { Temporal } from 'temporal-polyfill';
import { chineseDate } from '../../core/chinese-dates.ts';
import { instantOf } from '../../core/clock.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { discardFile } from '../../core/vault/index.ts';
import { visibleLine } from '../../core/visible-text.ts';
import { replyKind } from '../../law/index.ts';
import { holdChain, record } from '../../ledger/index.ts';
import { freeze, type LetterContent, newCode, thaw } from './content.ts';
import { type CorrectionRow, clearCorrections, correctionsOf } from './correction-store.ts';
import { fields } from './fields.ts';
import { letterKinds, templateKey } from './kinds.ts';
import { type ComposedLetter, composeText, type LetterOrder, type Recipient } from './letter-text.ts';
import type { DeliveryOrder, Dispatch, DispatchOrder, LetterCtx, LetterEntry } from './model.ts';
import { contentContext, correctionContext, trackingContext } from './sealed.ts';
import { senderOf } from './sender.ts';
import { numberOf } from './settings.ts';
import * as store from './store.ts';
import { currentWording } from './template-actions.ts';

/** Longest body an officer may write. */
const MAX_CHARACTERS = 30_000;
export const DELIVERY_GROUND = '国办公开办函〔2016〕235号';

/**
 * The letter an order would give, without a number: for previews, and as the draft an officer edits. What is still missing
 * is marked in the text.
 */
export async function composeLetter(ctx: LetterCtx, order: LetterOrder): Promise<ComposedLetter> {
  checkKind(order);
  return composeText(order, await wordingFor(ctx, order), await senderOf(ctx));
}

/**
 * Issues a letter in the caller's transaction: gives it the next number of its series, freezes and seals what it says, and
 * records it. The caller has asked whether the actor may. From here on the transaction holds the agency's ledger, so lock
 * the rows it changes before.
 * @throws InvalidForm `paragraphs` while something is missing; Refusal `letter-of-tomorrow`
 */
export async function issueLetter(
  ctx: LetterCtx,
  order: LetterOrder,
): Promise<{ letterId: number; number: string; code: string }> {
  if (!ctx.db.isTransaction) throw new Error('a letter is issued inside the transaction of its act');
  if (Temporal.PlainDate.compare(order.issuedOn, ctx.clock.today()) > 0) {
    throw new Refusal('letter-of-tomorrow', '成文日期不能晚于今天，请改正后再签发。');
  }
  checkKind(order);
  const sender = await senderOf(ctx);
  const { text, missing, bodiesUnnamed } = composeText(order, await wordingFor(ctx, order), sender);
  if (bodiesUnnamed && sender.letters.bodiesRequired)
    throw new Refusal(
      'letter-bodies-unnamed',
      '还没有设置行政复议机关和管辖法院，本机关要求写明之后才能签发答复书。请由信息公开专员或者系统管理员在“文书设置”中填写。',
    );
  if (missing.length > 0) {
    const names = missing.map((key) => fields[key].name).join('、');
    throw new InvalidForm({
      paragraphs: `${letterKinds[order.kind].label}还缺少：${names}。请补充后再签发。`,
    });
  }
  checkBody(text.paragraphs);
  const { series } = letterKinds[order.kind];
  const { year } = order.issuedOn;
  // Numbers wait for the ledger first: two acts that take several numbers could otherwise wait for each other for ever.
  await holdChain(ctx.db, ctx.agencyId);
  const serial = await store.takeSerial(ctx.db, ctx.agencyId, series, year);
  const number = numberOf(sender.letters, { series, year, serial });
  const code = newCode();
  const { kind, replyCode = null, requestId, formId } = order;
  const recipient = cleanRecipient(order.recipient);
  const { json, digest } = freeze({ ...text, kind, replyCode, number, code, recipient });
  const letterId = await store.insertLetter(ctx.db, {
    agency_id: ctx.agencyId,
    form_id: formId,
    request_id: requestId,
    kind,
    reply_code: replyCode,
    series,
    year,
    serial,
    number,
    code,
    issued_on: order.issuedOn.toString(),
    issued_at: now(ctx),
    issued_by: ctx.actor.name,
    issued_by_id: ctx.actor.kind === 'staff' ? ctx.actor.staffId : null,
    signed_by: order.signedBy,
    content: ctx.vault.seal(json, contentContext(ctx.agencyId, code)),
    digest,
    pdf_file: null,
    pdf_sha256: null,
    pdf_sm3: null,
    pdf_bytes: null,
    delivered_on: null,
    delivered_to: null,
    voided_at: null,
    voided_by: null,
    void_reason: null,
    disposed_on: null,
  });
  await record(ctx, {
    act: 'letters.issue',
    subject: subjectOf({ id: letterId, kind, number }),
    after: { number, requestId, formId, replyCode, issuedOn: order.issuedOn.toString(), digest, code },
  });
  return { letterId, number, code };
}

/** Writes down that a letter was sent off; one that came back may be sent again. */
export async function dispatchLetter(ctx: LetterCtx, letterId: number, order: DispatchOrder): Promise<void> {
  await transact(ctx, async (within) => {
    const letter = await living(within, letterId);
    const earlier = await store.dispatchesOf(within.db, ctx.agencyId, [letterId]);
    if (letter.delivered_on !== null) throw delivered(letter);
    checkDay(within, order.on, earlier.at(-1)?.sent_on ?? letter.issued_on, 'on', '发出日期');
    const attempt = earlier.length + 1;
    if (attempt > 20) throw new Refusal('letter-dispatches', '同一份文书最多登记20次发出。');
    const tracking = visibleLine(order.trackingNumber ?? '').slice(0, 60);
    await store.insertDispatch(within.db, ctx.agencyId, {
      letter_id: letterId,
      attempt,
      method: order.method,
      sent_on: order.on.toString(),
      tracking_number:
        tracking === ''
          ? null
          : within.vault.seal(tracking, trackingContext(ctx.agencyId, letterId, attempt)),
      by_name: ctx.actor.name,
      at: now(within),
    });
    await record(within, {
      act: 'letters.dispatch',
      ground: DELIVERY_GROUND,
      subject: subjectOf(letter),
      after: { attempt, method: order.method, on: order.on.toString() },
    });
  });
}

/** Writes down that a letter was delivered; once, after it was sent off. */
export async function deliverLetter(ctx: LetterCtx, letterId: number, order: DeliveryOrder): Promise<void> {
  await transact(ctx, async (within) => {
    const letter = await living(within, letterId);
    if (letter.delivered_on !== null) throw delivered(letter);
    const [first] = await store.dispatchesOf(within.db, ctx.agencyId, [letterId]);
    if (!first) {
      throw new Refusal('letter-not-dispatched', '这份文书还没有登记发出，请先登记发出的日期和方式。');
    }
    checkDay(within, order.on, first.sent_on, 'on', '送达日期');
    const by = visibleLine(order.by ?? '').slice(0, 100);
    await store.updateLetter(within.db, ctx.agencyId, letterId, {
      delivered_on: order.on.toString(),
      delivered_to:
        by === '' ? null : within.vault.seal(by, contentContext(ctx.agencyId, letter.code, 'delivered-to')),
    });
    await record(within, {
      act: 'letters.deliver',
      ground: DELIVERY_GROUND,
      subject: subjectOf(letter),
      after: { on: order.on.toString() },
    });
  });
}

/**
 * Takes a letter out of force. Its number stays taken and is listed as void; what was delivered stays in force until another
 * letter says otherwise.
 */
export async function voidLetter(ctx: LetterCtx, letterId: number, reason: string): Promise<void> {
  const why = visibleLine(reason);
  if (why.length < 2 || why.length > 500)
    throw new InvalidForm({ reason: '请填写作废的理由，2 至 500 个字' });
  await transact(ctx, async (within) => {
    const letter = await living(within, letterId);
    if (letter.delivered_on !== null) {
      throw new Refusal(
        'letter-delivered',
        '文书已经送达，不能再作废。确有错误的，请另行作出更正或者撤销的文书。',
      );
    }
    await store.updateLetter(within.db, ctx.agencyId, letterId, {
      voided_at: now(within),
      voided_by: ctx.actor.name,
      void_reason: within.vault.seal(why, contentContext(ctx.agencyId, letter.code, 'void')),
    });
    await record(within, {
      act: 'letters.void',
      subject: subjectOf(letter),
      before: { number: letter.number, digest: letter.digest },
    });
  });
}

/** The letters of a request and of its whole form, in the order of issue. */
export async function lettersOf(ctx: LetterCtx, requestId: number): Promise<LetterEntry[]> {
  const rows = await store.lettersOfRequest(ctx.db, ctx.agencyId, requestId);
  const dispatches = await store.dispatchesOf(
    ctx.db,
    ctx.agencyId,
    rows.map(({ id }) => id),
  );
  const corrections = await correctionsOf(
    ctx.db,
    ctx.agencyId,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => entryOf(ctx, row, dispatches, corrections));
}

/**
 * A letter with what it says; null text once its case was disposed of.
 * @throws NotFound; Error when what is kept is not what was issued
 */
export async function readLetter(
  ctx: LetterCtx,
  letterId: number,
): Promise<LetterEntry & { content: LetterContent | null }> {
  const row = await store.findLetter(ctx.db, ctx.agencyId, letterId);
  if (!row) throw new NotFound('没有找到这份文书。');
  const dispatches = await store.dispatchesOf(ctx.db, ctx.agencyId, [letterId]);
  const corrections = await correctionsOf(ctx.db, ctx.agencyId, [letterId]);
  return { ...entryOf(ctx, row, dispatches, corrections), content: contentOf(ctx, row) };
}

/**
 * Takes away everything personal in the letters of a form whose retention ended; numbers and digests stay. */
export async function disposeLetters(ctx: LetterCtx, formId: number, on: Temporal.PlainDate): Promise<void> {
  await transact(ctx, async (within) => {
    const rows = (await store.lettersOfForm(within.db, ctx.agencyId, formId)).filter(
      ({ disposed_on }) => disposed_on === null,
    );
    if (rows.length === 0) return;
    await clearCorrections(
      within.db,
      ctx.agencyId,
      rows.map(({ id }) => id),
    );
    await store.clearTracking(
      within.db,
      ctx.agencyId,
      rows.map(({ id }) => id),
    );
    for (const { id } of rows) {
      await store.updateLetter(within.db, ctx.agencyId, id, {
        content: null,
        delivered_to: null,
        void_reason: null,
        pdf_file: null,
        disposed_on: on.toString(),
      });
    }
    await record(within, {
      act: 'letters.dispose',
      subject: { kind: 'request-form', id: formId },
      before: { letters: rows.map(({ number }) => number) },
    });
    for (const { pdf_file } of rows)
      if (pdf_file !== null) await discardFile(within.db, pdf_file, now(within));
  });
}

export function contentOf(ctx: LetterCtx, row: store.LetterRow): LetterContent | null {
  if (row.content === null) return null;
  const json = ctx.vault.open(row.content, contentContext(ctx.agencyId, row.code));
  return thaw(json, row.digest, `letter ${row.id} of agency ${ctx.agencyId}`);
}

export const subjectOf = ({ id, kind, number }: { id: number; kind: string; number: string }) => ({
  kind: 'letter',
  id,
  label: `${letterKinds[kind as LetterEntry['kind']].label} ${number}`,
});

function entryOf(
  ctx: LetterCtx,
  row: store.LetterRow,
  dispatches: readonly store.DispatchRow[],
  corrections: readonly CorrectionRow[],
): LetterEntry {
  const open = (sealed: string | null, context: string) =>
    sealed === null ? null : ctx.vault.open(sealed, context);
  const kind = row.kind as LetterEntry['kind'];
  const sent = dispatches
    .filter(({ letter_id }) => letter_id === row.id)
    .map(
      ({ attempt, method, sent_on, tracking_number, by_name }): Dispatch => ({
        attempt,
        method,
        on: sent_on,
        trackingNumber: open(tracking_number, trackingContext(ctx.agencyId, row.id, attempt)),
        by: by_name,
      }),
    );
  return {
    id: row.id,
    kind,
    label: letterKinds[kind].label,
    replyCode: row.reply_code,
    number: row.number,
    code: row.code,
    issuedOn: row.issued_on,
    issuedAt: row.issued_at.toISOString(),
    issuedBy: row.issued_by,
    issuedById: row.issued_by_id,
    signedBy: row.signed_by,
    digest: row.digest,
    state: row.voided_at
      ? 'void'
      : row.delivered_on
        ? 'delivered'
        : sent.length > 0
          ? 'dispatched'
          : 'issued',
    dispatches: sent,
    dispatchedOn: sent[0]?.on ?? null,
    corrections: corrections
      .filter(({ letter_id }) => letter_id === row.id)
      .map(({ number, sent_on, method, delivered_on, reason, by_name, at }) => ({
        sentOn: sent_on,
        method,
        deliveredOn: delivered_on,
        reason: open(reason, correctionContext(ctx.agencyId, row.id, number)),
        by: by_name,
        at: at.toISOString(),
      })),
    deliveredOn: row.delivered_on,
    deliveredTo: open(row.delivered_to, contentContext(ctx.agencyId, row.code, 'delivered-to')),
    void:
      row.voided_at && row.voided_by !== null
        ? {
            at: row.voided_at.toISOString(),
            by: row.voided_by,
            reason: open(row.void_reason, contentContext(ctx.agencyId, row.code, 'void')),
          }
        : null,
    disposedOn: row.disposed_on,
  };
}

export async function living(ctx: LetterCtx, letterId: number): Promise<store.LetterRow> {
  const letter = await store.lockLetter(ctx.db, ctx.agencyId, letterId);
  if (!letter) throw new NotFound('没有找到这份文书。');
  if (letter.voided_at) throw new Refusal('letter-void', `${letter.number} 已经作废，不能再办理。`);
  return letter;
}

const delivered = (letter: store.LetterRow) =>
  new Refusal(
    'letter-delivered',
    `${letter.number} 已于${printed(letter.delivered_on ?? '')}送达；登记有误的，请更正登记。`,
  );

export function checkDay(
  ctx: LetterCtx,
  on: Temporal.PlainDate,
  from: string,
  field: string,
  name: string,
): void {
  if (on.toString() < from) throw new InvalidForm({ [field]: `${name}不能早于${printed(from)}` });
  if (Temporal.PlainDate.compare(on, ctx.clock.today()) > 0)
    throw new InvalidForm({ [field]: `${name}不能晚于今天` });
}

function checkKind({ kind, replyCode }: LetterOrder): void {
  const known = replyCode ? replyKind(replyCode) !== undefined : kind !== 'reply';
  if (!known || (replyCode && kind !== 'reply' && kind !== 'not-processed'))
    throw new Error(`a letter of kind ${kind} cannot carry the reply code ${replyCode}`);
}

function checkBody(paragraphs: readonly string[]): void {
  const length = paragraphs.reduce((sum, paragraph) => sum + paragraph.length, 0);
  if (length === 0) throw new InvalidForm({ paragraphs: '请填写正文' });
  if (length > MAX_CHARACTERS || paragraphs.length > 300) {
    throw new InvalidForm({
      paragraphs: `正文最多 ${MAX_CHARACTERS} 个字、300 段，请精简或者改用附件`,
    });
  }
}

function cleanRecipient({ name, address, postcode, contact }: Recipient): Recipient {
  const line = (text: string) => visibleLine(text).slice(0, 300);
  if (line(name) === '') throw new InvalidForm({ recipient: '请填写受送达人的姓名或者名称' });
  return { name: line(name), address: line(address), postcode: line(postcode), contact: line(contact) };
}

const wordingFor = (ctx: LetterCtx, { kind, replyCode = null, regime }: LetterOrder) =>
  currentWording(ctx, templateKey(kind, replyCode, regime));

const printed = (iso: string) => (iso === '' ? '' : chineseDate(Temporal.PlainDate.from(iso)));

const now = (ctx: LetterCtx): Date => instantOf(ctx.clock);
