import type { Ctx } from '../../core/context.ts';
import { NotFound } from '../../core/refusal.ts';
import { lawSettingsOf } from '../../law/index.ts';
import { findAgencyById } from '../organisations/index.ts';
import type { Sender } from './letter-text.ts';
import { letterSettingsOf } from './settings.ts';

/** The agency of the context as its letters show it. */
export async function senderOf(ctx: Pick<Ctx, 'db' | 'agencyId'>): Promise<Sender> {
  const agency = await findAgencyById(ctx.db, ctx.agencyId);
  if (!agency) throw new NotFound('没有找到这个机构。');
  return {
    name: agency.name,
    site: agency.site,
    letters: letterSettingsOf(agency),
    law: lawSettingsOf(agency.settings),
  };
}
