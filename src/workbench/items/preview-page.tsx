import type { CatalogueColumn, GatedFile, Item, Version } from '../../areas/catalogue/index.ts';
import { Alert, LinkButton } from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { ITEMS, itemAddress } from './addresses.ts';
import { ItemDocument } from './document.tsx';

/** The open version as the public will read it. */
export function PreviewPage(props: {
  item: Item;
  version: Version;
  columns: readonly CatalogueColumn[];
  files: readonly GatedFile[];
}) {
  const { item, version } = props;
  return (
    <WorkbenchPage
      title="预览"
      current={ITEMS}
      breadcrumbs={[
        { label: '公开信息', href: ITEMS },
        { label: version.title || '未命名的信息', href: itemAddress(item.id) },
        { label: '预览' },
      ]}
      actions={
        <LinkButton href={itemAddress(item.id)} icon="arrow-left">
          返回
        </LinkButton>
      }
    >
      <Alert tone="info">这是最近一次保存的内容，公众还看不到。</Alert>
      {version.amendment !== '' && item.liveVersion !== null && (
        <p class="item-amendment">{`修改说明：${version.amendment}`}</p>
      )}
      <ItemDocument {...props} />
    </WorkbenchPage>
  );
}
