import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { currentCalendar } from '../../areas/calendars/index.ts';
import {
  beginItem,
  decideCleanUp,
  decideValidity,
  draftCleanUpResult,
  findColumnBySlug,
  importItems,
  keepTheRestOf,
  listCleanUps,
  openCleanUp,
  proposeInCleanUp,
  proposeTerm,
  readCleanUp,
  reviewItem,
  submitCleanUp,
  submitItem,
  type VersionContent,
} from '../../areas/catalogue/index.ts';
import { clockAt } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { castOn } from '../people.ts';

const file = z.object({
  documents: z.array(
    z.object({
      number: z.string(),
      formedOn: z.iso.date(),
      unit: z.string(),
      title: z.string(),
      proposal: z.enum(['keep', 'amend', 'repeal', 'expire']),
      reason: z.string(),
      replacement: z.string().optional(),
      /** Days from today to the end of its validity. */
      endsIn: z.int().min(1).optional(),
    }),
  ),
  cleanUp: z.object({ name: z.string(), ground: z.string(), cutoffOn: z.iso.date(), column: z.string() }),
  /** Not yet public: formed so many working days ago. */
  drafts: z.array(z.object({ daysAgo: z.int(), title: z.string(), genre: z.string() })),
  late: z.object({ formedAgo: z.int(), publishedAgo: z.int(), title: z.string(), genre: z.string() }),
  keptBack: z.array(
    z.object({
      monthsAgo: z.int(),
      title: z.string(),
      attribute: z.enum(['closed', 'on-request']),
      reason: z.string(),
    }),
  ),
});
type Given = z.infer<typeof file>;

/** Working days ago that the clean-up was opened; each of its steps follows some days later. */
const OPENED_AGO = 50;
const DECIDED_AGO = 20;

/**
 * Older normative documents with a clean-up that is finished, drafts whose limit runs or is over, and what is to be assessed
 * again: all by the acts of the people of the office, up to today.
 */
export async function loadNormative(ctx: Ctx, dir: string): Promise<void> {
  const given = file.parse(JSON.parse(await readFile(join(dir, 'normative.json'), 'utf8')));
  const today = ctx.clock.today().toString();
  const cast = await castOn(ctx, today);
  const calendar = await currentCalendar(ctx.db, ctx.agencyId);
  const ago = (days: number) => calendar.workingDayAfter(ctx.clock.today(), -days).toString();
  const as = (username: string, on: string): Ctx => ({ ...ctx, clock: clockAt(on), actor: cast(username) });
  const house: House = { ctx, as, ago };
  await importDocuments(ctx, given.documents);
  await cleanUp(house, given);
  await endValidity(house, given);
  await openDrafts(house, given);
  await keepBack(house, given);
}

interface House {
  ctx: Ctx;
  as(username: string, on: string): Ctx;
  /** The day so many working days before today. */
  ago(days: number): string;
}

async function importDocuments(ctx: Ctx, documents: Given['documents']): Promise<void> {
  const records = documents.map(({ number, formedOn, unit, title }, index) => ({
    line: index + 1,
    values: {
      sourceId: `normative-${number}`,
      title,
      body: `各部门、各街道，区内各企业：\n现将《${title.slice(title.indexOf('《') + 1, title.indexOf('》'))}》印发给你们，请认真贯彻执行。`,
      unit,
      formedOn,
      publishedOn: formedOn,
      documentNumber: number,
      kind: '通知',
      subject: '综合政务',
      column: 'normative-documents',
      normative: 'normative',
      channels: ['website'],
    },
  }));
  async function* batch() {
    yield records;
  }
  const { rejected } = await importItems(ctx, batch, {
    strict: true,
    fileName: 'kunming-2018/normative.json',
  });
  const [fault] = rejected;
  if (fault) throw new Error(`normative.json document ${fault.line}: ${fault.field} ${fault.problem}`);
}

