import type { App } from '../../app.ts';
import { letterKinds, letterNumbered } from '../../areas/letters/index.ts';
import { may } from '../../areas/organisations/index.ts';
import type { Ctx } from '../../core/context.ts';
import { normaliseDocumentNumber } from '../../law/index.ts';
import { formatDate } from '../../ui/index.ts';
import type { Room, SearchHit } from '../room.ts';
import { LETTERS } from './addresses.ts';
import { registerRoutes } from './register-routes.tsx';
import { settingsRoutes } from './settings-routes.tsx';
import { templateRoutes } from './template-routes.tsx';

/** 文书: the register of numbers, the wordings, how letters are numbered and closed. */
export const lettersRoom = (app: App): Room => ({
  key: 'letters',
  nav: [{ label: '文书', href: LETTERS, icon: 'certificate', group: '依申请公开', act: 'letters.list' }],
  search: byNumber,
  routes: async (server) => {
    await server.register(registerRoutes(app));
    await server.register(templateRoutes(app));
    await server.register(settingsRoutes(app));
  },
});

/** A whole 发文字号 leads to the case of its letter. */
async function byNumber(ctx: Ctx, query: string): Promise<SearchHit[]> {
  if (!may(ctx.actor, 'letters.list')) return [];
  const number = normaliseDocumentNumber(query);
  const letter = number.length <= 40 ? await letterNumbered(ctx.db, ctx.agencyId, number) : null;
  if (!letter) return [];
  return [
    {
      kind: '文书',
      title: number,
      detail: `${letterKinds[letter.kind].label}，${formatDate(letter.issuedOn)}`,
      href:
        letter.requestId === null
          ? `${LETTERS}?year=${letter.issuedOn.slice(0, 4)}`
          : `/workbench/requests/${letter.requestId}`,
    },
  ];
}
