import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { visibleLine, visibleText } from '../../core/visible-text.ts';
import { parseDay } from '../../law/index.ts';
import { holdChain, record } from '../../ledger/index.ts';
import { notify } from '../notifications/index.ts';
import { demand, may, staffWithRole } from '../organisations/index.ts';
import { now, staffOf } from './acting.ts';
import { resultBody } from './clean-up-result.ts';
import {
  type CleanUpForm,
  type CleanUpMove,
  type CleanUpProposal,
  cleanUpKinds,
  cleanUpMoves,
  cleanUpObstacle,
  cleanUpProblems,
  proposalProblems,
  validityOfProposal,
} from './clean-up-rules.ts';
import {
  type CleanUp,
  cleanUpDocuments,
  findCleanUp,
  insertCleanUp,
  keepTheRest,
  lockCleanUp,
  owingUnits,
  runningCleanUp,
  updateCleanUp,
  writeOutcome,
  writeProposal,
} from './clean-up-store.ts';
import { findColumn } from './column-store.ts';
import { beginItem } from './draft-actions.ts';
import { lockItem, raiseContentRevision } from './item-store.ts';
import { changeValidity, replacementOf } from './validity-actions.ts';
import { isGone } from './validity-rules.ts';

const address = (id: number) => `/workbench/normative/clean-ups/${id}`;
const subjectOf = ({ id, name }: Pick<CleanUp, 'id' | 'name'>) => ({ kind: 'clean-up', id, label: name });

/** The staff member who acts; a clean-up is nothing a job does. */
function person(ctx: Ctx): number {
  const id = staffOf(ctx);
  if (id === null) throw new Refusal('clean-up-not-yours', '文件清理由工作人员办理。', { status: 403 });
  return id;
}

/** Opens a clean-up of every public document in force formed by the day (启动清理). Returns its id. @throws InvalidForm, Refusal */
export async function openCleanUp(ctx: Ctx, form: CleanUpForm): Promise<number> {
  demand(ctx.actor, 'catalogue.clean-up');
  const problems = cleanUpProblems(form, ctx.clock.today().toString());
  if (Object.keys(problems).length > 0) throw new InvalidForm(problems);
  const openedBy = person(ctx);
  return transact(ctx, async (ctx) => {
    await holdChain(ctx.db, ctx.agencyId);
    const running = await runningCleanUp(ctx.db, ctx.agencyId);
    if (running) throw new Refusal('clean-up-running', `“${running.name}”还没有办完，请先办完或者取消。`);
    const name = visibleLine(form.name);
    const { id, documents } = await insertCleanUp(ctx.db, ctx.agencyId, {
      name,
      kinds: cleanUpKinds.filter((kind) => form.kinds.includes(kind)),
      cutoffOn: form.cutoffOn,
      replyBy: form.replyBy,
      ground: visibleText(form.ground).trim(),
      openedBy,
      at: now(ctx),
    });
    if (documents === 0) throw new InvalidForm({ cutoffOn: '截至这一天没有现行有效的文件，不需要清理。' });
    await record(ctx, {
      act: 'catalogue.open-clean-up',
      ground: visibleText(form.ground).trim(),
      subject: subjectOf({ id, name }),
      after: { cutoffOn: form.cutoffOn, replyBy: form.replyBy, documents },
    });
    const heads = await staffWithRole(ctx.db, ctx.agencyId, 'unit-head', ctx.clock.today().toString());
    const owing = new Set((await owingUnits(ctx.db, ctx.agencyId, id)).map(({ unitId }) => unitId));
    await notify(
      ctx,
      heads.filter(({ unitId }) => owing.has(unitId)).map((head) => head.id),
      { title: `请在 ${form.replyBy} 前提出清理意见：${name}`, href: address(id) },
    );
    return id;
  });
}

