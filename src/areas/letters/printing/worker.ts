import { answerOrders } from '../../../core/threads/program.ts';
import { letterDocx } from '../print/docx.ts';
import { letterPdf, sheetPdf } from '../print/pdf.ts';
import { sheetDocx } from '../print/sheet-docx.ts';
import type { PrintOrder } from './index.ts';

/** What runs in the printing thread. */
answerOrders(async (order: PrintOrder) => ({ bytes: await print(order) }));

async function print(order: PrintOrder): Promise<Uint8Array> {
  if ('sheet' in order) return order.kind === 'sheet' ? sheetPdf(order.sheet) : sheetDocx(order.sheet);
  return order.kind === 'pdf' ? letterPdf(order.letter) : letterDocx(order.letter);
}
