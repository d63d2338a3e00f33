import { type ColumnNode, columnKinds, reviewSteps } from '../../areas/catalogue/index.ts';
import { Badge, Empty, LinkButton, Table } from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';

const COLUMNS = '/workbench/columns';

const flat = (nodes: readonly ColumnNode[]): ColumnNode[] =>
  nodes.flatMap((node) => [node, ...flat(node.below)]);

const intervalOf = ({ updateDays }: ColumnNode) => (updateDays === null ? '不要求' : `${updateDays} 天`);

/** The tree of columns: on a desk a table with deeper ones further in, on a phone a list folded by branch. */
export function ColumnsPage({ tree, units }: { tree: ColumnNode[]; units: ReadonlyMap<number, string> }) {
  return (
    <WorkbenchPage
      title="栏目"
      current={COLUMNS}
      wide
      lead="公开目录的栏目。改名、换位置不影响地址；改了地址，原地址仍然通向这个栏目。"
      actions={
        <LinkButton href={`${COLUMNS}/new`} tone="primary" icon="plus">
          新建栏目
        </LinkButton>
      }
    >
      {tree.length === 0 ? (
        <Empty title="还没有栏目">新建第一个栏目，然后就可以撰写和发布信息。</Empty>
      ) : (
        <>
          <div class="columns-table">
            <ColumnsTable columns={flat(tree)} units={units} />
          </div>
          <nav class="columns-fold" aria-label="栏目">
            <Branch nodes={tree} units={units} />
          </nav>
        </>
      )}
    </WorkbenchPage>
  );
}

function ColumnsTable({ columns, units }: { columns: ColumnNode[]; units: ReadonlyMap<number, string> }) {
  return (
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
    >
      {columns.map((column) => (
        <tr key={column.id}>
          <th scope="row" class={`column-depth-${column.depth}`}>
            <a href={`${COLUMNS}/${column.id}`}>{column.name}</a>
          </th>
          <td>
            <code>{column.slug}</code>
          </td>
          <td>{columnKinds[column.kind]}</td>
          <td>{column.unitId === null ? '各部门' : units.get(column.unitId)}</td>
          <td class="numeric">{intervalOf(column)}</td>
          <td>
            {column.reviewSteps.length === 0
              ? '按机关规定'
              : column.reviewSteps.map((step) => reviewSteps[step]).join('、')}
          </td>
          <td>{column.closedOn ? <Badge>停用</Badge> : <Badge tone="success">使用中</Badge>}</td>
        </tr>
      ))}
    </Table>
  );
}

function Branch({ nodes, units }: { nodes: readonly ColumnNode[]; units: ReadonlyMap<number, string> }) {
  return (
    <ul>
      {nodes.map((node) => (
        <li key={node.id}>
          {node.below.length === 0 ? (
            <Leaf column={node} units={units} />
          ) : (
            <details>
              <summary>
                <span>{node.name}</span>
                {node.closedOn && <Badge>停用</Badge>}
                <span class="quiet">{`${flat(node.below).length} 个子栏目`}</span>
              </summary>
              <Leaf column={node} units={units} label="本栏目的设置" />
              <Branch nodes={node.below} units={units} />
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}

function Leaf(props: { column: ColumnNode; units: ReadonlyMap<number, string>; label?: string }) {
  const { column, units, label } = props;
  const { unitId, kind, closedOn } = column;
  return (
    <p class="columns-leaf">
      <a
        href={`${COLUMNS}/${column.id}`}
        aria-label={label === undefined ? undefined : `${label}：${column.name}`}
      >
        {label ?? column.name}
      </a>
      {closedOn && label === undefined && <Badge>停用</Badge>}
      <span class="quiet">
        {[
          columnKinds[kind] === column.name ? '' : columnKinds[kind],
          unitId === null ? '' : units.get(unitId),
          column.updateDays === null ? '' : `间隔 ${intervalOf(column)}`,
        ]
          .filter((word) => word)
          .join('，')}
      </span>
    </p>
  );
}
