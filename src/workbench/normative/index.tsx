import type { App } from '../../app.ts';
import {
  countOpenChanges,
  endingDocuments,
  listCleanUps,
  openChanges,
  readCleanUp,
} from '../../areas/catalogue/index.ts';
import { may } from '../../areas/organisations/index.ts';
import type { Ctx } from '../../core/context.ts';
import type { Room, Task } from '../room.ts';
import { cleanUpAddress, documentAddress, NORMATIVE } from './addresses.ts';
import { cleanUpRoutes } from './clean-up-routes.tsx';
import { registerRoutes } from './register-routes.tsx';

/** 规范性文件: the register, validity, clean-ups. */
export const normativeRoom = (app: App): Room => ({
  key: 'normative',
  nav: [
    {
      label: '规范性文件',
      href: NORMATIVE,
      icon: 'gavel',
      group: '主动公开',
      act: 'catalogue.read',
      count: ({ db, agencyId }) => countOpenChanges(db, agencyId),
    },
  ],
  tasks,
  routes: async (server) => {
    await server.register(cleanUpRoutes(app));
    await server.register(registerRoutes(app));
  },
});

/** Days before its end at which a document is on the list of its unit. */
const AHEAD = 30;

async function tasks(ctx: Ctx): Promise<Task[]> {
  if (!may(ctx.actor, 'catalogue.read')) return [];
  return [...(await changesToDecide(ctx)), ...(await cleanUpTasks(ctx)), ...(await ending(ctx))];
}

async function changesToDecide(ctx: Ctx): Promise<Task[]> {
  const { actor } = ctx;
  if (!may(actor, 'catalogue.decide-validity') || actor.kind !== 'staff') return [];
  const changes = await openChanges(ctx.db, ctx.agencyId, 50);
  return changes
    .filter(({ proposedBy }) => proposedBy !== actor.staffId)
    .map((change) => ({
      title: change.title,
      href: documentAddress(change.itemId),
      verb: '审核',
      due: null,
      detail: `有效性变更，${change.unitName}`,
    }));
}

async function cleanUpTasks(ctx: Ctx): Promise<Task[]> {
  const cleanUps = await listCleanUps(ctx.db, ctx.agencyId);
  const tasks: Task[] = [];
  for (const { id, name, state, replyBy, resultItem } of cleanUps) {
    if (state === 'dropped' || (state === 'decided' && resultItem !== null)) continue;
    const { documents, moves, ownUnit, cleanUp } = await readCleanUp(ctx, id);
    const task = { title: name, href: cleanUpAddress(id), detail: '文件清理' };
    const mine = documents.filter(
      ({ unitId, proposal }) => proposal === null && (ownUnit === null || ownUnit === unitId),
    );
    if (moves.propose === null && mine.length > 0)
      tasks.push({
        ...task,
        verb: '提出意见',
        due: replyBy,
        detail: `文件清理，还有 ${mine.length} 份没有意见`,
      });
    else if (moves.submit === null) tasks.push({ ...task, verb: '提请决定', due: null });
    if (moves.decide === null) tasks.push({ ...task, verb: '决定', due: null });
    if (moves['draft-result'] === null && cleanUp.resultItem === null)
      tasks.push({ ...task, verb: '公布结果', due: null });
  }
  return tasks;
}

async function ending(ctx: Ctx): Promise<Task[]> {
  const { actor } = ctx;
  if (!may(actor, 'catalogue.validity') || actor.kind !== 'staff') return [];
  const until = ctx.clock.today().add({ days: AHEAD }).toString();
  const everyUnit = may(actor, 'catalogue.clean-up');
  const documents = await endingDocuments(ctx.db, ctx.agencyId, until, 50);
  return documents
    .filter(({ unitId }) => everyUnit || unitId === actor.unitId)
    .map((document) => ({
      title: document.title,
      href: documentAddress(document.id),
      verb: '有效期届满',
      due: document.validUntil,
      detail: `规范性文件，${document.unitName}`,
    }));
}
