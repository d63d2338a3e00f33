import { OrderTimedOut, startThread, type Thread, ThreadLost, type ThreadPlan } from './thread.ts';

export interface OrderQueue<Order, Result> {
  /** @throws what the plan says for a full line, a slow order and the end of the program; else the order's own fault */
  perform(order: Order): Promise<Result>;
  close(): Promise<void>;
}

export interface QueuePlan<Order> extends ThreadPlan {
  /** Names an order for messages to operators, e.g. `rendering pdf`. */
  nameOf(order: Order): string;
  /** How many orders may wait behind the one in work. */
  waiting: number;
  timeoutMs: number;
  /** A thread without work for so long is ended. */
  idleMs: number;
  busy(): Error;
  slow(cause: OrderTimedOut): Error;
  closed(): Error;
}

interface Waiting<Order, Result> {
  order: Order;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/** One thread for all orders, started with the first of them and kept warm; orders are taken in turn. */
export function openQueue<Order, Result>(plan: QueuePlan<Order>): OrderQueue<Order, Result> {
  const line: Waiting<Order, Result>[] = [];
  let thread: Thread<Order, Result> | null = null;
  let working: Promise<void> | null = null;
  let closed = false;
  let idle: NodeJS.Timeout | undefined;

  async function workOff(): Promise<void> {
    clearTimeout(idle);
    for (let next = line.shift(); next; next = line.shift()) {
      await perform(next.order).then(next.resolve, next.reject);
    }
    working = null;
    idle = setTimeout(endThread, plan.idleMs).unref();
  }

  async function perform(order: Order): Promise<Result> {
    try {
      return await attempt(order);
    } catch (error) {
      // What earlier orders left behind may have ended the thread: the order is tried once more in a new one.
      if (error instanceof ThreadLost && !closed) return attempt(order);
      throw error;
    }
  }

  async function attempt(order: Order): Promise<Result> {
    if (closed) throw plan.closed();
    thread ??= startThread(plan);
    try {
      return await thread.perform(order, plan.nameOf(order), plan.timeoutMs);
    } catch (error) {
      if (closed) throw plan.closed();
      throw error instanceof OrderTimedOut ? plan.slow(error) : error;
    } finally {
      if (thread?.isSpent()) endThread();
    }
  }

  /** Not waited for: native code ends only when it returns. */
  function endThread(): void {
    void thread?.stop();
    thread = null;
  }

  return {
    async perform(order) {
      if (closed) throw plan.closed();
      if (line.length >= plan.waiting) throw plan.busy();
      const { promise, resolve, reject } = Promise.withResolvers<Result>();
      line.push({ order, resolve, reject });
      working ??= workOff();
      return promise;
    },
    async close() {
      closed = true;
      await thread?.stop();
      await working;
      clearTimeout(idle);
    },
  };
}
