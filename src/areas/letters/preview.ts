import type { Ctx } from '../../core/context.ts';
import { NotFound } from '../../core/refusal.ts';
import { demand } from '../organisations/index.ts';
import { type FieldKey, fields, type LetterFields } from './fields.ts';
import { fieldsOf, type LetterKind } from './kinds.ts';
import { type ComposedLetter, composeText } from './letter-text.ts';
import { checkWording } from './rules.ts';
import { senderOf } from './sender.ts';
import { templateOf, type Wording } from './templates/index.ts';

/** Written by ourselves in every letter, so that samples must not stand in for it. */
const OWN: readonly FieldKey[] = ['applicant', 'you', 'basis', 'agency', 'phone', 'address', 'officeHours'];

/**
 * A letter on this wording with sample data, as of today.
 * @throws InvalidForm when the wording is not sound; NotFound for a key without a template
 */
export async function previewTemplate(
  ctx: Ctx,
  key: string,
  wording: Wording,
): Promise<ComposedLetter & { kind: LetterKind }> {
  demand(ctx.actor, 'letters.edit-templates');
  const found = templateOf(key);
  if (!found) throw new NotFound('没有这个文书模板。');
  checkWording(wording, fieldsOf(found.kind));
  const samples = Object.fromEntries(
    (Object.keys(fields) as FieldKey[])
      .filter((field) => !OWN.includes(field))
      .map((field) => [field, fields[field].sample]),
  ) as LetterFields;
  const order = {
    ...found,
    requestId: null,
    formId: 0,
    recipient: { name: fields.applicant.sample, address: '', postcode: '', contact: '' },
    fields: samples,
    issuedOn: ctx.clock.today(),
    signedBy: null,
  };
  return { ...composeText(order, wording, await senderOf(ctx)), kind: found.kind };
}
