import {
  acceptRequest,
  dispatchReply,
  draftReply,
  emptyReply,
  readCase,
  registerForm,
  reviewReply,
  signReply,
  submitReply,
} from '../../src/areas/requests/index.ts';
import { aForm, type Office } from './requests.ts';

export type Draft = Parameters<typeof draftReply>[2];

/** Everything asked for is made public. */
export const granted: Draft = {
  kindCode: 'B1.2',
  content: { ...emptyReply, told: '随本答复书邮寄', provided: '《方案》，共3页' },
};

/** How an ordinary request goes through an office; days are ISO text. */
export function ordinaryCase(office: Office) {
  const officer = (on: string) => office.as('disclosure-officer', on);
  const handler = (on: string) => office.as('case-handler', on);
  const send = (id: number, on: string) =>
    dispatchReply(officer(on), { id }, { method: 'post', on, trackingNumber: 'EMS123' });
  const signed = async (id: number, on: string, draft: Draft = granted): Promise<void> => {
    await draftReply(handler(on), { id }, draft);
    await submitReply(handler(on), { id });
    await reviewReply(office.as('unit-head', on), { id }, 'legal', { result: 'approved', opinion: '' });
    await reviewReply(office.as('secrecy-reviewer', on), { id }, 'secrecy', {
      result: 'approved',
      opinion: '',
    });
    await signReply(office.as('leader', on), { id });
  };
  return {
    officer,
    handler,
    /** The case as the officer sees it. */
    view: (id: number, on: string) => readCase(officer(on), id),
    /** One that was handed in and accepted on the day. */
    accepted: async (on: string): Promise<number> => {
      const { requestId } = await registerForm(officer(on), aForm({ submittedOn: on }));
      await acceptRequest(officer(on), { id: requestId }, { unitId: office.unitId, handlerId: null });
      return requestId;
    },
    /** Drafted, reviewed and signed on the day. */
    signed,
    /** By post, on the day. */
    send,
    answered: async (id: number, on: string, draft?: Draft): Promise<void> => {
      await signed(id, on, draft);
      await send(id, on);
    },
  };
}
