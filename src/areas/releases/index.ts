import { registerLabels } from '../../ledger/index.ts';

export { checkForRelease, cleanFindings, letThrough } from './actions.ts';
export { disposeReleases } from './disposal-actions.ts';
export { type Inspecting, openInspecting } from './inspection/thread/index.ts';
export type {
  JudgedFinding,
  ReleaseCtx,
  ReleaseDecision,
  ReleaseRef,
  ReleaseState,
  ReleaseSubject,
  ReleaseView,
  Severity,
} from './model.ts';
export { releaseSealedTables } from './sealed.ts';
export { demandReleased, readRelease, releaseStates } from './view.ts';

registerLabels({
  acts: {
    'releases.check': '出口检查',
    'releases.clean': '清理发现',
    'releases.let-through': '说明理由放行',
  },
  subjects: {
    release: { label: '出口检查', href: (id) => `/workbench/releases/${id}` },
  },
  fields: {
    'release.request': '申请件',
    'release.item': '公开信息',
    'release.bytes': '字节数',
    'release.found': '发现',
    'release.open': '未处理',
    'release.cleaned': '已清理',
    'release.letThrough': '放行',
  },
});
