import { Temporal } from 'temporal-polyfill';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { visibleLine, visibleText } from '../../core/visible-text.ts';
import { record } from '../../ledger/index.ts';
import { notify } from '../notifications/index.ts';
import { type Act, demand, may, staffWithRole } from '../organisations/index.ts';
import { now, staffOf, subjectOf } from './acting.ts';
import { findItem, lockItem, raiseContentRevision, updateItem } from './item-store.ts';
import { type Item, type Validity, validities } from './model.ts';
import type { Obstacle } from './rules.ts';
import { indexItem } from './search.ts';
import {
  decisionObstacle,
  isGone,
  lastNote,
  proposalObstacle,
  termProblems,
  type ValidityActor,
  validityProblems,
} from './validity-rules.ts';
import {
  changesOf,
  closeChange,
  endingDocuments,
  findChange,
  insertChange,
  insertNote,
  lockChange,
  notesOf,
  publishedByNumber,
} from './validity-store.ts';

/** The actor as the rules of validity look at him. */
export function validityActor({ actor }: Ctx, act: Act): ValidityActor {
  return {
    staffId: actor.kind === 'staff' ? actor.staffId : null,
    unitId: actor.kind === 'staff' ? actor.unitId : null,
    may: may(actor, act),
    everyUnit: may(actor, 'catalogue.clean-up'),
  };
}

export function refuse(found: Obstacle | null): void {
  if (found === null) return;
  const status = [
    'validity-open',
    'validity-decided',
    'validity-not-public',
    'validity-no-document',
  ].includes(found.code)
    ? 409
    : 403;
  throw new Refusal(found.code, found.message, { status });
}

/** What somebody wants to make of a document's validity; the replacement by its 索引号 or 发文字号. */
export interface ProposedValidity {
  validity: string;
  fromOn: string;
  ground: string;
  replacement: string;
}

/** Proposes another validity for a published document (提出有效性变更). Returns the change's id. @throws InvalidForm, Refusal */
export async function proposeValidity(ctx: Ctx, itemId: number, form: ProposedValidity): Promise<number> {
  return proposing(ctx, itemId, async (ctx, item) => {
    const named = visibleLine(form.replacement);
    const replacedBy = await replacementOf(ctx, named);
    const problems = validityProblems({ ...form, replacedBy }, item, ctx.clock.today().toString());
    if (named !== '' && replacedBy === null)
      problems.replacement = '没有找到这个索引号或者发文字号的已公开信息。';
    if (Object.keys(problems).length > 0) throw new InvalidForm(problems);
    return {
      kind: 'validity' as const,
      validity: form.validity as Validity,
      fromOn: form.fromOn,
      replacedBy,
      validUntil: null,
      ground: visibleText(form.ground).trim(),
    };
  });
}

/** Proposes the last day of a document's validity, or that it has none ('' as the day) (登记、延长有效期). */
export async function proposeTerm(
  ctx: Ctx,
  itemId: number,
  form: { validUntil: string; ground: string },
): Promise<number> {
  return proposing(ctx, itemId, async (ctx, item) => {
    const problems = termProblems(form, item, ctx.clock.today().toString());
    if (Object.keys(problems).length > 0) throw new InvalidForm(problems);
    return {
      kind: 'term' as const,
      validity: null,
      fromOn: null,
      replacedBy: null,
      validUntil: form.validUntil === '' ? null : form.validUntil,
      ground: visibleText(form.ground).trim(),
    };
  });
}

export async function replacementOf({ db, agencyId }: Ctx, named: string): Promise<number | null> {
  return named === '' ? null : publishedByNumber(db, agencyId, named.slice(0, 100));
}

type Proposal = Omit<Parameters<typeof insertChange>[2], 'itemId' | 'proposedBy' | 'at'>;

