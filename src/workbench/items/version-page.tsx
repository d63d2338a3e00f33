import { type GatedFile, type Item, type Version, versionStates } from '../../areas/catalogue/index.ts';
import { Badge, Card, Facts, formatDateTime } from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { forDesk, ITEMS, itemAddress } from './addresses.ts';
import { FileList } from './editor-files.tsx';
import { Differences } from './item-page.tsx';

/** One version as it was, and what it changed against the one before. */
export function VersionPage(props: {
  item: Item;
  version: Version;
  before: Version | null;
  files: readonly GatedFile[];
}) {
  const { item, version, before, files } = props;
  const { label, tone } = versionStates[version.state];
  return (
    <WorkbenchPage
      title={`第 ${version.version} 版`}
      current={ITEMS}
      state={<Badge tone={tone}>{label}</Badge>}
      lead={version.title}
      breadcrumbs={[
        { label: '公开信息', href: ITEMS },
        { label: item.title || version.title || '未命名的信息', href: itemAddress(item.id, '/record') },
        { label: `第 ${version.version} 版` },
      ]}
    >
      <Facts
        items={[
          { label: '修改说明', value: version.amendment || '—' },
          { label: '保存时间', value: formatDateTime(version.savedAt) },
          { label: '发布时间', value: version.publishedAt ? formatDateTime(version.publishedAt) : '—' },
          {
            label: '内容摘要（SM3）',
            value: version.digest ? <code class="item-digest">{version.digest}</code> : '—',
          },
        ]}
      />
      {before && (
        <Card title={`与第 ${before.version} 版的差别`}>
          <Differences before={before} after={version} />
        </Card>
      )}
      <Card title="全文">
        <div class="prose item-text" dangerouslySetInnerHTML={{ __html: forDesk(version.body, item.id) }} />
      </Card>
      {files.length > 0 && (
        <Card title="附件">
          <FileList itemId={item.id} files={files} />
        </Card>
      )}
    </WorkbenchPage>
  );
}
