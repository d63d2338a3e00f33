import type { Severity } from '../../areas/releases/index.ts';
import type { Tone } from '../../ui/index.ts';

/** The three weights of a finding, the heaviest first. */
export const severities: Readonly<Record<Severity, { title: string; tone: Tone; explained: string }>> = {
  grave: {
    title: '严重',
    tone: 'danger',
    explained: '文件里有看不见、但拿到的人能找出来的内容，或直接指向个人的号码。',
  },
  warning: { title: '需要处理', tone: 'warning', explained: '可能暴露人员、内部位置或制作过程。' },
  notice: { title: '提示', tone: 'info', explained: '不影响发出，可以顺手清理。' },
};
