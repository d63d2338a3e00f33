import { Temporal } from 'temporal-polyfill';
import { UnreadableFile } from '../../../../core/spreadsheet/index.ts';
import { answerOrders } from '../../../../core/threads/program.ts';
import { cleanBytes, inspectBytes } from '../inspect.ts';
import type { InspectionOrder, InspectionOutcome } from './index.ts';

/** What runs in the inspecting thread. A refused file is an answer, not a fault. */
answerOrders(async ({ bytes, name, today, clean }: InspectionOrder): Promise<InspectionOutcome> => {
  const options = { name, today: Temporal.PlainDate.from(today) };
  try {
    if (clean) return await cleanBytes(bytes, clean, options);
    return { bytes: new Uint8Array(), name, left: await inspectBytes(bytes, options) };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { refused: { fault: error.fault, message: error.message } };
  }
});
