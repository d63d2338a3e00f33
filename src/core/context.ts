import type { Clock } from './clock.ts';
import type { Db } from './db.ts';

/** Who performs an act. `system` is a job or a start-up step; `public` is a visitor without an account. */
export type Actor =
  | {
      kind: 'staff';
      staffId: number;
      name: string;
      agencyId: number;
      unitId: number | null;
      roles: readonly string[];
    }
  | { kind: 'system'; name: string }
  | { kind: 'public'; name: string };

/** What every action receives: no globals, so tests pass their own database, clock and actor. */
export interface Ctx {
  db: Db;
  clock: Clock;
  actor: Actor;
  /** The agency whose records this context reads and writes; leads every business key. */
  agencyId: number;
}

/** A signed-in member of staff, with the roles held today. */
export type StaffActor = Extract<Actor, { kind: 'staff' }>;
