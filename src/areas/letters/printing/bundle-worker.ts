import { answerOrders } from '../../../core/threads/program.ts';
import { type BundleOrder, bundlePdf } from '../print/bundle.ts';

/** What runs in the binding thread: the files of a case may be anything. */
answerOrders(async (order: BundleOrder) => ({ bytes: await bundlePdf(order) }));
