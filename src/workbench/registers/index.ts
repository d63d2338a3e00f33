import { formatForYear } from '../../annual-report/index.ts';
import type { App } from '../../app.ts';
import { may } from '../../areas/organisations/index.ts';
import { countingsOf, entriesPage, entriesTotal, registers } from '../../areas/registers/index.ts';
import type { Ctx } from '../../core/context.ts';
import { formatDate } from '../../ui/index.ts';
import type { Room, SearchHit, Task } from '../room.ts';
import { entryRoutes } from './entry-routes.tsx';
import { importRoutes } from './import-routes.tsx';
import { listRoutes } from './routes.tsx';
import { signedYears } from './signed.ts';
import { addressOf, nameOf, REGISTERS } from './words.ts';

export const registersRoom = (app: App): Room => ({
  key: 'registers',
  nav: [{ label: '台账', href: REGISTERS, icon: 'notebook', group: '填报与台账', act: 'registers.read' }],
  tasks: emptyRegisters,
  search: searchTitles,
  routes: async (server) => {
    await server.register(listRoutes(app));
    await server.register(entryRoutes(app));
    await server.register(importRoutes(app));
  },
});

/**
 * From October until the report is signed: registers of the year that its report counts from and that hold nothing yet.
 * Nothing may truly have happened, so this is a hint without a due date.
 */
async function emptyRegisters(ctx: Ctx): Promise<Task[]> {
  if (!may(ctx.actor, 'registers.write')) return [];
  const { year: thisYear, month } = ctx.clock.today();
  if (month > 3 && month < 10) return [];
  const year = month <= 3 ? thisYear - 1 : thisYear;
  const asked = new Set(
    (formatForYear(year)?.tables ?? []).flatMap(({ sections }) =>
      sections.flatMap(({ rows }) => rows.flatMap(({ figures }) => Object.values(figures ?? {}))),
    ),
  );
  if ((await signedYears(ctx)).includes(year)) return [];
  const counted = Object.values(registers).filter(({ key }) =>
    countingsOf(key).some(({ code }) => asked.has(code)),
  );
  const tasks = counted.map(async (register): Promise<Task[]> => {
    const filter = register.endField ? { on: `${year}-12-31` } : { year };
    const { entries } = await entriesTotal(ctx.db, register, ctx.agencyId, filter);
    if (entries > 0) return [];
    return [
      {
        title: `${year}年${register.label}还没有内容`,
        href: addressOf(register),
        verb: '登记',
        due: null,
        detail: '年度报告直接从台账统计；确实没有的不必登记。',
      },
    ];
  });
  return (await Promise.all(tasks)).flat();
}

async function searchTitles(ctx: Ctx, query: string, limit: number): Promise<SearchHit[]> {
  if (!may(ctx.actor, 'registers.read')) return [];
  const hits = await Promise.all(
    Object.values(registers).map(async (register) => {
      const { entries } = await entriesPage(ctx.db, register, ctx.agencyId, { text: query }, null, limit);
      return entries.map((entry) => ({
        kind: register.label,
        title: nameOf(register, entry),
        detail: [formatDate(String(entry.values[register.dateField])), entry.values.kind, entry.unitName]
          .filter(Boolean)
          .join(' · '),
        href: addressOf(register, `/${entry.id}`),
      }));
    }),
  );
  return hits.flat().slice(0, limit);
}
