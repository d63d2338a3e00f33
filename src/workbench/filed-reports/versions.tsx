import type { FiledReport } from '../../areas/filed-reports/index.ts';
import type { TimelineAct } from '../../ledger/index.ts';
import {
  Badge,
  Button,
  Card,
  Empty,
  Form,
  formatBytes,
  formatDateTime,
  LinkButton,
  Table,
} from '../../ui/index.ts';
import { ActHistory } from '../history.tsx';
import { APART, reportAddress } from './addresses.ts';
import { fileAddress, type Powers, ReportFrame } from './report-frame.tsx';
import { documentKinds, foundByWords } from './words.ts';

/** Every version filed, the files that could not be read, and what was done with the report. */
export function VersionsPage(props: { filed: FiledReport; powers: Powers; acts: readonly TimelineAct[] }) {
  const { filed, powers, acts } = props;
  const { unit, year, versions, unreadable, shown } = filed;
  return (
    <ReportFrame filed={filed} view="/versions" powers={powers}>
      <Card title="版本" flush>
        {versions.length === 0 ? (
          <Empty title="还没有读出的版本" icon="files-off" />
        ) : (
          <Table
            caption="报送的版本，最新的在前"
            stack
            columns={[
              { label: '版本' },
              { label: '文件' },
              { label: '类型' },
              { label: '收到' },
              { label: '归档' },
              { label: '操作', labelHidden: true },
            ]}
          >
            {versions.map((version, index) => (
              <tr key={version.fileId}>
                <td data-label="版本">
                  <a href={`${reportAddress(unit.id, year)}?version=${version.version}`}>
                    第 {version.version} 版
                  </a>{' '}
                  {index === 0 && <Badge tone="info">最新</Badge>}
                </td>
                <td data-label="文件">
                  <a class="file-name" href={fileAddress(version.fileId)} download>
                    {version.fileName}
                  </a>{' '}
                  <span class="help">{formatBytes(version.bytes)}</span>
                </td>
                <td data-label="类型">{version.kind ? documentKinds[version.kind] : '—'}</td>
                <td data-label="收到">{`${version.addedBy} ${formatDateTime(version.addedAt)}`}</td>
                <td data-label="归档">{version.foundBy ? foundByWords[version.foundBy] : '—'}</td>
                <td data-label="操作">
                  {powers.file && (
                    <LinkButton small href={`${APART}/${version.fileId}`}>
                      改归档
                    </LinkButton>
                  )}
                </td>
              </tr>
            ))}
          </Table>
        )}
      </Card>
      {unreadable.length > 0 && (
        <Card title="读不出的文件">
          <ul class="plain-list">
            {unreadable.map((file) => (
              <li key={file.id}>
                <a class="file-name" href={fileAddress(file.id)} download>
                  {file.name}
                </a>{' '}
                {formatBytes(file.bytes)}
                <span class="file-reason">{file.fault}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {powers.file && shown && (
        <div class="again-forms">
          <Form action={`${reportAddress(unit.id, year)}/check`} layout="inline" label="重新核查">
            <Button small icon="refresh">
              重新核查
            </Button>
          </Form>
          <Form action={`${reportAddress(unit.id, year)}/reading`} layout="inline" label="重新读取">
            <Button small>{`重新读取第 ${shown.version} 版`}</Button>
          </Form>
        </div>
      )}
      {shown && (
        <p class="digest">
          第 {shown.version} 版文件摘要（SHA-256）：<code>{shown.digest}</code>
        </p>
      )}
      <Card title="办理过程">
        <ActHistory items={acts} />
      </Card>
    </ReportFrame>
  );
}
