import { bookTitle } from '../../core/book-title.ts';
import { Refusal } from '../../core/refusal.ts';
import { type Citation, cite } from '../../law/index.ts';
import type { Act } from '../organisations/index.ts';
import type { Erratum, Issue, IssueNumber, IssueState } from './model.ts';
import { issueStates } from './model.ts';

/** Items of one issue; more than this is a yearbook. */
export const MOST_ENTRIES = 200;
/** Characters of one issue: 2,000 printed pages. */
export const MOST_CHARACTERS = 2_500_000;

export type IssueMove =
  | 'compose'
  | 'submit'
  | 'recall'
  | 'approve'
  | 'send-back'
  | 'publish'
  | 'discard'
  | 'print-again'
  | 'correct'
  | 'judge-correction';

interface MoveRule {
  label: string;
  act: Act;
  from: readonly IssueState[];
  to: IssueState | null;
  cite: Citation | null;
}

/** 先审核后公开: 国务院令第711号第十七条. */
const REVIEWED: Citation = { statute: '711', article: 17 };

/** The one table of moves of issues; pages draw their buttons from it and every action asks it again. */
export const issueMoves: Readonly<Record<IssueMove, MoveRule>> = {
  compose: { label: '编辑', act: 'gazette.compose', from: ['draft'], to: null, cite: null },
  submit: { label: '送审', act: 'gazette.compose', from: ['draft'], to: 'in-review', cite: REVIEWED },
  recall: {
    label: '撤回修改',
    act: 'gazette.compose',
    from: ['in-review', 'approved'],
    to: 'draft',
    cite: null,
  },
  approve: { label: '审核通过', act: 'gazette.review', from: ['in-review'], to: 'approved', cite: REVIEWED },
  'send-back': { label: '退回修改', act: 'gazette.review', from: ['in-review'], to: 'draft', cite: REVIEWED },
  publish: { label: '出版', act: 'gazette.publish', from: ['approved'], to: 'published', cite: REVIEWED },
  discard: {
    label: '作废',
    act: 'gazette.compose',
    from: ['draft', 'in-review', 'approved'],
    to: 'discarded',
    cite: null,
  },
  'print-again': {
    label: '重新排印',
    act: 'gazette.publish',
    from: ['published'],
    to: null,
    cite: null,
  },
  correct: { label: '登记更正', act: 'gazette.compose', from: ['published'], to: null, cite: null },
  'judge-correction': {
    label: '审核更正',
    act: 'gazette.review',
    from: ['published'],
    to: null,
    cite: REVIEWED,
  },
};

/** The article of a move as it is printed; '' where none rules it. */
export function groundOfMove(move: IssueMove): string {
  const { cite: citation } = issueMoves[move];
  return citation === null ? '' : cite(citation);
}

export interface IssueMover {
  /** Null for the system. */
  staffId: number | null;
  may: boolean;
}

/** Why the move cannot be made now, or null when it can. */
export function issueObstacle(
  move: IssueMove,
  issue: Pick<Issue, 'state' | 'authorId' | 'hands'>,
  mover: IssueMover,
): { code: string; message: string; status: number } | null {
  const { label, from } = issueMoves[move];
  if (!mover.may) return { code: 'gazette-not-yours', message: `您没有“${label}”的权限。`, status: 403 };
  if (!from.includes(issue.state)) {
    const now = issueStates[issue.state].label;
    return { code: 'gazette-wrong-state', message: `这一期公报现在是“${now}”，不能${label}。`, status: 409 };
  }
  const judges = move === 'approve' || move === 'send-back';
  if (judges && (mover.staffId === null || wrote(issue, mover.staffId))) {
    const message = '这一期公报由您参加编辑，须由他人审核（先审核后公开）。';
    return { code: 'gazette-own-hand', message, status: 403 };
  }
  return null;
}

/** Why this person cannot decide on a correction, or null when he can; whoever wrote it is not asked. */
export function correctionObstacle(
  { state, authorId }: Pick<Erratum, 'state' | 'authorId'>,
  staffId: number | null,
): { code: string; message: string; status: number } | null {
  if (state !== 'proposed')
    return { code: 'gazette-wrong-state', message: '这条更正已经审核过。', status: 409 };
  if (staffId !== null && staffId !== authorId) return null;
  const message = '这条更正由您登记，须由他人审核（先审核后公开）。';
  return { code: 'gazette-own-hand', message, status: 403 };
}

