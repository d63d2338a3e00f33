import type { FastifyInstance } from 'fastify';

export interface BodyPatience {
  /** A form without files has to be here after so long. */
  ms: number;
  /** Of a form with files so much has to come in each such time, however long it takes in all. */
  leastBytes: number;
}

/** 200 MB at the slowest take about six hours. */
const usual: BodyPatience = { ms: 120_000, leastBytes: 2 ** 20 };

/**
 * Ends connections whose body does not come. Node's own `requestTimeout` knows one bound for all requests, and would end an
 * upload of hundreds of megabytes that comes steadily over a slow line.
 */
export function endSlowBodies(server: FastifyInstance, { ms, leastBytes }: BodyPatience = usual): void {
  server.addHook('onRequest', (request, reply, done) => {
    const { raw, headers } = request;
    if (headers['transfer-encoding'] === undefined && !Number(headers['content-length'] ?? 0)) return done();
    const steady = headers['content-type']?.startsWith('multipart/form-data') ?? false;
    let before = raw.socket.bytesRead;
    const look = setInterval(() => {
      const now = raw.socket.bytesRead;
      if (raw.complete) clearInterval(look);
      else if (!(steady && now - before >= leastBytes)) raw.destroy();
      before = now;
    }, ms).unref();
    for (const end of [raw, reply.raw]) end.once('close', () => clearInterval(look));
    done();
  });
}
