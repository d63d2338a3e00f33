import { PDFArray, PDFDict, PDFName, type PDFObject } from '@cantoo/pdf-lib';
import type { Discovery } from '../finding.ts';
import { fewOf, maskAddress, maskText } from '../masking.ts';
import { dictAt, drop, has, nameAt, type Reached, textAt } from './objects.ts';

type ActionKind = 'javascript' | 'outside-action' | 'internal-path';

const OUTSIDE = new Set([
  'Launch',
  'SubmitForm',
  'ImportData',
  'GoToR',
  'GoToE',
  'Rendition',
  'Movie',
  'Sound',
  'RichMediaExecute',
]);

/** What an action does beyond the page; null for one that only turns pages or opens an address that is shown. */
function actionKind(action: PDFDict): ActionKind | null {
  const type = nameAt(action, 'S');
  if (type === 'JavaScript' || (has(action, 'JS') && type !== '')) return 'javascript';
  if (OUTSIDE.has(type)) return 'outside-action';
  if (type !== 'URI') return null;
  const address = textAt(action, 'URI');
  if (/^\s*(javascript|vbscript|data):/i.test(address)) return 'javascript';
  return /^\s*(https?:\/\/|mailto:|tel:|#|$)/i.test(address) || !/^\s*(file:|\\\\|[a-z]:[\\/])/i.test(address)
    ? null
    : 'internal-path';
}

function targetOf(action: PDFDict): string {
  const file = action.lookup(PDFName.of('F'));
  const inner = file instanceof PDFDict ? textAt(file, 'F') || textAt(file, 'UF') : textAt(action, 'F');
  return textAt(action, 'URI') || inner;
}

/** Scripts and actions that start programs, send or fetch. */
export function actionDiscoveries(catalog: PDFDict, dicts: readonly Reached[]): Discovery[] {
  const found = new Map<ActionKind, string[]>();
  for (const { dict } of dicts) {
    const kind = actionKind(dict);
    if (!kind) continue;
    const evidence =
      kind === 'javascript'
        ? maskText(textAt(dict, 'JS') || '脚本')
        : `${nameAt(dict, 'S')} ${maskAddress(targetOf(dict))}`;
    found.set(kind, [...(found.get(kind) ?? []), evidence]);
  }
  const names = dictAt(catalog, 'Names');
  const named = names && has(names, 'JavaScript');
  if (named && !found.has('javascript')) found.set('javascript', ['']);
  return [...found].map(([kind, evidence]) => ({
    kind,
    at: 'actions',
    place: '整个文件',
    count: evidence.length,
    evidence: fewOf(evidence),
    mend: () => {
      if (kind === 'javascript' && names) drop(names, 'JavaScript');
      for (const { dict } of dicts) dropActions(dict, kind);
    },
  }));
}

function dropActions(holder: PDFDict, kind: ActionKind): void {
  const isOne = (value: PDFObject | undefined) => value instanceof PDFDict && actionKind(value) === kind;
  for (const [key, value] of holder.entries()) {
    const resolved = holder.context.lookup(value);
    if (isOne(resolved)) holder.delete(key);
    else if (resolved instanceof PDFArray) {
      for (let index = resolved.size() - 1; index >= 0; index--) {
        if (isOne(resolved.lookup(index))) resolved.remove(index);
      }
    }
  }
}
