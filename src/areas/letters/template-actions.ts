import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { NotFound, Refusal } from '../../core/refusal.ts';
import { visibleLine, visibleText } from '../../core/visible-text.ts';
import { record, sm3 } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import { fieldsOf } from './kinds.ts';
import { checkWording } from './rules.ts';
import * as store from './template-store.ts';
import { defaultWording, templateLabel, templateOf, type Wording } from './templates/index.ts';

/** The wording that applies to the agency now: its own, else the default. */
export async function currentWording(ctx: Pick<Ctx, 'db' | 'agencyId'>, key: string): Promise<Wording> {
  const own = await store.newestVersion(ctx.db, ctx.agencyId, key);
  return own ? wordingOf(own) : defaultWording(key);
}

/** What a version says; the default where it restored that. */
export function wordingOf({
  key,
  title,
  body,
}: Pick<store.TemplateVersion, 'key' | 'title' | 'body'>): Wording {
  return title === null || body === null ? defaultWording(key) : { title, body };
}

/**
 * Keeps the agency's own wording as a new version. `base` is the version the editor began from, 0 for the default.
 * @throws InvalidForm naming unknown fields; Refusal `template-overtaken` when another person saved in between
 */
export async function editTemplate(ctx: Ctx, key: string, wording: Wording, base: number): Promise<void> {
  demand(ctx.actor, 'letters.edit-templates');
  const kind = templateOf(key)?.kind;
  if (!kind) throw new NotFound('没有这个文书模板。');
  const clean = { title: visibleLine(wording.title), body: visibleText(wording.body).trim() };
  checkWording(clean, fieldsOf(kind));
  await add(ctx, key, clean, base);
}

/** Back to the default wording, as one more version. */
export async function restoreTemplate(ctx: Ctx, key: string, base: number): Promise<void> {
  demand(ctx.actor, 'letters.edit-templates');
  if (!templateOf(key)) throw new NotFound('没有这个文书模板。');
  await add(ctx, key, null, base);
}

async function add(ctx: Ctx, key: string, wording: Wording | null, base: number): Promise<void> {
  await transact(ctx, async (within) => {
    const before = await store.newestVersion(within.db, ctx.agencyId, key);
    const version = (before?.version ?? 0) + 1;
    const written =
      base === version - 1 &&
      (await store.insertVersion(within.db, ctx.agencyId, {
        key,
        version,
        title: wording?.title ?? null,
        body: wording?.body ?? null,
        byName: ctx.actor.name,
        byId: ctx.actor.kind === 'staff' ? ctx.actor.staffId : null,
        at: instantOf(ctx.clock),
      }));
    if (!written) {
      const by = before ? `（${before.byName}）` : '';
      throw new Refusal(
        'template-overtaken',
        `您打开页面之后，其他人员${by}修改了这个模板。您的修改没有保存，请打开最新内容后再改。`,
      );
    }
    const told = wording ?? defaultWording(key);
    await record(within, {
      act: wording === null ? 'letters.restore-template' : 'letters.edit-template',
      subject: { kind: 'letter-template', id: key, label: templateLabel(key) },
      after: { version, title: told.title, body: told.body, digest: sm3(`${told.title}\n${told.body}`) },
    });
  });
}
