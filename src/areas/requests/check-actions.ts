import { instantOf } from '../../core/clock.ts';
import { InvalidForm, Refusal } from '../../core/refusal.ts';
import { issueLetter } from '../letters/index.ts';
import { notify } from '../notifications/index.ts';
import { findUnit, listStaff } from '../organisations/index.ts';
import { digestsOf, gramsOf, publicTitle, sealContent, sealNote } from './applicant.ts';
import { applicantOf } from './applicant-actions.ts';
import { type CaseRef, type Held, hold, moving, type RequestCtx, refreshClock } from './case-actions.ts';
import { correctionPlace, type NewAssignment, searchPlace } from './check-model.ts';
import {
  answerCorrectionRow,
  endAssignments,
  insertAssignment,
  insertCorrection,
  writeSearch,
} from './check-store.ts';
import { keepFiles } from './file-actions.ts';
import { formLengths } from './form-rules.ts';
import { letterOf } from './letter-orders.ts';
import type { NewFile, SearchOutcome } from './model.ts';
import { casesOfForm, insertCase } from './request-store.ts';
import { tellOfficers } from './tell-officers.ts';
import { printedDay, readDate, readText } from './texts.ts';

/** Finds the form complete and ours, and hands it to a unit (审查通过). @throws InvalidForm, Refusal */
export async function acceptRequest(
  ctx: RequestCtx,
  ref: CaseRef,
  to: { unitId: number; handlerId: number | null },
): Promise<void> {
  await moving(ctx, ref, 'accept', async (ctx, held) => {
    const lead = { unitId: to.unitId, handlerId: to.handlerId, lead: true };
    await assign(ctx, held, [lead]);
    return {
      change: { unit_id: to.unitId, handler_id: to.handlerId },
      after: { unit: to.unitId, handler: to.handlerId },
      result: undefined,
    };
  });
}

/** Puts units to work on a case; those not named are at work no longer. One of them leads. @throws InvalidForm, Refusal */
export async function assignRequest(
  ctx: RequestCtx,
  ref: CaseRef,
  units: readonly NewAssignment[],
): Promise<void> {
  await moving(ctx, ref, 'assign', async (ctx, held) => {
    const lead = units.find((unit) => unit.lead);
    if (!lead || units.filter((unit) => unit.lead).length > 1)
      throw new InvalidForm({ units: '请指定一个主办部门。' });
    if (units.length > 20) throw new InvalidForm({ units: '一件申请最多分给 20 个部门。' });
    if (new Set(units.map(({ unitId }) => unitId)).size < units.length)
      throw new InvalidForm({ units: '同一个部门只能选一次。' });
    await assign(ctx, held, units);
    return {
      change: { unit_id: lead.unitId, handler_id: lead.handlerId },
      before: { units: held.standing.assignments.map(({ unitId }) => unitId) },
      after: { units: units.map(({ unitId }) => unitId), unit: lead.unitId, handler: lead.handlerId },
      result: undefined,
    };
  });
}

async function assign(ctx: RequestCtx, { standing }: Held, units: readonly NewAssignment[]): Promise<void> {
  const { db, agencyId } = ctx;
  const today = ctx.clock.today().toString();
  const staff = await listStaff(db, agencyId, { on: today });
  for (const { unitId, handlerId } of units) {
    const unit = await findUnit(db, agencyId, unitId);
    if (!unit || unit.closedOn !== null) throw new InvalidForm({ unitId: '请选择一个现有的部门。' });
    if (handlerId !== null && !staff.some(({ id, unitId: own }) => id === handlerId && own === unitId))
      throw new InvalidForm({ handlerId: `承办人应是${unit.name}的在职人员。` });
  }
  const at = instantOf(ctx.clock);
  const same = (given: NewAssignment) =>
    standing.assignments.find(
      (held) =>
        held.unitId === given.unitId && held.handlerId === given.handlerId && held.lead === given.lead,
    );
  const kept = units.map((unit) => same(unit)?.id);
  await endAssignments(
    db,
    agencyId,
    standing.assignments.filter(({ id }) => !kept.includes(id)).map(({ id }) => id),
    at,
  );
  for (const unit of units.filter((given) => !same(given)))
    await insertAssignment(db, agencyId, standing.case.id, {
      ...unit,
      assignedAt: at,
      assignedBy: ctx.actor.name,
    });
  const told = units.flatMap(({ unitId, handlerId }) =>
    handlerId === null
      ? staff
          .filter(
            (person) => person.unitId === unitId && person.roles.some(({ role }) => role === 'case-handler'),
          )
          .map(({ id }) => id)
      : [handlerId],
  );
  const { id, number, dueOn } = standing.case;
  await notify(ctx, told, {
    title: `申请 ${number} 分办给您${dueOn === null ? '' : `，${printedDay(dueOn)}到期`}`,
    href: `/workbench/requests/${id}`,
  });
}

