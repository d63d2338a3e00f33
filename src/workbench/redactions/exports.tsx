import type { RedactionExport, RedactionView } from '../../areas/redactions/index.ts';
import { Button, Card, Form, formatBytes, formatDateTime, LinkButton } from '../../ui/index.ts';
import { redactionAddress } from './addresses.ts';
import { Place } from './cover-forms.tsx';

/** What was exported, and what may be done with it. */
export function Exports({ view, page }: { view: RedactionView; page: number }) {
  if (view.exports.length === 0 && view.state === 'draft') return null;
  return (
    <Card title="处理后的文件">
      {view.exports.length > 0 && (
        <ul class="redaction-exports">
          {view.exports.map((made) => (
            <li key={made.id}>
              <Export view={view} made={made} />
            </li>
          ))}
        </ul>
      )}
      {view.state !== 'draft' && (
        <Form action={redactionAddress(view.id, '/resumption')} layout="bare">
          <Place view={view} page={page} shown="before" />
          <Button icon="pencil">{view.state === 'exporting' ? '取消导出，继续修改' : '继续修改'}</Button>
        </Form>
      )}
    </Card>
  );
}

/** Who looked at the original. */
export function Openings({ view }: { view: RedactionView }) {
  return (
    <Card title="原件的打开记录">
      <ul class="redaction-openings">
        {view.openings.map(({ staffName, openedAt }) => (
          <li key={openedAt.toISOString()}>
            {staffName} <span class="help-inline">{formatDateTime(openedAt)}</span>
          </li>
        ))}
      </ul>
      <p class="help">同一人一小时内连续查看记为一次；每次都写入操作台账。</p>
      {view.state !== 'exporting' && (
        <LinkButton href={redactionAddress(view.id, '/disposal')} small icon="trash">
          销毁原件
        </LinkButton>
      )}
    </Card>
  );
}

function Export({ view, made }: { view: RedactionView; made: RedactionExport }) {
  const address = redactionAddress(view.id, `/exports/${made.id}`);
  return (
    <>
      <p>
        <strong>{`遮盖 ${made.boxes} 处，${formatBytes(made.bytes)}`}</strong>{' '}
        <span class="help-inline">{`${made.madeBy}，${formatDateTime(made.madeAt)}`}</span>
      </p>
      <p class="help redaction-digest">{`SM3 ${made.sm3}`}</p>
      <div class="redaction-box-acts">
        <LinkButton href={`${address}.pdf`} icon="download" small download>
          下载 PDF
        </LinkButton>
        {view.requestId !== null &&
          (made.requestFileId === null ? (
            <Form action={`${address}/hand-over`} layout="bare">
              <Button small tone="primary" icon="folder-plus">
                放入案卷，随答复公开
              </Button>
            </Form>
          ) : (
            <span class="help-inline">已放入案卷，出门前还要经过公开检查</span>
          ))}
      </div>
    </>
  );
}
