import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Stopping takes less than five seconds, whatever still hangs. */
const PATIENCE_MS = 4800;

export interface StopSignals {
  /** Resolves with the exit code that tells of the signal, once somebody asks the process to stop. */
  asked: Promise<number>;
  /** Leaves signals to their usual course again. */
  forget(): void;
}

/** Listens for Ctrl-C, `kill`, a closed terminal, and the death of the program that started this one. */
export function untilAskedToStop(): StopSignals {
  const { promise: asked, resolve } = Promise.withResolvers<number>();
  const stop = (signal: NodeJS.Signals) => {
    const code = 128 + constants.signals[signal];
    setTimeout(() => process.exit(code), PATIENCE_MS).unref();
    resolve(code);
  };
  const orphaned = () => stop('SIGTERM');
  for (const signal of SIGNALS) process.on(signal, stop);
  process.on('disconnect', orphaned);
  const forget = () => {
    for (const signal of SIGNALS) process.off(signal, stop);
    process.off('disconnect', orphaned);
  };
  return { asked, forget };
}
