import { answerOrders } from '../../../core/threads/program.ts';
import { issuePdf } from '../print/pdf.ts';
import type { PrintOrder } from '../print/printable.ts';

/** What runs in the typesetting thread: texts and pictures may be anything. */
answerOrders(async (order: PrintOrder) => ({ bytes: issuePdf(order) }));
