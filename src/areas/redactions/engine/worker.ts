import { UnreadableFile } from '../../../core/spreadsheet/index.ts';
import { answerOrders } from '../../../core/threads/program.ts';
import { charPlaces, coverPage, drawForScreen, find, indexPages, prepare } from './orders.ts';
import type { Answered, RedactionOrder } from './queue.ts';

/** What runs in the redaction thread. */
answerOrders(async (order: RedactionOrder): Promise<{ answer: Answered } | { refused: object }> => {
  try {
    return { answer: await answer(order) };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { refused: { fault: error.fault, message: error.message } };
  }
});

async function answer(order: RedactionOrder): Promise<Answered> {
  switch (order.do) {
    case 'prepare':
      return { prepared: await prepare(order.files) };
    case 'draw':
      return { image: await drawForScreen(order.pdf, order.page, order.dpi, order.boxes) };
    case 'cover':
      return { page: await coverPage(order.pdf, order.page, order.boxes) };
    case 'index':
      return { pages: await indexPages(order.boxes, order.words) };
    case 'find':
      return { found: await find(order.pdf, order.queries, order) };
    case 'places':
      return { places: await charPlaces(order.pdf, order.page) };
  }
}