/** Asks the table of moves. @throws Refusal */
function demandMove(ctx: Ctx, move: CleanUpMove, cleanUp: CleanUp): void {
  const found = cleanUpObstacle(move, cleanUp, {
    may: may(ctx.actor, cleanUpMoves[move].act),
    staffId: staffOf(ctx),
    unanswered: cleanUp.unanswered,
  });
  if (found === null) return;
  const status = found.code === 'clean-up-not-yours' || found.code === 'clean-up-own' ? 403 : 409;
  throw new Refusal(found.code, found.message, { status });
}

/** Holds the clean-up, asks the table, lets `change` write. */
async function moving<T>(
  ctx: Ctx,
  id: number,
  move: CleanUpMove,
  change: (ctx: Ctx, cleanUp: CleanUp) => Promise<T>,
): Promise<T> {
  demand(ctx.actor, cleanUpMoves[move].act);
  person(ctx);
  return transact(ctx, async (ctx) => {
    const cleanUp = await lockCleanUp(ctx.db, ctx.agencyId, id);
    if (!cleanUp) throw new NotFound('没有找到这次清理。');
    demandMove(ctx, move, cleanUp);
    return change(ctx, cleanUp);
  });
}

/** The unit whose documents the actor answers for; null: every unit. */
function unitOf({ actor }: Ctx): number | null {
  if (may(actor, 'catalogue.clean-up')) return null;
  return actor.kind === 'staff' ? actor.unitId : null;
}

/** Proposes what is to become of one document (提出清理意见). @throws InvalidForm, NotFound, Refusal */
export async function proposeInCleanUp(
  ctx: Ctx,
  id: number,
  itemId: number,
  form: { proposal: string; ground: string; replacement: string },
): Promise<void> {
  await moving(ctx, id, 'propose', async (ctx, cleanUp) => {
    const [document] = await cleanUpDocuments(ctx.db, ctx.agencyId, id, { itemId });
    if (!document) throw new NotFound('这次清理里没有这份文件。');
    const own = unitOf(ctx);
    if (own !== null && own !== document.unitId)
      throw new Refusal('clean-up-other-unit', '这是其他部门的文件，由该部门提出意见。', { status: 403 });
    const named = visibleLine(form.replacement);
    const replacedBy = await replacementOf(ctx, named);
    const problems = proposalProblems({ ...form, replacedBy }, itemId);
    if (named !== '' && replacedBy === null)
      problems.replacement = '没有找到这个索引号或者发文字号的已公开信息。';
    if (Object.keys(problems).length > 0) throw new InvalidForm(problems);
    const proposal = form.proposal as CleanUpProposal;
    await writeProposal(ctx.db, ctx.agencyId, id, itemId, {
      proposal,
      replacedBy: proposal === 'keep' ? null : replacedBy,
      ground: visibleText(form.ground).trim(),
      staffId: person(ctx),
      at: now(ctx),
    });
    await record(ctx, {
      act: 'catalogue.propose-in-clean-up',
      subject: subjectOf(cleanUp),
      before: { document: document.title, proposal: document.proposal },
      after: { document: document.title, proposal },
      reason: visibleText(form.ground).trim(),
    });
  });
}

/** Proposes to keep everything of the actor's unit that has no proposal yet. Returns how many. */
export async function keepTheRestOf(ctx: Ctx, id: number): Promise<number> {
  return moving(ctx, id, 'propose', async (ctx, cleanUp) => {
    const by = { staffId: person(ctx), at: now(ctx) };
    const kept = await keepTheRest(ctx.db, ctx.agencyId, id, unitOf(ctx), by);
    if (kept > 0)
      await record(ctx, {
        act: 'catalogue.propose-in-clean-up',
        subject: subjectOf(cleanUp),
        after: { proposal: 'keep', documents: kept },
      });
    return kept;
  });
}

