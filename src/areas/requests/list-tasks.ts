import type { Ctx } from '../../core/context.ts';
import { currentCalendar } from '../calendars/index.ts';
import { may } from '../organisations/index.ts';
import { listRequests, type QueuedRequest, withDaysLeft } from './list.ts';
import { everything, type ListFilter } from './list-filter.ts';
import { chosenRequests } from './list-store.ts';
import { waitingForExtension, waitingForReview } from './list-task-store.ts';

/** What is asked of a person, e.g. `审核`, on which request. */
export interface RequestTask {
  verb: string;
  request: QueuedRequest;
}

const MOST = 20;

/** What waits for the actor, at most twenty of a kind, the first due first; late ones are among them. */
export async function requestTasks(ctx: Ctx): Promise<RequestTask[]> {
  const { actor, db, agencyId } = ctx;
  if (actor.kind !== 'staff' || !may(actor, 'requests.read')) return [];
  const { staffId } = actor;
  const filtered = async (verb: string, filter: Partial<ListFilter>): Promise<RequestTask[]> => {
    const { items } = await listRequests(ctx, { ...everything, ...filter }, { sort: 'due', limit: MOST });
    return items.map((request) => ({ verb, request }));
  };
  const chosen = async (verb: string, ids: readonly number[]): Promise<RequestTask[]> => {
    if (ids.length === 0) return [];
    const calendar = await currentCalendar(db, agencyId);
    const rows = await chosenRequests(db, agencyId, null, ids);
    return rows.map((row) => ({ verb, request: withDaysLeft(row, ctx.clock.today(), calendar) }));
  };
  const lists: Promise<RequestTask[]>[] = [];
  if (may(actor, 'requests.register')) lists.push(filtered('确认', { group: 'unconfirmed' }));
  if (may(actor, 'requests.check')) lists.push(filtered('审查', { group: 'registered' }));
  if (may(actor, 'requests.handle')) lists.push(filtered('承办', { group: 'handling', handlerId: staffId }));
  if (may(actor, 'requests.review-legal'))
    lists.push(waitingForReview(db, agencyId, 'legal', staffId, MOST).then((ids) => chosen('审核', ids)));
  if (may(actor, 'requests.review-secrecy'))
    lists.push(
      waitingForReview(db, agencyId, 'secrecy', staffId, MOST).then((ids) => chosen('保密审查', ids)),
    );
  if (may(actor, 'requests.approve-extension'))
    lists.push(waitingForExtension(db, agencyId, MOST).then((ids) => chosen('审批延期', ids)));
  if (may(actor, 'requests.sign')) lists.push(filtered('签发', { group: 'signing' }));
  if (may(actor, 'requests.dispatch')) lists.push(filtered('发出', { group: 'signed' }));
  return (await Promise.all(lists)).flat();
}
