import type { Layout } from './model.ts';
import type { Values } from './own-requests.ts';
import type { Misstatements } from './prose/teller.ts';

/** Kinds of faults, each with the rules that say so. */
export const faultKinds = {
  'row-total': ['T3'],
  'results-total': ['T2'],
  balance: ['T1'],
  'carried-in': ['T4'],
  'remedies-total': ['V1', 'V2', 'V3'],
  'in-force': ['P1'],
  'items-carried': ['P2'],
  'rules-without-power': ['P3'],
  'sum-2014': ['S3', 'S6'],
  'part-above-whole': ['S7', 'S8'],
  'channel-above-total': ['S9'],
  'number-form': ['S14'],
  'parent-below-children': ['S17'],
  blank: ['B1'],
  'prose-against-table': ['T5'],
  'parts-in-prose': ['N1'],
  share: ['N2'],
  growth: ['N3'],
  'two-numbers': ['N4'],
  period: ['N5'],
} as const satisfies Record<string, readonly string[]>;

export type FaultKind = keyof typeof faultKinds;

/** One thing that is wrong in one report, as it is planted. */
export interface FaultPlan {
  unit: string;
  year: number;
  kind: FaultKind;
  /** Cells that are wrong, by `table/row/column`; none when only the prose is. */
  cells: readonly string[];
  edit?: (values: Values) => void;
  misstate?: Misstatements;
  /** The prose was written from the right numbers, not from the table. */
  proseTellsTruth?: boolean;
  /** Another report in which the same mistake must show, such as the parent's. */
  alsoSeenIn?: { unit: string; year: number };
}

export type PlantedFault = Omit<FaultPlan, 'edit' | 'misstate' | 'proseTellsTruth'> & {
  file: string;
  layout: Layout;
  /** Clauses of the prose that state something false, and the paragraphs they stand in. */
  quotes: readonly string[];
  paragraphs: readonly string[];
};

const requests = (row: string, column: string): string => `requests/${row}/${column}`;
const statistics = (row: string): string => `statistics/${row}/value`;

/** Adds to cells; a fault that adds to several keeps the other identities whole. */
const adding =
  (changes: Readonly<Record<string, number>>) =>
  (values: Values): void => {
    for (const [key, change] of Object.entries(changes)) {
      if (!(key in values)) throw new RangeError(`no cell ${key}`);
      values[key] = values[key]! + change;
    }
  };

const cellFault = (
  unit: string,
  year: number,
  kind: FaultKind,
  key: string,
  change: number,
  more: Partial<FaultPlan> = {},
): FaultPlan => ({ unit, year, kind, cells: [key], edit: adding({ [key]: change }), ...more });

const proseFault = (
  unit: string,
  year: number,
  kind: FaultKind,
  slot: string,
  change: number,
  more: Partial<FaultPlan> = {},
): FaultPlan => ({
  unit,
  year,
  kind,
  cells: [],
  misstate: { [slot]: (stated) => stated + change },
  ...more,
});

/** The same change for one kind of applicant and for the total, so that only the rows disagree. */
const rowFault = (
  unit: string,
  year: number,
  kind: FaultKind,
  row: string,
  change: number,
  instead: string | null,
): FaultPlan => ({
  unit,
  year,
  kind,
  cells: ['naturalPerson', 'total'].map((column) => requests(row, column)),
  edit: (values) => {
    for (const column of ['naturalPerson', 'total']) {
      adding({ [requests(row, column)]: change })(values);
      if (instead) adding({ [requests(instead, column)]: -change })(values);
    }
  },
});

const blankFault = (unit: string, year: number, key: string): FaultPlan => ({
  unit,
  year,
  kind: 'blank',
  cells: [key],
  edit: (values) => {
    if (values[key] !== 0) throw new RangeError(`${unit} ${year}: ${key} is not 0`);
    delete values[key];
  },
});

/** A body without the power to make rules reports one that it made this year. */
const rulesFault = (unit: string, year: number, parent: string): FaultPlan => {
  const cells = ['issued', 'inForce'].map((column) => `proactive/P1.1/${column}`);
  return {
    unit,
    year,
    kind: 'rules-without-power',
    cells,
    edit: adding(Object.fromEntries(cells.map((key) => [key, 1]))),
    alsoSeenIn: { unit: parent, year },
  };
};

