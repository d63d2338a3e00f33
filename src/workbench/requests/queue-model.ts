import type { Unit } from '../../areas/organisations/index.ts';
import {
  type CountedGroup,
  type ListOrder,
  type ListPage,
  type ListSort,
  MOST_COUNTED,
  type SavedView,
} from '../../areas/requests/index.ts';
import { formatNumber } from '../../ui/index.ts';
import type { QueueQuery } from './queue-query.ts';

export interface QueueProps {
  query: QueueQuery;
  page: ListPage;
  order: ListOrder;
  /** By what this list can be put in order. */
  sorts: readonly ListSort[];
  counts: Partial<Record<CountedGroup, number>>;
  total: number | null;
  views: readonly SavedView[];
  units: readonly Unit[];
  people: readonly { id: number; name: string; unitName: string }[];
  may: {
    register: boolean;
    assign: boolean;
    archive: boolean;
    reveal: boolean;
    export: boolean;
    everyUnit: boolean;
  };
  errors: Readonly<Record<string, string>>;
  /** What was typed into the search for a person, when that was wrong. */
  personTyped: string;
}

export const countWords = (count: number): string =>
  count > MOST_COUNTED ? `${formatNumber(MOST_COUNTED)}+` : formatNumber(count);

/** Conditions taken off; the stage stays. */
export const cleared = {
  due: '',
  dueFrom: '',
  dueTo: '',
  channel: '',
  kind: '',
  regime: '',
  result: '',
  unit: '',
  handler: '',
  from: '',
  to: '',
  q: '',
  person: '',
  sort: '',
  dir: '',
} as const;
