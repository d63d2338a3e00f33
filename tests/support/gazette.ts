import { sql } from 'kysely';
import type { VersionContent } from '../../src/areas/catalogue/index.ts';
import { amendItem, beginItem, openVersion, saveDraft } from '../../src/areas/catalogue/index.ts';
import { channelFigures } from '../../src/areas/channels/index.ts';
import { addEntries, beginIssue } from '../../src/areas/gazette/compose-actions.ts';
import { noteErratum, reviewErratum } from '../../src/areas/gazette/erratum-actions.ts';
import { publishIssue } from '../../src/areas/gazette/publish-actions.ts';
import { reviewIssue, submitIssue } from '../../src/areas/gazette/review-actions.ts';
import type { Db } from '../../src/core/db.ts';
import { anItem, openPublishingOffice, submitAndPass } from './catalogue.ts';

/** The day on which its people act unless a test says another. */
export const GAZETTE_DAY = '2018-03-06';
/** The part of the contents that its documents are put in. */
export const SECTION = '政府文件';
const passed = { result: 'passed', opinion: '' } as const;

let opened = 0;

/** An office of its own that has printed no issue yet, with the acts that bring one about. */
export async function openGazette(db: Db) {
  opened += 1;
  const office = await openPublishingOffice(db, `gazette${opened}`);
  const { agencyId } = office;
  const on = GAZETTE_DAY;
  const jobs: object[] = [];
  const officer = (day = on) => ({
    ...office.as('disclosure-officer', day),
    jobs: {
      async enqueue(_db: unknown, name: string, payload?: object) {
        jobs.push({ name, ...payload });
      },
    },
  });
  const leader = (day = on) => office.as('leader', day);

  const reviewed = (id: number) => submitAndPass(office, id, on);

  /** An item that is public and chose the gazette. */
  async function publicItem(content: Partial<VersionContent> = {}): Promise<number> {
    const given = {
      ...anItem,
      columnId: office.columnId,
      channels: ['website', 'gazette'] as const,
      ...content,
    };
    const id = await beginItem(office.as('publisher', on), { unitId: office.unitId, content: given });
    await reviewed(id);
    return id;
  }

  async function amended(id: number, title: string): Promise<void> {
    await amendItem(office.as('publisher', on), id);
    const draft = (await openVersion(db, agencyId, id))!;
    await saveDraft(office.as('publisher', on), id, draft.revision, {
      ...draft,
      title,
      amendment: '更正标题。',
    });
    await reviewed(id);
  }

  let begun = 0;
  /** An issue with these items that has passed its review. */
  async function ready(items: number[], day = on): Promise<number> {
    begun += 1;
    const id = await beginIssue(officer(day), { name: `三月之${begun}` });
    await addEntries(officer(day), id, { itemIds: items, section: SECTION });
    await submitIssue(officer(day), id);
    await reviewIssue(leader(day), id, passed);
    return id;
  }

  /** An issue with one item that is out. */
  async function out(day = on): Promise<number> {
    const id = await ready([await publicItem()], day);
    await publishIssue(officer(day), id);
    return id;
  }

  /** A correction noted by one and passed by another. */
  async function corrected(id: number, given: { notice: string; itemId: number | null }): Promise<void> {
    const erratumId = await noteErratum(officer(), id, given);
    await reviewErratum(leader(), id, { erratumId, ...passed });
  }

  /** What row 1.2.1 counts in 2018. */
  async function counted(): Promise<number> {
    const figure = channelFigures.find(({ code }) => code === 'channels.gazette')!;
    const period = { agencyId, from: '2018-01-01', to: '2018-12-31' };
    return (await figure.count!(db, period as never)).records;
  }

  /** Posts of an item in the gazette, the oldest first. */
  async function posts(itemId: number) {
    const { rows } = await sql<{ state: string; address: string; on: string | null }>`
      SELECT state, address, posted_on AS "on" FROM channel_posts
      WHERE item_id = ${itemId} AND channel = 'gazette' ORDER BY id`.execute(db);
    return rows;
  }

  return { ...office, jobs, officer, leader, publicItem, amended, ready, out, corrected, counted, posts };
}
