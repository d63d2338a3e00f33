import { openDocument } from '../../../annual-report/reading/files/index.ts';
import { UnreadableFile } from '../../../core/spreadsheet/index.ts';
import { answerOrders } from '../../../core/threads/program.ts';
import type { ReadingOrder, ReadingOutcome } from './index.ts';
import { attachmentText, LIMITS } from './text.ts';

/** What runs in the thread. A refused file is an answer, not a fault. */
answerOrders(async (order: ReadingOrder): Promise<ReadingOutcome> => {
  try {
    return attachmentText(await openDocument(order, LIMITS));
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { refused: error.fault };
  }
});