/** Puts the proposals before the leader (提请领导决定). @throws Refusal while a document has none */
export async function submitCleanUp(ctx: Ctx, id: number): Promise<void> {
  await moving(ctx, id, 'submit', async (ctx, cleanUp) => {
    await updateCleanUp(ctx.db, ctx.agencyId, id, {
      state: 'submitted',
      submitted_by: person(ctx),
      submitted_at: now(ctx),
      opinion: '',
    });
    await record(ctx, {
      act: 'catalogue.submit-clean-up',
      subject: subjectOf(cleanUp),
      after: { documents: cleanUp.documents },
    });
    const leaders = await staffWithRole(ctx.db, ctx.agencyId, 'leader', ctx.clock.today().toString());
    await notify(
      ctx,
      leaders.map((leader) => leader.id),
      { title: `请决定清理结果：${cleanUp.name}`, href: address(id) },
    );
  });
}

/** Sends the proposals back with what is to be looked at again. @throws InvalidForm without words */
export async function sendCleanUpBack(ctx: Ctx, id: number, opinion: string): Promise<void> {
  const words = visibleText(opinion).trim();
  if (words.length < 2 || words.length > 500)
    throw new InvalidForm({ opinion: '请写明退回的理由，2 至 500 字。' });
  await moving(ctx, id, 'send-back', async (ctx, cleanUp) => {
    await updateCleanUp(ctx.db, ctx.agencyId, id, {
      state: 'collecting',
      submitted_by: null,
      submitted_at: null,
      opinion: words,
    });
    await record(ctx, { act: 'catalogue.send-clean-up-back', subject: subjectOf(cleanUp), reason: words });
    await tellOpener(ctx, cleanUp, '被退回');
  });
}

const tellOpener = (ctx: Ctx, cleanUp: CleanUp, what: string) =>
  notify(ctx, [...new Set([cleanUp.openedBy, cleanUp.submittedBy ?? cleanUp.openedBy])], {
    title: `${cleanUp.name}${what}`,
    href: address(cleanUp.id),
  });

/**
 * Decides the clean-up and carries it out, all documents in one transaction: each gets its note of validity from the day on, its
 * mark in lists and in the search. What went out of force meanwhile is told as such. @throws InvalidForm, Refusal
 */
export async function decideCleanUp(
  ctx: Ctx,
  id: number,
  given: { decidedOn: string; opinion: string },
): Promise<void> {
  demand(ctx.actor, 'catalogue.decide-clean-up');
  const today = ctx.clock.today().toString();
  const opinion = visibleText(given.opinion).trim();
  const problems: Record<string, string> = {};
  if (parseDay(given.decidedOn) === null) problems.decidedOn = '请填写日历上有的日期，写成 2026-01-31。';
  else if (given.decidedOn > today) problems.decidedOn = '决定日期不能晚于今天。';
  if (opinion.length > 500) problems.opinion = '意见最多 500 字。';
  if (Object.keys(problems).length > 0) throw new InvalidForm(problems);
  await moving(ctx, id, 'decide', async (ctx, cleanUp) => {
    if (given.decidedOn < cleanUp.cutoffOn)
      throw new InvalidForm({ decidedOn: `不能早于文件成文截止日期 ${cleanUp.cutoffOn}。` });
    const documents = await cleanUpDocuments(ctx.db, ctx.agencyId, id);
    const counts = { kept: 0, amended: 0, repealed: 0, expired: 0, gone: 0 };
    // In one order, so that two who hold several never wait for each other.
    for (const document of documents.toSorted((a, b) => a.itemId - b.itemId)) {
      const item = await lockItem(ctx.db, ctx.agencyId, document.itemId);
      if (!item || document.proposal === null) throw new Error(`clean-up ${id} has an unanswered document`);
      const validity = validityOfProposal[document.proposal];
      const gone = item.state !== 'published' || isGone(item.validity);
      const outcome = gone ? 'gone' : validity === null || validity === 'in-force' ? 'kept' : validity;
      counts[outcome] += 1;
      await writeOutcome(ctx.db, ctx.agencyId, id, item.id, outcome);
      if (gone || validity === null) continue;
      await changeValidity(ctx, item, {
        validity,
        fromOn: given.decidedOn,
        replacedBy: document.replacedBy,
        ground: `${cleanUp.name}：${document.ground}`,
        cleanUpId: id,
      });
    }
    await raiseContentRevision(ctx.db, ctx.agencyId);
    await updateCleanUp(ctx.db, ctx.agencyId, id, {
      state: 'decided',
      decided_by: person(ctx),
      decided_on: given.decidedOn,
      decided_at: now(ctx),
      opinion,
    });
    await record(ctx, {
      act: 'catalogue.decide-clean-up',
      ground: cleanUp.ground,
      subject: subjectOf(cleanUp),
      after: { ...counts, decidedOn: given.decidedOn },
      ...(opinion !== '' && { reason: opinion }),
    });
    await tellOpener(ctx, cleanUp, '已由领导决定，请起草清理结果公告');
  });
}

