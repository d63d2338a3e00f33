import { type RegimeCode, replyKind, replyKinds } from '../../../law/index.ts';
import { COST_FEE, isLetterKind, type LetterKind, letterKinds, REPLY_PREFIX, templateKey } from '../kinds.ts';
import { noticeBodies } from './notices.ts';
import { replyBody, replyTitle } from './replies.ts';

/** What is printed before live fields are filled in: the title, and the body with one paragraph a line. */
export interface Wording {
  title: string;
  body: string;
}

interface TemplatePlace {
  kind: LetterKind;
  replyCode: string | null;
  regime: RegimeCode;
}

/** What a template belongs to; null when there is no such template. */
export function templateOf(key: string): TemplatePlace | null {
  if (key.startsWith(REPLY_PREFIX)) {
    const code = key.slice(REPLY_PREFIX.length);
    const reply = replyKind(code);
    return reply ? { kind: 'reply', replyCode: code, regime: reply.regime } : null;
  }
  if (key === COST_FEE) return { kind: 'fee', replyCode: null, regime: 'R2008' };
  return isLetterKind(key) && key !== 'reply' ? { kind: key, replyCode: null, regime: 'R2019' } : null;
}

/** The wording that is ours. @throws Error for a key without a template */
export function defaultWording(key: string): Wording {
  const found = templateOf(key);
  if (!found) throw new Error(`there is no template ${key}`);
  const { kind, replyCode } = found;
  const body =
    kind === 'reply' ? replyBody(replyCode ?? '') : noticeBodies[key === COST_FEE ? COST_FEE : kind];
  if (body === undefined) throw new Error(`the template ${key} has no default wording`);
  const own = key === COST_FEE ? '政府信息公开收费通知书' : replyTitle(replyCode ?? '');
  return { title: own ?? letterKinds[kind].title, body };
}

/** What a person calls the template: 答复书：不予公开 属于国家秘密. */
export function templateLabel(key: string): string {
  const found = templateOf(key);
  if (!found) return key;
  const { label } = letterKinds[found.kind];
  if (key === COST_FEE) return `${label}（2019年5月14日以前收到的申请）`;
  const reply = found.replyCode === null ? undefined : replyKind(found.replyCode);
  if (!reply) return label;
  const group = reply.group.replace(/^（.）/, '');
  return `${label}：${reply.label.startsWith(group) ? reply.label : `${group}（${reply.label}）`}`;
}

/** The keys of all templates: notices in their order, then replies as the statistics list them, the current law first. */
export const templateKeys: readonly string[] = [
  ...(Object.keys(letterKinds) as LetterKind[])
    .filter((kind) => kind !== 'reply')
    .flatMap((kind) => (kind === 'fee' ? [kind, COST_FEE] : [kind])),
  ...[...replyKinds]
    .sort((a, b) => Number(a.regime === 'R2008') - Number(b.regime === 'R2008'))
    .map(({ code }) => templateKey('reply', code)),
];
