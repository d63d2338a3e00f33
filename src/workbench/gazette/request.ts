import type { FastifyReply } from 'fastify';
import { InvalidForm, Refusal } from '../../core/refusal.ts';
import type { Answer } from '../../ui/index.ts';
import { issueAddress } from './addresses.ts';

/** Does it, says so, and goes back; what cannot be done now is said on the page it came from. */
export async function doing(
  reply: FastifyReply,
  issueId: number,
  act: () => Promise<string | null>,
  back = issueAddress(issueId),
): Promise<Answer> {
  try {
    const done = await act();
    if (done !== null) reply.flash('success', done);
  } catch (error) {
    reply.flash('danger', wordsOf(error));
  }
  return reply.redirect(back, 303);
}

/** A refusal that depends on the moment, in its words; everything else is for the error handler. */
export function wordsOf(error: unknown): string {
  if (error instanceof InvalidForm) return Object.values(error.fields).join(' ').slice(0, 400);
  if (error instanceof Refusal && error.status === 409) return error.message.slice(0, 400);
  throw error;
}
