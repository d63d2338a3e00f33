import type { FastifyRequest } from 'fastify';
import { Refusal } from '../refusal.ts';

/** Forms and addresses are flat; nothing honest nests deeper. */
const MOST_LEVELS = 20;

/**
 * Refuses text that neither the database nor a page can hold: NUL and halves of surrogate pairs, anywhere in the address
 * or the form. Run before validation, so that no room has to think of it.
 * @throws Refusal 400 `broken-text`
 */
export async function refuseBrokenText({ params, query, body }: FastifyRequest): Promise<void> {
  if ([params, query, body].every((values) => isWhole(values, 0))) return;
  throw new Refusal('broken-text', '地址或填写的内容中含有无法保存的字符，请删去后重新提交。', {
    status: 400,
  });
}

function isWhole(value: unknown, level: number): boolean {
  if (typeof value === 'string') return !value.includes('\0') && value.isWellFormed();
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return true;
  if (level === MOST_LEVELS) return false;
  return Object.entries(value).every(([key, member]) => isWhole(key, level) && isWhole(member, level + 1));
}
