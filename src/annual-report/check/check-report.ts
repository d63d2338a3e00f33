import type { CheckSpec, Format, Power } from '../formats/format.ts';
import { type CellStates, gridOf } from '../formats/grid.ts';
import type { CompiledChapter, CompiledTable, Finding } from '../model.ts';
import { findContradictions } from '../narrative/index.ts';
import { checkAtMost, checkEqualNotice, checkMaxAtMost, checkRequires } from './bounds.ts';
import { checkConsolidation } from './consolidation.ts';
import { checkBlankShouldBeZero, checkNumberForm, checkPower } from './entries.ts';
import type { Subject } from './subject.ts';
import { checkBalance, checkColumnSum, checkSum } from './sums.ts';
import { checkCarriedOver, checkReappears, checkYearOnYear } from './years.ts';

export interface CheckInput {
  format: Format;
  year: number;
  tables: readonly CompiledTable[];
  /** What the cells show in a report that was read from a file; our own reports have none. */
  states?: CellStates;
  chapters?: readonly Pick<CompiledChapter, 'key' | 'title' | 'blocks'>[];
  /** Tables of the same agency's report on the year before. Rows of another format are left alone. */
  previous?: readonly CompiledTable[] | undefined;
  previousStates?: CellStates | undefined;
  /** Signed reports of the agencies that are consolidated into this one (rule S17). */
  subordinates?: readonly { name: string; tables: readonly CompiledTable[] }[];
  /** What the body may do, where that is known; checks of rows that need a power are left out otherwise. */
  powers?: readonly Power[];
  /** The agency's own tables before consolidation; when absent, each cell's records and returns are its own part. */
  own?: readonly CompiledTable[];
}

/**
 * Every contradiction that can be seen in a report, in the order of the format's checks and then of its rows.
 * Pure: the same input gives the same findings.
 */
export function checkReport(input: CheckInput): Finding[] {
  const subject: Subject = {
    year: input.year,
    grid: gridOf(input.tables, input.states),
    previous: input.previous ? gridOf(input.previous, input.previousStates) : null,
    subordinates: (input.subordinates ?? []).map(({ name, tables }) => ({ name, grid: gridOf(tables) })),
    own: input.own ? gridOf(input.own) : null,
    powers: input.powers ?? null,
  };
  return input.format.checks.flatMap((check) => {
    if (check.kind !== 'prose') return runCheck(check, subject);
    const { anchors, proseRelations } = input.format;
    const { year, grid, previous } = subject;
    return findContradictions(input.chapters ?? [], grid, { year, previous, anchors, proseRelations, check });
  });
}

function runCheck(check: CheckSpec, subject: Subject): Finding[] {
  switch (check.kind) {
    case 'sum':
      return checkSum(check, subject);
    case 'column-sum':
      return checkColumnSum(check, subject);
    case 'balance':
      return checkBalance(check, subject);
    case 'at-most':
      return checkAtMost(check, subject);
    case 'max-at-most':
      return checkMaxAtMost(check, subject);
    case 'equal-notice':
      return checkEqualNotice(check, subject);
    case 'requires':
      return checkRequires(check, subject);
    case 'number-form':
      return checkNumberForm(check, subject);
    case 'power':
      return checkPower(check, subject);
    case 'blank-should-be-zero':
      return checkBlankShouldBeZero(check, subject);
    case 'year-on-year':
      return checkYearOnYear(check, subject);
    case 'carried-over':
      return checkCarriedOver(check, subject);
    case 'reappears':
      return checkReappears(check, subject);
    case 'consolidation':
      return checkConsolidation(check, subject);
    case 'prose':
      return [];
  }
}
