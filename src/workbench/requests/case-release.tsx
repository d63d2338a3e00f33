import { type ReleaseState, releaseStates } from '../../areas/releases/index.ts';
import type { CaseFile, CaseView, RequestCtx } from '../../areas/requests/index.ts';
import { Badge, Form } from '../../ui/index.ts';

/** What the release gate says of the files that go out with the reply, by digest. */
export type GateStates = ReadonlyMap<string, ReleaseState>;

export const outgoingFiles = ({ files }: CaseView): CaseFile[] =>
  files.filter(({ kind }) => kind === 'released');

export function gateStates(ctx: RequestCtx, view: CaseView): Promise<GateStates> {
  const digests = outgoingFiles(view).map(({ digest }) => digest);
  return releaseStates(ctx, { kind: 'request', id: view.case.id }, digests);
}

/** Where one file stands at the gate: not looked at, held back, or free to go. */
export function GateState(props: {
  requestId: number;
  file: CaseFile;
  state: ReleaseState | undefined;
  mayCheck: boolean;
}) {
  const { requestId, file, state, mayCheck } = props;
  if (state) {
    return (
      <a href={`/workbench/releases/${state.checkId}`} class="gate-state">
        <Badge tone={state.passed ? 'success' : 'warning'}>
          {state.passed ? '出口检查通过' : `出口检查：${state.open} 处待处理`}
        </Badge>
        <span class="visually-hidden">，{file.name}</span>
      </a>
    );
  }
  if (!mayCheck) return <Badge tone="warning">还没有出口检查</Badge>;
  return (
    <Form action="/workbench/releases" layout="bare">
      <input type="hidden" name="request" value={requestId} />
      <input type="hidden" name="file" value={file.id} />
      <button type="submit" class="btn btn-plain btn-small" aria-label={`出口检查 ${file.name}`}>
        出口检查
      </button>
    </Form>
  );
}
