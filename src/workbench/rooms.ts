import type { App } from '../app.tsx';
import type { Room } from './room.ts';

/** The rooms of the workbench, in the order of its navigation. */
export function roomsOf(_app: App): Room[] {
  return [];
}
