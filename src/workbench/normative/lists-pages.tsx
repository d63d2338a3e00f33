import { type EndingDocument, type ValidityChange, validities } from '../../areas/catalogue/index.ts';
import { daysLeft, Empty, formatDate, formatDateTime, Light, Table } from '../../ui/index.ts';
import { CHANGES, documentAddress, ENDING } from './addresses.ts';
import { NormativeView } from './frame.tsx';

/** Changes that wait for somebody's decision. */
export function ChangesPage({ changes, waiting }: { changes: readonly ValidityChange[]; waiting: number }) {
  return (
    <NormativeView
      view={CHANGES}
      waiting={waiting}
      lead="有效性的变更由一人提出、另一人审核，批准后公开页面立即更新。"
    >
      {changes.length === 0 ? (
        <Empty title="没有待审核的变更" icon="circle-check" />
      ) : (
        <Table
          caption="待审核的变更"
          queue
          stack
          columns={[
            { label: '文件', width: 'wide' },
            { label: '变更' },
            { label: '部门' },
            { label: '提出' },
          ]}
        >
          {changes.map((change) => (
            <tr key={change.id}>
              <th scope="row" data-label="文件">
                <a href={documentAddress(change.itemId)}>{change.title}</a>
                <span class="cell-note">{change.ground}</span>
              </th>
              <td data-label="变更">
                {change.kind === 'term'
                  ? `有效期至 ${change.validUntil ? formatDate(change.validUntil) : '未定'}`
                  : `${validities[change.validity ?? 'in-force']}，${formatDate(change.fromOn)}起`}
              </td>
              <td data-label="部门">{change.unitName}</td>
              <td data-label="提出">{`${change.proposerName}，${formatDateTime(change.proposedAt)}`}</td>
            </tr>
          ))}
        </Table>
      )}
    </NormativeView>
  );
}

/** Documents that lapse by the day, told in advance. */
export function EndingPage(props: {
  documents: readonly EndingDocument[];
  until: string;
  today: string;
  waiting: number;
}) {
  const { documents, until, today, waiting } = props;
  return (
    <NormativeView
      view={ENDING}
      waiting={waiting}
      lead={`${formatDate(until)}前有效期届满的文件。需要继续执行的，请在届满前延长；届满次日自动标注失效并记入台账。`}
    >
      {documents.length === 0 ? (
        <Empty title="近期没有有效期届满的文件" icon="circle-check" />
      ) : (
        <Table
          caption="有效期届满的文件"
          queue
          stack
          columns={[
            { label: '文件', width: 'wide' },
            { label: '部门' },
            { label: '有效期至' },
            { label: '剩余' },
          ]}
        >
          {documents.map((document) => (
            <tr key={document.id}>
              <th scope="row" data-label="文件">
                <a href={documentAddress(document.id)}>{document.title}</a>
                <span class="cell-note">{document.documentNumber}</span>
              </th>
              <td data-label="部门">{document.unitName}</td>
              <td data-label="有效期至">{formatDate(document.validUntil)}</td>
              <td data-label="剩余">
                <Light tone={document.validUntil < today ? 'red' : 'amber'}>
                  {daysLeft(document.validUntil, today)}
                </Light>
              </td>
            </tr>
          ))}
        </Table>
      )}
    </NormativeView>
  );
}
