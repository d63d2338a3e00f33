import type { CaseView, RequestCtx } from '../../areas/requests/index.ts';
import { Alert, Card, formatBytes } from '../../ui/index.ts';
import { caseFileAddress } from './case-addresses.ts';

/** The files that go out with the reply. */
export function OutgoingFiles({ view }: { view: CaseView; ctx: RequestCtx }) {
  const going = view.files.filter(({ kind }) => kind === 'released');
  return (
    <Card title="随答复发出的文件">
      {going.length === 0 ? (
        <Alert tone="info">没有答复附件，只发出答复书。</Alert>
      ) : (
        <ul class="outgoing">
          {going.map(({ id, name, bytes }) => (
            <li key={id}>
              <a href={caseFileAddress(view.case.id, id)} download>
                {name}
              </a>
              <span class="help-inline">{formatBytes(bytes)}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