/** Gives a clean-up up; nothing changes for its documents. */
export async function dropCleanUp(ctx: Ctx, id: number): Promise<void> {
  await moving(ctx, id, 'drop', async (ctx, cleanUp) => {
    await updateCleanUp(ctx.db, ctx.agencyId, id, { state: 'dropped' });
    await record(ctx, { act: 'catalogue.drop-clean-up', subject: subjectOf(cleanUp) });
  });
}

/**
 * Makes the notice with the lists of the result a draft of the catalogue, which goes through review as any other item (清理结果
 * 公布). Returns the item's id. @throws InvalidForm when the column is none
 */
export async function draftCleanUpResult(
  ctx: Ctx,
  id: number,
  given: { columnId: number | null },
): Promise<number> {
  return moving(ctx, id, 'draft-result', async (ctx, cleanUp) => {
    const column = given.columnId === null ? null : await findColumn(ctx.db, ctx.agencyId, given.columnId);
    if (!column || column.closedOn !== null) throw new InvalidForm({ columnId: '请选择公布到哪个栏目。' });
    const { actor } = ctx;
    if (actor.kind !== 'staff' || actor.unitId === null || cleanUp.decidedOn === null)
      throw new Refusal('clean-up-not-yours', '公告由所属部门明确的工作人员起草。', { status: 403 });
    const documents = await cleanUpDocuments(ctx.db, ctx.agencyId, id);
    const itemId = await beginItem(ctx, {
      unitId: actor.unitId,
      content: {
        title: `关于公布${cleanUp.name}结果的通知`,
        abstract: `公布${cleanUp.name}的继续有效、修改、废止和宣布失效文件目录。`,
        body: resultBody({ ...cleanUp, decidedOn: cleanUp.decidedOn }, documents),
        columnId: column.id,
        genre: '通知',
        subject: '综合政务',
        keywords: ['规范性文件', '文件清理'],
        formedOn: cleanUp.decidedOn,
      },
    });
    await updateCleanUp(ctx.db, ctx.agencyId, id, { result_item: itemId });
    await record(ctx, {
      act: 'catalogue.draft-clean-up-result',
      subject: subjectOf(cleanUp),
      after: { item: itemId },
    });
    return itemId;
  });
}

/** A clean-up with its documents and what the actor can do now. @throws NotFound */
export async function readCleanUp(ctx: Ctx, id: number) {
  demand(ctx.actor, 'catalogue.read');
  const { db, agencyId } = ctx;
  const cleanUp = await findCleanUp(db, agencyId, id);
  if (!cleanUp) throw new NotFound('没有找到这次清理。');
  const [documents, owing] = await Promise.all([
    cleanUpDocuments(db, agencyId, id),
    owingUnits(db, agencyId, id),
  ]);
  const why = (move: CleanUpMove) =>
    cleanUpObstacle(move, cleanUp, {
      may: may(ctx.actor, cleanUpMoves[move].act),
      staffId: staffOf(ctx),
      unanswered: cleanUp.unanswered,
    });
  const moves = Object.fromEntries(
    (Object.keys(cleanUpMoves) as CleanUpMove[]).map((move) => [move, why(move)]),
  ) as Record<CleanUpMove, ReturnType<typeof why>>;
  return { cleanUp, documents, owing, moves, ownUnit: unitOf(ctx) };
}
