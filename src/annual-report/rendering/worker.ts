import { answerOrders } from '../../core/threads/program.ts';
import { renderers } from '../render/index.ts';
import type { Order } from './queue.ts';

/** What runs in the rendering thread. */
answerOrders(async ({ report, kind }: Order) => ({ bytes: await renderers[kind].render(report) }));
