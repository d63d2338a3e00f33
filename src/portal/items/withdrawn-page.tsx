import type { Item } from '../../areas/catalogue/index.ts';
import { Alert, Facts, formatDate, LinkButton } from '../../ui/index.ts';
import { catalogueCrumb, catalogueLabels } from '../catalogue/front-page.tsx';
import { PortalPage } from '../shell.tsx';

/** What stays at the address of an item that was taken down: that it was there, and why it is gone. */
export function WithdrawnPage({ item }: { item: Item }) {
  return (
    <PortalPage
      title="本信息已撤下"
      width="reading"
      labels={catalogueLabels}
      breadcrumbs={[catalogueCrumb, { label: '已撤下的信息' }]}
    >
      <Alert tone="warning" title={`${formatDate(item.withdrawnOn)}撤下`}>
        这条信息曾经公开，现在不再提供。
      </Alert>
      <Facts
        items={[
          { label: '索引号', value: item.indexNumber },
          { label: '首次公开', value: formatDate(item.publishedOn) },
          { label: '撤下日期', value: formatDate(item.withdrawnOn) },
          { label: '撤下理由', value: item.withdrawalReason },
          { label: '依据', value: item.withdrawalGround || '—' },
        ]}
      />
      <p>
        <LinkButton href="/catalogue">查看其他政府信息</LinkButton>
      </p>
    </PortalPage>
  );
}
