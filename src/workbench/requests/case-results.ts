import { replyKind } from '../../law/index.ts';

/** A result in words: 予以公开，可以公开，提供政府信息. */
export function resultWords(code: string | null): string {
  if (code === null) return '还没有结果';
  if (code === 'W') return '申请人撤回';
  const kind = replyKind(code);
  if (!kind) return code;
  const group = kind.group.replace(/^（.）/, '');
  return kind.label.startsWith(group) ? kind.label : `${group}：${kind.label}`;
}