async function cleanUp({ ctx, as, ago }: House, given: Given): Promise<void> {
  const officer = as('zhuanyuan', ago(OPENED_AGO));
  const { column, ...about } = given.cleanUp;
  const year = officer.clock.today().year;
  const id = await openCleanUp(officer, {
    ...about,
    name: `${year}年${about.name}`,
    kinds: ['normative'],
    replyBy: ago(OPENED_AGO - 10),
  });
  const { documents } = await readCleanUp(officer, id);
  for (const document of given.documents.filter(({ proposal }) => proposal !== 'keep')) {
    const listed = documents.find(({ documentNumber }) => documentNumber === document.number);
    if (!listed) throw new Error(`normative.json: ${document.number} is in no clean-up`);
    await proposeInCleanUp(as('zhuanyuan', ago(OPENED_AGO - 5)), id, listed.itemId, {
      proposal: document.proposal,
      ground: document.reason,
      replacement: document.replacement ?? '',
    });
  }
  await keepTheRestOf(as('zhuanyuan', ago(OPENED_AGO - 8)), id);
  await submitCleanUp(as('zhuanyuan', ago(OPENED_AGO - 12)), id);
  await decideCleanUp(as('lingdao', ago(DECIDED_AGO)), id, { decidedOn: ago(DECIDED_AGO), opinion: '同意' });
  const columnId = (await findColumnBySlug(ctx.db, ctx.agencyId, column))?.id ?? null;
  const item = await draftCleanUpResult(as('zhuanyuan', ago(DECIDED_AGO - 2)), id, { columnId });
  await reviewed(as, item, 'zhuanyuan', 'jianzhi01', [ago(DECIDED_AGO - 3), ago(DECIDED_AGO - 4)]);
}

/** Through its three steps of review; what is for the public is published by the last. */
async function reviewed(
  as: House['as'],
  item: number,
  author: string,
  last: string,
  [sent, passed]: readonly [string, string],
): Promise<void> {
  const pass = { result: 'passed', opinion: '' } as const;
  await submitItem(as(author, sent), item);
  await reviewItem(as('shenhe', passed), item, { step: 'first', ...pass });
  await reviewItem(as('baomi', passed), item, { step: 'second', ...pass });
  await reviewItem(as(last, passed), item, { step: 'final', ...pass });
}

async function endValidity({ ctx, as, ago }: House, given: Given): Promise<void> {
  for (const { number, endsIn } of given.documents) {
    if (endsIn === undefined) continue;
    const officer = as('zhuanyuan', ago(10));
    const { documents } = await readCleanUp(officer, await latestCleanUp(officer));
    const document = documents.find(({ documentNumber }) => documentNumber === number);
    if (!document) throw new Error(`normative.json: ${number} is not there`);
    const validUntil = ctx.clock.today().add({ days: endsIn }).toString();
    const change = await proposeTerm(officer, document.itemId, {
      validUntil,
      ground: '文件第二十条规定的有效期',
    });
    await decideValidity(as('lingdao', ago(9)), change, { approved: true, opinion: '' });
  }
}

async function latestCleanUp(ctx: Ctx): Promise<number> {
  const [latest] = await listCleanUps(ctx.db, ctx.agencyId);
  if (!latest) throw new Error('the demonstration has had no clean-up');
  return latest.id;
}

const draftOf = (columnId: number | null, more: Partial<VersionContent>): Partial<VersionContent> => ({
  abstract: `${more.title}的内容。`,
  body: `<p>各有关单位：</p><p>现将${more.title}的有关内容予以公布。</p>`,
  columnId,
  subject: '综合政务',
  ...more,
});

async function openDrafts({ ctx, as, ago }: House, given: Given): Promise<void> {
  const columnId = (await findColumnBySlug(ctx.db, ctx.agencyId, 'notices'))?.id ?? null;
  const begin = (on: string, content: Partial<VersionContent>) => {
    const publisher = as('fabu01', on);
    const unitId = publisher.actor.kind === 'staff' ? (publisher.actor.unitId ?? 0) : 0;
    return beginItem(publisher, { unitId, content: draftOf(columnId, content) });
  };
  for (const { daysAgo, title, genre } of given.drafts)
    await begin(ago(Math.min(daysAgo, 2)), { title, genre, formedOn: ago(daysAgo) });
  const { title, genre, formedAgo, publishedAgo } = given.late;
  const item = await begin(ago(publishedAgo + 2), { title, genre, formedOn: ago(formedAgo) });
  await reviewed(as, item, 'fabu01', 'zhuanyuan', [ago(publishedAgo + 1), ago(publishedAgo)]);
}

async function keepBack({ ctx, as }: House, given: Given): Promise<void> {
  const columnId = (await findColumnBySlug(ctx.db, ctx.agencyId, 'notices'))?.id ?? null;
  for (const { monthsAgo, title, attribute, reason } of given.keptBack) {
    const on = ctx.clock.today().subtract({ months: monthsAgo });
    const publisher = as('fabu01', on.toString());
    const unitId = publisher.actor.kind === 'staff' ? (publisher.actor.unitId ?? 0) : 0;
    const formedOn = on.subtract({ days: 7 }).toString();
    const content = draftOf(columnId, { title, genre: '其他', formedOn, attribute, attributeReason: reason });
    const item = await beginItem(publisher, { unitId, content });
    await reviewed(as, item, 'fabu01', 'zhuanyuan', [on.toString(), on.add({ days: 1 }).toString()]);
  }
}