/** One form with several matters becomes as many requests (一事一申请); the first keeps the number. Returns the new ids. */
export async function splitRequest(
  ctx: RequestCtx,
  ref: CaseRef,
  parts: readonly { title: string; content: string }[],
): Promise<number[]> {
  return moving(ctx, ref, 'split', async (ctx, { standing, calendar }) => {
    const { db, agencyId, vault } = ctx;
    const { case: request } = standing;
    if (parts.length < 2) throw new InvalidForm({ parts: '请至少写出两件事项；只有一件的不需要拆分。' });
    if (parts.length > 50) throw new InvalidForm({ parts: '一份申请表最多拆分为 50 件。' });
    const applicant = await applicantOf(ctx, request.formId);
    const read = parts.map(({ title, content }, index) => ({
      title: publicTitle(readText(`parts.${index}.title`, title, '事项名称', formLengths.title), applicant),
      content: readText(`parts.${index}.content`, content, '事项内容', formLengths.content),
    }));
    const siblings = await casesOfForm(db, agencyId, request.formId);
    const [first] = siblings;
    let part = Math.max(...siblings.map((sibling) => sibling.part));
    const sealed = (number: string, content: string) =>
      sealContent(vault, agencyId, number, { content, purpose: '', feeWaiver: false, needsHelp: '' });
    const created: number[] = [];
    for (const { title, content } of read.slice(1)) {
      part += 1;
      const number = `${first?.number ?? request.number}-${part}`;
      const id = await insertCase(db, agencyId, {
        formId: request.formId,
        part,
        number,
        title,
        grams: gramsOf(title),
        contentSealed: sealed(number, content),
        applicantKind: request.applicantKind,
        channel: request.channel,
        identityDigest: digestsOf(vault, applicant).identity,
        submittedOn: request.submittedOn,
        receivedOn: request.receivedOn,
        regime: request.regime,
        state: request.state,
        unitId: null,
        handlerId: null,
      });
      await refreshClock(ctx, id, calendar);
      const copied = standing.assignments.map(({ unitId, handlerId, lead }) => ({ unitId, handlerId, lead }));
      if (copied.length > 0) {
        const opened = { ...request, id, number, part };
        await assign(ctx, await hold(ctx, opened), copied);
      }
      created.push(id);
    }
    const own = read[0] as { title: string; content: string };
    return {
      change: {
        title: own.title,
        title_grams: gramsOf(own.title),
        content_sealed: sealed(request.number, own.content),
      },
      after: { parts: created.length + 1, created },
      result: created,
    };
  });
}

/**
 * Tells the applicant, once, what to make clear (补正). `days` is the reasonable period in working days; the agency's usual
 * number when absent. Returns the letter's id.
 */
