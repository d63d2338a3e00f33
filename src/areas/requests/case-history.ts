import { actLabel, actsOnAll, type LedgerEntry, subjectHref } from '../../ledger/index.ts';
import type { LetterEntry } from '../letters/index.ts';
import type { RequestCtx } from './case-actions.ts';
import type { CaseFile } from './file-actions.ts';
import { fileKinds } from './model.ts';
import { publicationsOfRequest } from './publication-store.ts';
import { printedDay } from './texts.ts';

/** An act on a case with what it touched; nothing personal stands in it: files are told by their kind. */
export interface HistoryEntry {
  seq: number;
  /** Instant, ISO 8601. */
  at: string;
  title: string;
  by: string;
  detail: string;
  links: { label: string; href: string }[];
}

const MOST = 300;
/** Acts on letters that the case itself does not tell by an act of its own. */
const LETTER_ACTS: ReadonlySet<string> = new Set(['letters.dispatch', 'letters.deliver', 'letters.void']);

/** What was done on a case: on itself, on the notices sent in it, on what it became for everybody; newest first. */
export async function historyOf(
  ctx: RequestCtx,
  requestId: number,
  found: { letters: readonly LetterEntry[]; files: readonly CaseFile[] },
): Promise<HistoryEntry[]> {
  const { db, agencyId } = ctx;
  const notices = found.letters.filter(({ kind }) => kind !== 'reply');
  const publications = await publicationsOfRequest(db, agencyId, requestId);
  const acts = await actsOnAll(
    db,
    agencyId,
    [
      { kind: 'request', id: requestId },
      ...notices.map(({ id }) => ({ kind: 'letter', id })),
      ...publications.map(({ id }) => ({ kind: 'request-publication', id })),
    ],
    MOST,
  );
  return acts
    .filter(({ subjectKind, act }) => subjectKind !== 'letter' || LETTER_ACTS.has(act))
    .map((act) => ({
      seq: act.seq,
      at: act.at,
      title: actLabel(act.act),
      by: act.actorName,
      detail: [act.reason, ...changesOf(act), act.ground].filter((text) => text !== '').join(' · '),
      links: linksOf(act, requestId, found),
    }));
}

const valuesOf = (recorded: unknown): Readonly<Record<string, unknown>> =>
  typeof recorded === 'object' && recorded !== null ? (recorded as Record<string, unknown>) : {};

/** Days that an act moved, and what the applicant said of the reply. */
function changesOf({ act, before, after }: LedgerEntry): string[] {
  const [old, now] = [valuesOf(before), valuesOf(after)];
  const moved = (key: string, what: string) => {
    if (!(key in now) || !(key in old) || old[key] === now[key]) return [];
    const day = (value: unknown) => printedDay(typeof value === 'string' ? value : null) || '没有计算';
    return [`${what}由${day(old[key])}改为${day(now[key])}`];
  };
  if (act === 'requests.feedback')
    return [now.answered === true ? '认为答复的是所申请的信息' : '认为答复的不是所申请的信息'];
  return [
    ...moved('due', '答复期限'),
    ...(act === 'requests.correct-slip'
      ? [...moved('sentOn', '发出日期'), ...moved('deliveredOn', '送达日期')]
      : []),
  ];
}

function linksOf(
  { act, at, actorName, before, after, subjectKind, subjectId, subjectLabel }: LedgerEntry,
  requestId: number,
  { letters, files }: { letters: readonly LetterEntry[]; files: readonly CaseFile[] },
): HistoryEntry['links'] {
  const now = valuesOf(after);
  const home = `/workbench/requests/${requestId}`;
  const fileLink = ({ id, kind }: CaseFile) => ({ label: fileKinds[kind], href: `${home}/files/${id}` });
  const letterLink = ({ label, number, id }: LetterEntry) => ({
    label: `${label} ${number}`,
    href: `${home}/letters/${id}.pdf`,
  });
  if (subjectKind === 'request-publication')
    return [{ label: subjectLabel, href: subjectHref(subjectKind, subjectId) ?? home }];
  if (subjectKind === 'letter') return letters.filter(({ id }) => String(id) === subjectId).map(letterLink);
  const opened = Number(now.file ?? valuesOf(before).file ?? 0);
  return [
    ...letters.filter(({ number }) => number === now.letter).map(letterLink),
    ...(act === 'requests.feedback' ? [{ label: '评价', href: '#feedback' }] : []),
    ...(act === 'requests.publish' && now.publication !== undefined
      ? [
          {
            label: '转主动公开稿件',
            href: subjectHref('request-publication', String(now.publication)) ?? home,
          },
        ]
      : []),
    ...(act === 'requests.open-dispute' ? [{ label: '投诉、复议、诉讼', href: '#disputes' }] : []),
    ...files
      .filter((file) => file.id === opened || cameWith(file, { files: now.files, at, actorName }))
      .map(fileLink),
  ];
}

/** What an act says of the files it brought: their ids, or things with ids. */
function idsOf(files: readonly unknown[]): number[] {
  return files.flatMap((file) => {
    const id = typeof file === 'number' ? file : valuesOf(file).id;
    return typeof id === 'number' ? [id] : [];
  });
}

/** Acts of earlier versions tell only how many: their files were noted in the same transaction by the same person. */
const NEAR_MS = 2000;

function cameWith(
  { id, addedAt, addedBy }: CaseFile,
  { files, at, actorName }: { files: unknown } & Pick<LedgerEntry, 'at' | 'actorName'>,
): boolean {
  const several = Array.isArray(files);
  const ids = several ? idsOf(files) : [];
  if (ids.length > 0) return ids.includes(id);
  const some = several ? files.length > 0 : typeof files === 'number' && files > 0;
  return some && addedBy === actorName && Math.abs(addedAt.getTime() - Date.parse(at)) <= NEAR_MS;
}
