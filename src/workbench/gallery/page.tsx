import { Card, FilterLinks, LinkButton, Tabs } from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { FormSpecimens } from './form-specimens.tsx';
import { MessageSpecimens } from './message-specimens.tsx';
import { RecordSpecimens } from './record-specimens.tsx';

export function GalleryPage() {
  return (
    <WorkbenchPage
      title="部件"
      lead="界面的每一种部件和它的各种状态。"
      breadcrumbs={[{ label: '工作台', href: '/workbench' }, { label: '部件' }]}
      actions={
        <>
          <LinkButton href="#forms" tone="primary" icon="plus">
            新建填报
          </LinkButton>
          <LinkButton href="#tables" icon="download">
            导出
          </LinkButton>
        </>
      }
    >
      <Tabs
        items={[
          { label: '全部', href: '#all', current: true, count: 1286 },
          { label: '待审核', href: '#waiting', count: 12 },
          { label: '已退回', href: '#returned' },
        ]}
      />
      <MessageSpecimens />
      <RecordSpecimens />
      <FormSpecimens />
      <Card title="筛选">
        <FilterLinks
          title="状态"
          items={[
            { label: '全部', href: '#state', count: 41 },
            { label: '已报送', href: '#state-sent', current: true, count: 36 },
            { label: '未报送', href: '#state-late', count: 5 },
          ]}
        />
      </Card>
    </WorkbenchPage>
  );
}
