import { jobStates, type RedactionLine } from '../../areas/redactions/index.ts';
import { Badge, Card, Empty, formatDateTime, LinkButton, Pager, Table } from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { newRedactionAddress, REDACTIONS, redactionAddress } from './addresses.ts';
import { kindWords } from './words.ts';

/** The files somebody works on, newest first. */
export function RedactionsPage(props: {
  items: readonly RedactionLine[];
  nextHref: string | null;
  first: boolean;
}) {
  const { items, nextHref, first } = props;
  return (
    <WorkbenchPage
      title="区分处理"
      current={REDACTIONS}
      lead="含有不应公开内容的文件，遮盖后公开其余部分（《政府信息公开条例》第三十七条）。"
      actions={
        <LinkButton href={newRedactionAddress(null)} tone="primary" icon="upload">
          选择文件
        </LinkButton>
      }
    >
      {items.length === 0 ? (
        <Card>
          <Empty title={first ? '还没有要处理的文件' : '没有更早的文件'}>
            从一件申请的页面进入，或者点“选择文件”。
          </Empty>
        </Card>
      ) : (
        <Table
          caption="区分处理的文件"
          queue
          stack
          columns={[
            { label: '文件' },
            { label: '种类' },
            { label: '页数', numeric: true },
            { label: '状态' },
            { label: '开始' },
          ]}
        >
          {items.map((job) => (
            <tr key={job.id}>
              <td data-label="文件">
                <a href={redactionAddress(job.id)}>{job.name}</a>
              </td>
              <td data-label="种类">{kindWords[job.kind]}</td>
              <td class="numeric" data-label="页数">
                {job.pages.length}
              </td>
              <td data-label="状态">
                <Badge tone={job.state === 'exported' ? 'success' : 'info'}>{jobStates[job.state]}</Badge>
              </td>
              <td data-label="开始">{`${job.createdByName}，${formatDateTime(job.createdAt)}`}</td>
            </tr>
          ))}
        </Table>
      )}
      <Pager nextHref={nextHref} />
    </WorkbenchPage>
  );
}
