import type { ReleaseView } from '../../areas/releases/index.ts';
import type { CaseFile, CaseView } from '../../areas/requests/index.ts';
import {
  Alert,
  Badge,
  Button,
  Card,
  ErrorSummary,
  Form,
  formatBytes,
  formatDateTime,
  LinkButton,
  Timeline,
} from '../../ui/index.ts';
import { caseAddress, caseFileAddress, REQUESTS } from '../requests/case-addresses.ts';
import { WorkbenchPage } from '../shell.tsx';
import { RELEASES, releaseAddress } from './addresses.ts';
import { FindingItem, type Refused } from './finding-item.tsx';
import { isRedactable } from './outgoing-file.ts';
import { severities } from './words.ts';

interface ReleasePageProps {
  view: ReleaseView;
  /** The case the file goes out with. */
  of: CaseView;
  /** Absent when it was taken off the case. */
  file: CaseFile | undefined;
  mayClean: boolean;
  mayLetThrough: boolean;
  mayRedact: boolean;
  /** Who could let findings through, for those who may not. */
  whoElse: string;
  refused: Refused | null;
}

/** A file before it leaves: what was found in it, and what became of each finding. */
export function ReleasePage(props: ReleasePageProps) {
  const { view, of, file, refused } = props;
  const { id, name, bytes, checkedBy, checkedAt } = view;
  const request = of.case;
  return (
    <WorkbenchPage
      title="出口检查"
      current={REQUESTS}
      state={<State view={view} />}
      lead={`${name}（${formatBytes(bytes)}），${checkedBy} ${formatDateTime(checkedAt)} 检查`}
      breadcrumbs={[
        { label: '依申请公开', href: REQUESTS },
        { label: `申请 ${request.number}`, href: caseAddress(request.id) },
        { label: `第 ${id} 号出口检查` },
      ]}
      actions={<Acts {...props} />}
    >
      <ErrorSummary errors={refused?.errors} />
      <Outcome view={view} file={file} />
      <Findings {...props} />
      {props.mayLetThrough || view.passed || <p class="help">{`${props.whoElse}可以说明理由放行。`}</p>}
      <Decisions view={view} />
    </WorkbenchPage>
  );
}

const openOf = ({ findings }: ReleaseView) =>
  findings.filter(({ severity, letThrough }) => severity !== 'notice' && !letThrough);

function State({ view }: { view: ReleaseView }) {
  return view.passed ? (
    <Badge tone="success">可以发出</Badge>
  ) : (
    <Badge tone="danger">{`${openOf(view).length} 项待处理`}</Badge>
  );
}

function Acts({ view, of, file, mayClean }: ReleasePageProps) {
  const cleanable = view.findings.filter(({ cleaning, letThrough }) => cleaning !== null && !letThrough);
  return (
    <>
      {file && mayClean && cleanable.length > 0 && (
        <Form action={releaseAddress(view.id, '/cleaning')} layout="bare">
          <input type="hidden" name="version" value={view.version} />
          <input type="hidden" name="key" value="all" />
          <Button tone="primary" icon="eraser">
            {`全部清理（${cleanable.length} 项）`}
          </Button>
        </Form>
      )}
      {file && (
        <LinkButton href={caseFileAddress(of.case.id, file.id)} icon="download" download>
          下载文件
        </LinkButton>
      )}
      {file && mayClean && (
        <Form action={RELEASES} layout="bare">
          <input type="hidden" name="request" value={of.case.id} />
          <input type="hidden" name="file" value={file.id} />
          <Button icon="refresh">重新检查</Button>
        </Form>
      )}
    </>
  );
}

function Outcome({ view, file }: Pick<ReleasePageProps, 'view' | 'file'>) {
  if (!file) {
    return (
      <Alert tone="warning" title="这份文件已经不在案卷的答复附件里">
        检查结果留作记录，不能再清理。
      </Alert>
    );
  }
  if (!view.passed) return null;
  const cleaned = view.decisions.some(({ decision }) => decision === 'cleaned');
  return (
    <Alert tone="success" title="检查通过，可以随答复发出">
      {cleaned ? '案卷里的附件已换成清理后的文件。' : '检查的是文件的每一个字节，换成别的文件须重新检查。'}
    </Alert>
  );
}

function Findings(props: ReleasePageProps) {
  const { view, file, mayClean, mayLetThrough, mayRedact, refused } = props;
  if (view.findings.length === 0) {
    return <Alert tone="info">没有发现隐藏内容、人员信息或个人号码。</Alert>;
  }
  const stuck = view.findings.some(
    ({ cleaning, severity, letThrough }) => cleaning === null && severity !== 'notice' && !letThrough,
  );
  let number = 0;
  return (
    <>
      {(['grave', 'warning', 'notice'] as const).map((severity) => {
        const findings = view.findings.filter((finding) => finding.severity === severity);
        if (findings.length === 0) return null;
        const { title, explained } = severities[severity];
        return (
          <Card key={severity} title={`${title}（${findings.length}）`}>
            <p class="help">{explained}</p>
            <ul class={`gate-findings gate-${severity}`}>
              {findings.map((finding) => {
                number += 1;
                return (
                  <FindingItem
                    key={finding.key}
                    view={view}
                    finding={finding}
                    number={number}
                    mayClean={mayClean && file !== undefined}
                    mayLetThrough={mayLetThrough}
                    refused={refused}
                  />
                );
              })}
            </ul>
          </Card>
        );
      })}
      {stuck && file && (
        <Alert tone="info" title="不能自动清理的内容">
          <p>
            在原文件里改好后重新上传；PDF、图片和 Word
            也可以在区分处理中逐页转为图像，需要遮盖的一并遮盖，再放入案卷。
          </p>
          {mayRedact && isRedactable(file) && (
            <Form action={releaseAddress(view.id, '/redaction')} layout="bare">
              <Button small icon="marquee">
                转到区分处理，导出图像版 PDF
              </Button>
            </Form>
          )}
        </Alert>
      )}
    </>
  );
}

function Decisions({ view }: { view: ReleaseView }) {
  if (view.decisions.length === 0) return null;
  return (
    <Card title="处理记录">
      <Timeline
        items={view.decisions.toReversed().map(({ decision, finding, label, reason, by, at }) => ({
          at: formatDateTime(at),
          by,
          title: `${decision === 'cleaned' ? '清理' : '放行'}：${label}（${finding.place}）`,
          detail: reason === '' ? undefined : reason,
          tone: decision === 'cleaned' ? 'success' : 'warning',
        }))}
      />
    </Card>
  );
}
