import type { Item, ItemFile } from '../../areas/catalogue/index.ts';
import type { ReleaseView } from '../../areas/releases/index.ts';
import {
  Alert,
  Badge,
  Button,
  Card,
  ErrorSummary,
  Form,
  formatBytes,
  LinkButton,
  TextArea,
} from '../../ui/index.ts';
import { FindingItem } from '../releases/finding-item.tsx';
import type { Errors, Given } from '../request.ts';
import { WorkbenchPage } from '../shell.tsx';
import { ITEMS, itemAddress, itemFileAddress } from './addresses.ts';

interface GateProps {
  item: Item;
  file: ItemFile;
  oversized: boolean;
  /** Null while the file was never checked, or for those who may not see findings. */
  view: ReleaseView | null;
  mayCheck: boolean;
  mayLetThrough: boolean;
  given?: Given;
  errors?: Errors;
}

/** A file of an item before it becomes public: what was found in it and what becomes of that. */
export function GatePage(props: GateProps) {
  const { item, file, view, mayCheck, errors } = props;
  const back = itemAddress(item.id);
  return (
    <WorkbenchPage
      title="出口检查"
      current={ITEMS}
      state={
        file.released ? <Badge tone="success">可以公开</Badge> : <Badge tone="warning">还不能公开</Badge>
      }
      lead={`${file.name}（${formatBytes(file.bytes)}）`}
      breadcrumbs={[
        { label: '公开信息', href: ITEMS },
        { label: item.title || '未命名的信息', href: back },
        { label: '出口检查' },
      ]}
      actions={
        <>
          {mayCheck && !props.oversized && (
            <Form action={itemFileAddress(item.id, file.id, '/check')} layout="bare">
              <Button icon="refresh" tone={view ? 'plain' : 'primary'}>
                {view ? '重新检查' : '检查'}
              </Button>
            </Form>
          )}
          <LinkButton href={itemFileAddress(item.id, file.id)} icon="eye">
            查看文件
          </LinkButton>
          <LinkButton href={back} icon="arrow-left">
            返回稿件
          </LinkButton>
        </>
      }
    >
      <ErrorSummary errors={errors} />
      {props.oversized ? (
        <Large {...props} />
      ) : view ? (
        <Findings {...props} view={view} />
      ) : (
        <Unchecked {...props} />
      )}
    </WorkbenchPage>
  );
}

function Unchecked({ mayCheck, mayLetThrough }: GateProps) {
  return (
    <Alert tone="info">
      {mayCheck || mayLetThrough
        ? '这份文件还没有检查。检查会找出隐藏的内容、人员信息和个人号码。'
        : '检查结果由发布人员和审查人员处理。'}
    </Alert>
  );
}

function Large({ item, file, mayLetThrough, given, errors }: GateProps) {
  if (file.released) return <Alert tone="success">已说明理由放行。</Alert>;
  return (
    <>
      <Alert tone="warning" title="文件超过 50 MB，无法自动检查">
        请用其他办法检查文件里隐藏的内容和个人信息，由审查人员说明理由放行；也可以压缩或拆分后重新上传。
      </Alert>
      {mayLetThrough && (
        <Form action={itemFileAddress(item.id, file.id, '/release/large')}>
          <TextArea
            name="reason"
            label="谁用什么办法检查过"
            value={given?.('reason')}
            rows={2}
            maxlength={500}
            error={errors?.reason}
            required
          />
          <Button tone="danger">放行这份文件</Button>
        </Form>
      )}
    </>
  );
}

function Findings(props: GateProps & { view: ReleaseView }) {
  const { item, file, view, mayCheck, mayLetThrough, given, errors } = props;
  const address = itemFileAddress(item.id, file.id, '/release');
  if (view.findings.length === 0) return <Alert tone="success">没有发现隐藏内容、人员信息或个人号码。</Alert>;
  const cleanable = view.findings.filter(({ cleaning, letThrough }) => cleaning !== null && !letThrough);
  return (
    <Card title={`发现 ${view.findings.length} 项`}>
      {mayCheck && cleanable.length > 0 && (
        <Form action={`${address}/cleaning`} layout="bare">
          <input type="hidden" name="version" value={view.version} />
          <input type="hidden" name="key" value="all" />
          <Button tone="primary" icon="eraser">{`全部清理（${cleanable.length} 项）`}</Button>
        </Form>
      )}
      <ul class="gate-findings">
        {view.findings.map((finding, index) => (
          <FindingItem
            key={finding.key}
            view={view}
            address={address}
            finding={finding}
            number={index + 1}
            mayClean={mayCheck}
            mayLetThrough={mayLetThrough}
            refused={given && errors ? { key: given('key'), reason: given('reason'), errors } : null}
          />
        ))}
      </ul>
    </Card>
  );
}