/** The faults of the demonstration set: what a checker must find, no more and no less. */
export const faultPlans: readonly FaultPlan[] = [
  cellFault('CY-B08', 2020, 'row-total', requests('3.4.1', 'total'), 1),
  cellFault('CY-X02-B04', 2022, 'row-total', requests('3.1', 'total'), 2, { proseTellsTruth: true }),

  rowFault('CY-B05', 2022, 'results-total', '3.7', 1, '4'),
  rowFault('LP-X01', 2022, 'results-total', '3.7', 2, '4'),

  rowFault('CY-X01-B01', 2022, 'balance', '1', 3, null),
  rowFault('CY-X01-B02', 2022, 'balance', '1', 2, null),

  rowFault('CY-B03', 2022, 'carried-in', '2', 1, '1'),
  rowFault('LP-X01-B01', 2022, 'carried-in', '2', 1, '1'),

  cellFault('CY-X03-B03', 2021, 'remedies-total', 'remedies/R/directTotal', 1, { proseTellsTruth: true }),
  cellFault('LP-X02-B01', 2021, 'remedies-total', 'remedies/R/reconsiderationTotal', 1, {
    proseTellsTruth: true,
  }),

  cellFault('CY-X01-B03', 2022, 'in-force', 'proactive/P1.2/inForce', 2),
  cellFault('LP-X02-Z02', 2022, 'in-force', 'proactive/P1.2/inForce', 1),

  cellFault('CY-B06', 2020, 'items-carried', 'proactive/P5.1/previousItems', 4),
  cellFault('CY-X01-B01', 2020, 'items-carried', 'proactive/P6.1/previousItems', 3),

  proseFault('CY-B07', 2021, 'prose-against-table', 'concluded', 3),
  proseFault('CY-X02-B01', 2020, 'prose-against-table', 'received', 4),
  proseFault('LP-X01-Z03', 2022, 'prose-against-table', 'received', 2),

  proseFault('CY-X02-B02', 2022, 'parts-in-prose', 'items', 20),
  proseFault('CY-X01-Z04', 2018, 'parts-in-prose', 'proposals', -2),

  proseFault('CY-B03', 2021, 'share', 'share', 5.5),
  proseFault('LP-X02-B02', 2022, 'share', 'share', -7.2),

  proseFault('CY-X01-B04', 2022, 'growth', 'growth', 12),
  proseFault('CY-X03-B04', 2021, 'growth', 'growth', 20.5),

  proseFault('LP-B02', 2022, 'two-numbers', 'pieces-again', 4),
  proseFault('CY-B04', 2021, 'two-numbers', 'pieces-again', 2),

  proseFault('CY-X03-Z05', 2021, 'period', 'period', -1),
  proseFault('CY-X01-B03', 2018, 'period', 'period', -1),

  rulesFault('CY-X03-Z03', 2022, 'CY-X03'),
  rulesFault('LP-X01-Z01', 2022, 'LP-X01'),

  blankFault('CY-X03-Z01', 2022, requests('3.3.1', 'company')),
  blankFault('CY-X01-Z03', 2022, 'remedies/R/reconsiderationCorrected'),

  {
    unit: 'CY-X01-B02',
    year: 2018,
    kind: 'part-above-whole',
    proseTellsTruth: true,
    cells: [statistics('2.2.1.1')],
    alsoSeenIn: { unit: 'CY-X01', year: 2018 },
    edit: (values) => {
      values[statistics('2.2.1.1')] = values[statistics('2.2.1')]! + 1;
    },
  },
  {
    unit: 'CY-X02-B02',
    year: 2018,
    kind: 'part-above-whole',
    proseTellsTruth: true,
    cells: [statistics('1.1.1')],
    edit: (values) => {
      values[statistics('1.1.1')] = values[statistics('1.1.2')]! + 2;
    },
  },

  cellFault('CY-X02', 2018, 'sum-2014', statistics('3.3'), 2, { proseTellsTruth: true }),
  cellFault('CY-X01-Z02', 2018, 'sum-2014', statistics('8.3'), 1),

  {
    unit: 'CY-B01',
    year: 2021,
    kind: 'number-form',
    cells: ['proactive/P6.2/decisions'],
    edit: (values) => {
      values['proactive/P6.2/decisions'] = -3;
    },
  },
  cellFault('CY-X02-Z01', 2022, 'number-form', 'proactive/P5.1/decisions', 0.5),

  cellFault('CY-X03', 2021, 'parent-below-children', 'proactive/P5.1/decisions', -10_000),
  cellFault('LP', 2021, 'parent-below-children', 'proactive/P6.1/decisions', -3000),

  {
    unit: 'CY-X02-B04',
    year: 2018,
    kind: 'channel-above-total',
    proseTellsTruth: true,
    cells: [statistics('1.2.2')],
    edit: (values) => {
      values[statistics('1.2.2')] = values[statistics('1.1')]! + 40;
    },
  },
];
