import { UnreadableFile } from '../../../core/spreadsheet/limits.ts';
import { answerOrders } from '../../../core/threads/program.ts';
import { readReportFile } from '../index.ts';
import type { Outcome, ReadingOrder } from './index.ts';

/** What runs in the reading thread. A refused file is an answer, not a fault. */
answerOrders(async ({ file, hints }: ReadingOrder): Promise<Outcome> => {
  try {
    return { report: await readReportFile(file, hints) };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { refused: { fault: error.fault, message: error.message } };
  }
});