async function proposing(
  ctx: Ctx,
  itemId: number,
  read: (ctx: Ctx, item: Item) => Promise<Proposal>,
): Promise<number> {
  demand(ctx.actor, 'catalogue.validity');
  return transact(ctx, async (ctx) => {
    const item = await lockItem(ctx.db, ctx.agencyId, itemId);
    if (!item) throw new NotFound('没有找到这份文件。');
    const open = (await changesOf(ctx.db, ctx.agencyId, itemId)).some(({ state }) => state === 'open');
    refuse(proposalObstacle(item, open, validityActor(ctx, 'catalogue.validity')));
    const proposedBy = staffOf(ctx);
    if (proposedBy === null) throw new Refusal('validity-not-yours', '有效性变更由工作人员提出。');
    const change = await read(ctx, item);
    const id = await insertChange(ctx.db, ctx.agencyId, { ...change, itemId, proposedBy, at: now(ctx) });
    await record(ctx, {
      act: change.kind === 'term' ? 'catalogue.propose-term' : 'catalogue.propose-validity',
      subject: subjectOf(item),
      before: { validity: item.validity, validUntil: item.validUntil },
      after: changeWords(change),
      reason: change.ground,
    });
    const today = ctx.clock.today().toString();
    const officers = await staffWithRole(ctx.db, ctx.agencyId, 'disclosure-officer', today);
    await notify(
      ctx,
      officers.map((person) => person.id),
      { title: `请审核有效性变更：${item.title}`, href: `/workbench/normative/${itemId}` },
    );
    return id;
  });
}

const changeWords = (change: Proposal) =>
  change.kind === 'term'
    ? { validUntil: change.validUntil }
    : { validity: change.validity, validityOn: change.fromOn, replacedBy: change.replacedBy };

/** Approves a proposed change, which takes effect at once, or refuses it. Not for who proposed it. @throws Refusal, InvalidForm */
export async function decideValidity(
  ctx: Ctx,
  changeId: number,
  given: { approved: boolean; opinion: string },
): Promise<void> {
  demand(ctx.actor, 'catalogue.decide-validity');
  const opinion = visibleText(given.opinion).trim();
  if (opinion.length > 500) throw new InvalidForm({ opinion: '意见最多 500 字。' });
  if (!given.approved && opinion.length < 2) throw new InvalidForm({ opinion: '请写明不同意的理由。' });
  await transact(ctx, async (ctx) => {
    const change = await lockChange(ctx.db, ctx.agencyId, changeId);
    if (!change) throw new NotFound('没有找到这项变更。');
    refuse(decisionObstacle(change, validityActor(ctx, 'catalogue.decide-validity')));
    const item = await lockItem(ctx.db, ctx.agencyId, change.itemId);
    if (!item) throw new NotFound('没有找到这份文件。');
    await closeChange(ctx.db, ctx.agencyId, changeId, {
      state: given.approved ? 'approved' : 'refused',
      staffId: staffOf(ctx),
      opinion,
      at: now(ctx),
    });
    if (!given.approved)
      await record(ctx, {
        act: 'catalogue.refuse-validity',
        subject: subjectOf(item),
        reason: opinion,
      });
    else if (change.kind === 'term') {
      await updateItem(ctx.db, ctx.agencyId, item.id, { valid_until: change.validUntil });
      await raiseContentRevision(ctx.db, ctx.agencyId);
      await record(ctx, {
        act: 'catalogue.set-term',
        ground: change.ground,
        subject: subjectOf(item),
        before: { validUntil: item.validUntil },
        after: { validUntil: change.validUntil },
      });
    } else {
      await changeValidity(ctx, item, {
        validity: change.validity as Validity,
        fromOn: change.fromOn as string,
        replacedBy: change.replacedBy,
        ground: change.ground,
      });
      // In force again after its last day: that day rules no longer.
      if (!isGone(change.validity as Validity) && endedBefore(item, change.fromOn))
        await updateItem(ctx.db, ctx.agencyId, item.id, { valid_until: null });
      await raiseContentRevision(ctx.db, ctx.agencyId);
    }
    await notify(ctx, [change.proposedBy], {
      title: `有效性变更${given.approved ? '已批准' : '未获同意'}：${item.title}`,
      href: `/workbench/normative/${item.id}`,
    });
  });
}

const endedBefore = ({ validUntil }: Item, day: string | null): boolean =>
  validUntil !== null && day !== null && validUntil < day;

/** Takes a proposal back; for who made it. */
export async function dropValidity(ctx: Ctx, changeId: number): Promise<void> {
  demand(ctx.actor, 'catalogue.validity');
  await transact(ctx, async (ctx) => {
    const change = await lockChange(ctx.db, ctx.agencyId, changeId);
    if (!change) throw new NotFound('没有找到这项变更。');
    if (change.state !== 'open') throw new Refusal('validity-decided', '这项变更已经办理过了。');
    if (change.proposedBy !== staffOf(ctx))
      throw new Refusal('validity-not-yours', '只有提出人可以撤回。', { status: 403 });
    await closeChange(ctx.db, ctx.agencyId, changeId, {
      state: 'dropped',
      staffId: staffOf(ctx),
      opinion: '',
      at: now(ctx),
    });
    await record(ctx, {
      act: 'catalogue.drop-validity',
      subject: subjectOf({ id: change.itemId, title: change.title }),
    });
  });
}

