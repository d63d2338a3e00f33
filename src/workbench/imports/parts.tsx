import {
  type HistoryImport,
  importFields,
  importStates,
  type LineNote,
} from '../../areas/catalogue/index.ts';
import { Badge, formatNumber, Stat, Stats, Table } from '../../ui/index.ts';

export function ImportBadge({ state }: Pick<HistoryImport, 'state'>) {
  const { label, tone } = importStates[state];
  return <Badge tone={tone}>{label}</Badge>;
}

/** `标题（title）`; what is no field is told as it is. */
export function fieldWords(name: string): string {
  const field = importFields.find((one) => one.name === name);
  return field ? `${field.label}（${field.name}）` : name;
}

/** What is told of a line, in words. */
export const noteKinds: Readonly<Record<LineNote['kind'], { label: string; tone: 'danger' | 'warning' }>> = {
  rejected: { label: '不合格', tone: 'danger' },
  reference: { label: '找不到文件', tone: 'warning' },
  differs: { label: '内容不同', tone: 'warning' },
};

/** What is to be told of lines: where, what, and what to do. */
export function NoteTable({ caption, notes }: { caption: string; notes: readonly LineNote[] }) {
  return (
    <Table
      caption={caption}
      stack
      columns={[
        { label: '行', numeric: true, width: 'narrow' },
        { label: '情况', width: 'narrow' },
        { label: '栏目', width: 'medium' },
        { label: '问题和改法' },
      ]}
    >
      {notes.map(({ line, kind, field, problem }, index) => (
        <tr key={index}>
          <td class="numeric" data-label="行">
            {formatNumber(line)}
          </td>
          <td data-label="情况">
            <Badge tone={noteKinds[kind].tone}>{noteKinds[kind].label}</Badge>
          </td>
          <td data-label="栏目">{field === '' ? '整行' : fieldWords(field)}</td>
          <td data-label="问题和改法">{problem}</td>
        </tr>
      ))}
    </Table>
  );
}

/** What an import came to, so far or in the end; `waiting` lines are still to come although they were read. */
export function Outcome({ standing, waiting }: { standing: HistoryImport; waiting: number }) {
  const { imported, unchanged, rejected, noted } = standing;
  return (
    <Stats>
      <Stat label="已导入" value={formatNumber(imported)} unit="条" />
      <Stat label="已有，不变" value={formatNumber(unchanged)} unit="行" />
      <Stat label="不合格，没有导入" value={formatNumber(rejected)} unit="行" />
      <Stat label="需要留意" value={formatNumber(noted)} unit="处" />
      {waiting > 0 && <Stat label="没有导入：所解读的文件排在后面" value={formatNumber(waiting)} unit="行" />}
    </Stats>
  );
}
