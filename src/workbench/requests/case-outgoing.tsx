import type { CaseView } from '../../areas/requests/index.ts';
import { Alert, Card, formatBytes } from '../../ui/index.ts';
import { caseFileAddress } from './case-addresses.ts';
import { GateState, type GateStates, outgoingFiles } from './case-release.tsx';

/** The files that go out with the reply, and whether the release gate lets them. */
export function OutgoingFiles(props: { view: CaseView; gate: GateStates; mayCheck: boolean }) {
  const { view, gate, mayCheck } = props;
  const files = outgoingFiles(view);
  const held = files.filter(({ digest }) => !gate.get(digest)?.passed);
  return (
    <Card title="随答复发出的文件">
      {files.length === 0 ? (
        <p>没有答复附件，只发出答复书。</p>
      ) : (
        <>
          {held.length > 0 && (
            <Alert tone="warning" title={`${held.length} 个文件还没有通过出口检查`}>
              通过之前不能发出答复。
            </Alert>
          )}
          <ul class="outgoing">
            {files.map((file) => (
              <li key={file.id}>
                <span>
                  <a href={caseFileAddress(view.case.id, file.id)} download>
                    {file.name}
                  </a>{' '}
                  <span class="help-inline">{formatBytes(file.bytes)}</span>
                </span>
                <GateState
                  requestId={view.case.id}
                  file={file}
                  state={gate.get(file.digest)}
                  mayCheck={mayCheck}
                />
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