export async function askCorrection(
  ctx: RequestCtx,
  ref: CaseRef,
  given: { asked: string; days?: number },
): Promise<number> {
  return moving(ctx, ref, 'ask-correction', async (ctx, { standing, today, calendar, law }) => {
    const asked = readText('asked', given.asked, '需要补正的事项', 2000);
    const days = given.days ?? law.correctionDays;
    if (!Number.isInteger(days) || days < 1 || days > 60)
      throw new InvalidForm({ days: '补正期限请填 1 至 60 的整数（工作日）。' });
    const { case: request } = standing;
    const dueOn = calendar.workingDayAfter(today, days).toString();
    const fields = { correctionItems: asked, correctionDue: printedDay(dueOn) };
    const { letterId, number } = await issueLetter(
      ctx,
      await letterOf(ctx, request, { kind: 'correction', fields, issuedOn: today }),
    );
    await insertCorrection(ctx.db, ctx.agencyId, request.id, {
      noticedOn: today.toString(),
      askedSealed: sealNote(ctx.vault, ctx.agencyId, correctionPlace(request.id), asked),
      days,
      dueOn,
      letterId,
    });
    return { after: { days, due: dueOn, letter: number }, result: letterId };
  });
}

/** The corrected request came in; from that day the whole period runs anew (711/30). */
export async function takeCorrection(
  ctx: RequestCtx,
  ref: CaseRef,
  given: { text: string; files: readonly NewFile[]; receivedOn?: string },
): Promise<void> {
  await moving(ctx, ref, 'take-correction', async (ctx, { standing, today }) => {
    const { case: request } = standing;
    const asked = standing.corrections.find((one) => one.answeredOn === null && one.lapsedOn === null);
    if (!asked) throw new Refusal('requests-no-correction', '没有等待补正的告知。');
    const text = readText('text', given.text, '补正的内容', formLengths.content);
    const answeredOn = readDate('receivedOn', given.receivedOn ?? today.toString(), '收到补正的日期', {
      from: { on: asked.noticedOn, what: '告知补正的日期' },
      to: today.toString(),
    });
    await answerCorrectionRow(ctx.db, ctx.agencyId, asked.id, {
      answered_on: answeredOn,
      answer_sealed: sealNote(ctx.vault, ctx.agencyId, correctionPlace(request.id), text),
    });
    const files = await keepFiles(ctx, { formId: request.formId, requestId: request.id }, given.files);
    await tellOfficers(ctx, request, '已补正，请审查');
    return { after: { answeredOn, files }, result: undefined };
  });
}

/** The applicant let the period for correcting pass: the request is given up (711/30). */
export async function lapseCorrection(ctx: RequestCtx, ref: CaseRef): Promise<void> {
  await moving(ctx, ref, 'lapse-correction', async (ctx, { standing, today }) => {
    const asked = standing.corrections.find((one) => one.answeredOn === null && one.lapsedOn === null);
    if (asked) await answerCorrectionRow(ctx.db, ctx.agencyId, asked.id, { lapsed_on: today.toString() });
    const { unitId, handlerId } = standing.case;
    return {
      change: { unit_id: unitId, handler_id: handlerId },
      after: { lapsedOn: today.toString() },
      result: undefined,
    };
  });
}

/** What a unit found in its records. */
export async function recordSearch(
  ctx: RequestCtx,
  ref: CaseRef,
  given: { unitId: number; outcome: SearchOutcome; findings: string; files: readonly NewFile[] },
): Promise<void> {
  await moving(ctx, ref, 'record-search', async (ctx, { standing }) => {
    const { case: request } = standing;
    const assignment = standing.assignments.find(({ unitId }) => unitId === given.unitId);
    if (!assignment) throw new InvalidForm({ unitId: '这个部门没有承办这件申请。' });
    if (!['found', 'partly', 'none'].includes(given.outcome))
      throw new InvalidForm({ outcome: '请选择检索结果。' });
    const findings = readText('findings', given.findings, '检索的范围、关键词和结果', 4000);
    await writeSearch(ctx.db, ctx.agencyId, assignment.id, {
      outcome: given.outcome,
      findingsSealed: sealNote(ctx.vault, ctx.agencyId, searchPlace(request.id), findings),
      answeredAt: instantOf(ctx.clock),
    });
    const files = await keepFiles(ctx, { formId: request.formId, requestId: request.id }, given.files);
    return {
      after: { unit: given.unitId, outcome: given.outcome, files },
      result: undefined,
    };
  });
}