/**
 * Writes a note of validity and what lists show of it, in the search too, in the caller's transaction; the item is held. A note
 * that begins before a later one changes the past and leaves today as it is. The caller raises the content revision.
 */
export async function changeValidity(
  ctx: Ctx,
  item: Item,
  change: {
    validity: Validity;
    fromOn: string;
    replacedBy: number | null;
    ground: string;
    cleanUpId?: number;
  },
): Promise<void> {
  const { db, agencyId } = ctx;
  await insertNote(db, agencyId, {
    itemId: item.id,
    validity: change.validity,
    fromOn: change.fromOn,
    replacedBy: change.replacedBy,
    ground: change.ground,
    byName: ctx.actor.name,
    cleanUpId: change.cleanUpId ?? null,
    at: now(ctx),
  });
  const rules = lastNote(await notesOf(db, agencyId, item.id), ctx.clock.today().toString());
  if (rules !== null) {
    await updateItem(db, agencyId, item.id, {
      validity: rules.validity,
      validity_on: rules.fromOn,
      replaced_by: rules.replacedBy,
    });
    await indexItem(db, agencyId, item.id);
  }
  await record(ctx, {
    act: 'catalogue.change-validity',
    ground: change.ground,
    subject: subjectOf(item),
    before: { validity: validities[item.validity], validityOn: item.validityOn },
    after: {
      validity: validities[change.validity],
      validityOn: change.fromOn,
      replacedBy: change.replacedBy,
    },
  });
}

const AT_ONCE = 200;

/**
 * Lets those documents lapse whose last day has passed (有效期届满): each a note and a line of the ledger. Told in advance by the
 * list of what ends and by reminders. Safe to run twice. Returns how many.
 */
export async function expireDocuments(ctx: Ctx): Promise<number> {
  const yesterday = ctx.clock.today().subtract({ days: 1 }).toString();
  let expired = 0;
  for (;;) {
    const due = await endingDocuments(ctx.db, ctx.agencyId, yesterday, AT_ONCE);
    if (due.length === 0) return expired;
    const done = await transact(ctx, async (ctx) => {
      let done = 0;
      for (const { id } of due.toSorted((a, b) => a.id - b.id)) {
        const item = await lockItem(ctx.db, ctx.agencyId, id);
        // Extended, repealed or withdrawn since the list was read.
        if (!item?.validUntil || item.validUntil > yesterday || item.state !== 'published') continue;
        if (item.validity !== 'in-force' && item.validity !== 'amended') continue;
        const next = Temporal.PlainDate.from(item.validUntil).add({ days: 1 }).toString();
        await changeValidity(ctx, item, {
          validity: 'expired',
          fromOn: item.validityOn !== null && item.validityOn > next ? item.validityOn : next,
          replacedBy: null,
          ground: `有效期至${item.validUntil}，期满未延长`,
        });
        done += 1;
      }
      if (done > 0) await raiseContentRevision(ctx.db, ctx.agencyId);
      return done;
    });
    expired += done;
    if (done === 0 || due.length < AT_ONCE) return expired;
  }
}

/** A document of the register with its notes and proposals. @throws NotFound */
export async function normativeDocument(ctx: Ctx, itemId: number) {
  demand(ctx.actor, 'catalogue.read');
  const { db, agencyId } = ctx;
  const item = await findItem(db, agencyId, itemId);
  if (!item || item.normative === 'none' || item.state === 'discarded')
    throw new NotFound('登记簿里没有这份文件。');
  const [notes, changes] = await Promise.all([
    notesOf(db, agencyId, itemId),
    changesOf(db, agencyId, itemId),
  ]);
  const open = changes.find(({ state }) => state === 'open') ?? null;
  const proposing = proposalObstacle(item, open !== null, validityActor(ctx, 'catalogue.validity'));
  const deciding = open && decisionObstacle(open, validityActor(ctx, 'catalogue.decide-validity'));
  return { item, notes, changes, open, proposing, deciding };
}

/** The document that a change is about. @throws NotFound */
export async function documentOfChange(ctx: Ctx, changeId: number): Promise<number> {
  demand(ctx.actor, 'catalogue.read');
  const change = await findChange(ctx.db, ctx.agencyId, changeId);
  if (!change) throw new NotFound('没有找到这项变更。');
  return change.itemId;
}
