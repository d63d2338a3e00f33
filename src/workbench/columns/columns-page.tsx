import { type ColumnNode, columnKinds, reviewSteps } from '../../areas/catalogue/index.ts';
import { Badge, Empty, LinkButton, Table } from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';

const flat = (nodes: readonly ColumnNode[]): ColumnNode[] =>
  nodes.flatMap((node) => [node, ...flat(node.below)]);

/** The tree of columns, indented, those out of use marked. */
export function ColumnsPage({ tree, units }: { tree: ColumnNode[]; units: ReadonlyMap<number, string> }) {
  const columns = flat(tree);
  return (
    <WorkbenchPage
      title="栏目"
      current="/workbench/columns"
      lead="公开目录的栏目。改名、换位置不影响地址；改了地址，原地址仍然通向这个栏目。"
      actions={
        <LinkButton href="/workbench/columns/new" tone="primary" icon="plus">
          新建栏目
        </LinkButton>
      }
    >
      {columns.length === 0 ? (
        <Empty title="还没有栏目">新建第一个栏目，然后就可以撰写和发布信息。</Empty>
      ) : (
        <Table
          caption="栏目"
          columns={[
            { label: '名称' },
            { label: '地址' },
            { label: '类别' },
            { label: '责任部门' },
            { label: '更新间隔', numeric: true },
            { label: '审查步骤' },
            { label: '状态' },
          ]}
          stack
        >
          {columns.map((column) => (
            <tr key={column.id}>
              <td data-label="名称" class={`column-depth-${column.depth}`}>
                <a href={`/workbench/columns/${column.id}`}>{column.name}</a>
              </td>
              <td data-label="地址" class="column-detail">
                <code>{column.slug}</code>
              </td>
              <td data-label="类别" class="column-detail">
                {columnKinds[column.kind]}
              </td>
              <td data-label="责任部门" class="column-detail">
                {column.unitId === null ? '各部门' : units.get(column.unitId)}
              </td>
              <td data-label="更新间隔" class="column-detail numeric">
                {column.updateDays === null ? '不要求' : `${column.updateDays} 天`}
              </td>
              <td data-label="审查步骤" class="column-detail">
                {column.reviewSteps.length === 0
                  ? '按机关规定'
                  : column.reviewSteps.map((step) => reviewSteps[step]).join('、')}
              </td>
              <td data-label="状态">
                {column.closedOn ? <Badge>停用</Badge> : <Badge tone="success">使用中</Badge>}
              </td>
            </tr>
          ))}
        </Table>
      )}
    </WorkbenchPage>
  );
}
