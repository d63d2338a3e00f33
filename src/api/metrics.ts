import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Pool } from 'pg';

/** Upper ends in seconds; the last bucket is +Inf. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

interface Series {
  method: string;
  route: string;
  status: number;
  counts: number[];
  sum: number;
}

export interface Metrics {
  /** Prometheus text exposition, version 0.0.4. */
  text(pool: Pool): string;
}

declare module 'fastify' {
  interface FastifyInstance {
    metrics: Metrics;
  }
}

/**
 * Times every request of the whole server; register it before the faces. Routes, not addresses, are the label, so that
 * neither the number of series nor what they tell depends on visitors.
 */
export async function measureRequests(server: FastifyInstance): Promise<void> {
  const series = new Map<string, Series>();
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  server.addHook('onClose', async () => delay.disable());
  server.addHook('onResponse', (request, reply, done) => {
    const { method } = request;
    const route = routeOf(request);
    const key = `${method} ${route} ${reply.statusCode}`;
    let own = series.get(key);
    if (!own) {
      own = { method, route, status: reply.statusCode, counts: BUCKETS.map(() => 0).concat(0), sum: 0 };
      series.set(key, own);
    }
    const seconds = reply.elapsedTime / 1000;
    const bucket = BUCKETS.findIndex((end) => seconds <= end);
    own.counts[bucket === -1 ? BUCKETS.length : bucket]! += 1;
    own.sum += seconds;
    done();
  });
  server.decorate('metrics', {
    text: (pool) =>
      [...durations(series.values()), ...processGauges(delay.mean / 1e9), ...poolGauges(pool), ''].join('\n'),
  });
}
// Without a scope of its own, so that the hook sees the routes of every face.
Object.assign(measureRequests, { [Symbol.for('skip-override')]: true });

function routeOf(request: FastifyRequest): string {
  return request.is404 ? 'unknown' : (request.routeOptions.url ?? 'unknown');
}

function* durations(all: Iterable<Series>): Generator<string> {
  yield '# HELP gongkai_http_request_duration_seconds Time to answer, by route.';
  yield '# TYPE gongkai_http_request_duration_seconds histogram';
  for (const { method, route, status, counts, sum } of all) {
    const labels = `method="${labelText(method)}",route="${labelText(route)}",status="${status}"`;
    let total = 0;
    for (const [index, count] of counts.entries()) {
      total += count;
      const end = BUCKETS[index] ?? '+Inf';
      yield `gongkai_http_request_duration_seconds_bucket{${labels},le="${end}"} ${total}`;
    }
    yield `gongkai_http_request_duration_seconds_sum{${labels}} ${sum}`;
    yield `gongkai_http_request_duration_seconds_count{${labels}} ${total}`;
  }
}

function processGauges(eventLoopDelay: number): string[] {
  const memory = process.memoryUsage();
  const cpu = process.cpuUsage();
  return [
    ...metric('process_cpu_seconds_total', 'counter', 'CPU time used.', (cpu.user + cpu.system) / 1e6),
    ...metric('process_resident_memory_bytes', 'gauge', 'Resident memory.', memory.rss),
    ...metric('nodejs_heap_size_used_bytes', 'gauge', 'Heap in use.', memory.heapUsed),
    ...metric(
      'process_start_time_seconds',
      'gauge',
      'Start, since the epoch.',
      Date.now() / 1000 - process.uptime(),
    ),
    ...metric(
      'nodejs_eventloop_delay_seconds',
      'gauge',
      'Mean delay of the event loop.',
      Number.isNaN(eventLoopDelay) ? 0 : eventLoopDelay,
    ),
  ];
}

function poolGauges(pool: Pool): string[] {
  return [
    ...metric('gongkai_db_connections', 'gauge', 'Connections to the database.', pool.totalCount),
    ...metric('gongkai_db_connections_idle', 'gauge', 'Connections without work.', pool.idleCount),
    ...metric('gongkai_db_connections_max', 'gauge', 'Most connections allowed.', pool.options.max),
    ...metric('gongkai_db_waiting', 'gauge', 'Queries waiting for a connection.', pool.waitingCount),
  ];
}

function metric(name: string, type: 'counter' | 'gauge', help: string, value: number): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, `${name} ${value}`];
}

function labelText(text: string): string {
  return text.replace(/["\\\n]/g, '_');
}
