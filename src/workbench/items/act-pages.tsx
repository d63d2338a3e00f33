import type { GatedFile, Item, Version } from '../../areas/catalogue/index.ts';
import {
  Alert,
  bookTitle,
  ConfirmPage,
  ErrorSummary,
  fieldId,
  formatDateTime,
  LinkButton,
  TextArea,
  TextField,
} from '../../ui/index.ts';
import type { Errors, Given } from '../request.ts';
import { WorkbenchPage } from '../shell.tsx';
import { ITEMS, itemAddress } from './addresses.ts';

interface ActProps {
  item: Item;
  version: Version;
  files: readonly GatedFile[];
  lacks: Errors;
  /** What the scan holds back, in words; null where nothing is open. */
  held: string | null;
  given: Given;
  errors?: Errors;
}

/** Acts with a page of their own: what follows from them is named before they are done. */
export type ActName = 'submission' | 'publication' | 'urgent' | 'withdrawal' | 'discard';

interface ActWords {
  title: string;
  label: string;
  tone: 'primary' | 'danger';
  consequence(props: ActProps): string;
}

export const actWords: Readonly<Record<ActName, ActWords>> = {
  submission: {
    title: '送审',
    label: '送审',
    tone: 'primary',
    consequence: ({ version }) =>
      `送审后${bookTitle(version.title)}不能再修改，直到退回或者撤回；审查通过后${version.publishAt ? `于 ${formatDateTime(version.publishAt)} 自动发布，` : ''}公众可见。`,
  },
  publication: {
    title: '发布',
    label: '发布',
    tone: 'primary',
    consequence: ({ version }) =>
      `发布后公众立即可见${bookTitle(version.title)}。${version.publishAt ? `原定 ${formatDateTime(version.publishAt)} 自动发布。` : ''}`,
  },
  urgent: {
    title: '紧急发布',
    label: '紧急发布',
    tone: 'danger',
    consequence: ({ version }) =>
      `发布后公众立即可见${bookTitle(version.title)}。稿件没有经过审查，须在 3 个工作日内补审；补审不通过的立即撤下。`,
  },
  withdrawal: {
    title: '撤下',
    label: '撤下',
    tone: 'danger',
    consequence: ({ item }) =>
      `撤下后公众不能再看到${bookTitle(item.title)}的内容。原地址保留，并向公众说明下面填写的理由和依据。`,
  },
  discard: {
    title: '删除草稿',
    label: '删除草稿',
    tone: 'danger',
    consequence: ({ item, version }) =>
      item.liveVersion === null
        ? `删除后${bookTitle(version.title || '未命名的信息')}不再出现在列表里，不能恢复。`
        : `删除的是${bookTitle(version.title)}的修改稿，现行版本继续公开。`,
  },
};

export function ActPage({ act, ...props }: ActProps & { act: ActName }) {
  const { item, version, errors } = props;
  const { title, label, tone, consequence } = actWords[act];
  const back = itemAddress(item.id);
  const reviews = act === 'submission' || act === 'urgent';
  const lacking = reviews && (Object.keys(props.lacks).length > 0 || props.held !== null);
  return (
    <WorkbenchPage
      title={title}
      current={ITEMS}
      breadcrumbs={[
        { label: '公开信息', href: ITEMS },
        { label: version.title || '未命名的信息', href: back },
        { label: title },
      ]}
    >
      <ErrorSummary errors={act === 'urgent' || act === 'withdrawal' ? errors : undefined} />
      {(reviews || act === 'publication') && <Open {...props} />}
      {lacking ? (
        <p>
          <LinkButton href={`${back}?check=1`} tone="primary">
            回去补充
          </LinkButton>
        </p>
      ) : (
        <ConfirmPage
          title={`${label}${bookTitle(version.title || '未命名的信息')}`}
          consequence={consequence(props)}
          action={itemAddress(item.id, `/${act}`)}
          label={label}
          tone={tone}
          backHref={back}
        >
          <Fields act={act} {...props} />
        </ConfirmPage>
      )}
    </WorkbenchPage>
  );
}

/** What is missing or not yet through the gate. */
function Open({ item, lacks, held, files }: ActProps) {
  const missing = Object.entries(lacks);
  const open = files.filter(({ file }) => !file.released);
  return (
    <>
      {missing.length > 0 && (
        <Alert tone="danger" title="还缺以下内容">
          <ul>
            {missing.map(([name, message]) => (
              <li key={name}>
                <a href={`${itemAddress(item.id)}?check=1#${fieldId(name)}`}>{message}</a>
              </li>
            ))}
          </ul>
        </Alert>
      )}
      {held !== null && (
        <Alert tone="danger" title={held}>
          <a href={itemAddress(item.id, '#findings')}>查看内容检查</a>
        </Alert>
      )}
      {open.length > 0 && (
        <Alert tone="warning" title={`${open.length} 份文件还没有通过出口检查，通过后才能公开`}>
          <ul>
            {open.map(({ file }) => (
              <li key={file.id}>
                <a href={itemAddress(item.id, `/files/${file.id}/release`)}>{file.name}</a>
              </li>
            ))}
          </ul>
        </Alert>
      )}
    </>
  );
}

function Fields({ act, given, errors }: ActProps & { act: ActName }) {
  if (act === 'urgent')
    return (
      <TextArea
        name="reason"
        label="紧急发布的理由"
        value={given('reason')}
        rows={3}
        maxlength={500}
        error={errors?.reason}
        help="例如“台风红色预警，须立即告知公众避险”。"
        required
      />
    );
  if (act !== 'withdrawal') return null;
  return (
    <>
      <TextArea
        name="reason"
        label="理由（公众会看到）"
        value={given('reason')}
        rows={3}
        maxlength={500}
        error={errors?.reason}
        required
      />
      <TextField
        name="ground"
        label="依据（公众会看到）"
        value={given('ground')}
        maxlength={200}
        error={errors?.ground}
        help="例如《中华人民共和国政府信息公开条例》第十五条。"
        required
      />
    </>
  );
}