const wrote = ({ authorId, hands }: Pick<Issue, 'authorId' | 'hands'>, staffId: number): boolean =>
  authorId === staffId || hands.includes(staffId);

type Obstacle = ReturnType<typeof issueObstacle>;

/** @throws Refusal with the obstacle there is */
export function demandNone(obstacle: Obstacle, move: IssueMove): void {
  if (obstacle === null) return;
  const { code, message, status } = obstacle;
  throw new Refusal(code, message, {
    status,
    ...(code === 'gazette-own-hand' && { article: groundOfMove(move) }),
  });
}

/** The numbers an issue gets that comes out in a year; `last` are those given so far, null before the first. */
export function nextNumbers(
  year: number,
  last: { total: number; ofYear: number | null } | null,
  first: IssueNumber,
): IssueNumber {
  if (last === null) return { year, number: first.year === year ? first.number : 1, total: first.total };
  return { year, number: (last.ofYear ?? 0) + 1, total: last.total + 1 };
}

/** `2018年第3期`. */
export const issueWords = ({ year, number }: Pick<IssueNumber, 'year' | 'number'>): string =>
  `${year}年第${number}期`;

interface Placed {
  itemId: number;
  section: string;
  position: number;
}

/** Entries in printed order: by section as the settings name them, unknown ones last, then as the editor put them. */
export function arranged<T extends Placed>(entries: readonly T[], sections: readonly string[]): T[] {
  const place = (section: string) => {
    const found = sections.indexOf(section);
    return found < 0 ? sections.length : found;
  };
  return [...entries].sort(
    (a, b) =>
      place(a.section) - place(b.section) ||
      (a.section === b.section ? 0 : a.section < b.section ? -1 : 1) ||
      a.position - b.position ||
      a.itemId - b.itemId,
  );
}

/** The order after an entry went one place up or down in its section; the same order where it cannot. */
export function moved<T extends Placed>(order: readonly T[], itemId: number, way: 'up' | 'down'): T[] {
  const from = order.findIndex((entry) => entry.itemId === itemId);
  const to = way === 'up' ? from - 1 : from + 1;
  const [entry, neighbour] = [order[from], order[to]];
  if (!entry || !neighbour || entry.section !== neighbour.section) return [...order];
  return order.with(from, neighbour).with(to, entry);
}

/** Runs of entries of one section, in order. */
export function bySection<T extends Pick<Placed, 'section'>>(
  order: readonly T[],
): { section: string; entries: T[] }[] {
  const groups: { section: string; entries: T[] }[] = [];
  for (const entry of order) {
    const last = groups.at(-1);
    if (last?.section === entry.section) last.entries.push(entry);
    else groups.push({ section: entry.section, entries: [entry] });
  }
  return groups;
}

/** Why an issue is not ready to be reviewed or to come out; null when it is. */
export function unready(
  entries: readonly {
    title: string;
    itemState: string;
    version: number | null;
    liveVersion: number | null;
    characters: number;
  }[],
  stage: 'submit' | 'publish',
): string | null {
  if (entries.length === 0) return '这一期还没有编入任何文件。';
  const gone = entries.filter(({ itemState }) => itemState !== 'published');
  if (gone.length > 0) return `${titlesOf(gone)}已经撤下，不能刊登，请先移出这一期。`;
  if (stage === 'publish') {
    const changed = entries.filter(({ version, liveVersion }) => version !== liveVersion);
    if (changed.length > 0)
      return `${titlesOf(changed)}在送审以后修改过，请撤回，重新送审，由审核人看过现行文本。`;
  }
  const characters = entries.reduce((sum, entry) => sum + entry.characters, 0);
  return characters > MOST_CHARACTERS
    ? `这一期共 ${Math.ceil(characters / 10_000)} 万字，最多 ${MOST_CHARACTERS / 10_000} 万字，请分成几期。`
    : null;
}

const titlesOf = (entries: readonly { title: string }[]): string =>
  entries
    .slice(0, 3)
    .map(({ title }) => bookTitle(title))
    .join('、') + (entries.length > 3 ? `等 ${entries.length} 篇` : '');
