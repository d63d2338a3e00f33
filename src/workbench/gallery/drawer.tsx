import { DrawerContent, Facts, Table } from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';

const TITLE = '1.2.2 政府网站公开政府信息数';

/** A drawer's content as a fragment for htmx, and the same inside a page for everyone else. */
export function GalleryDrawer({ fragment }: { fragment?: boolean }) {
  if (fragment) {
    return (
      <DrawerContent title={TITLE} href="/workbench/gallery/drawer">
        <Evidence />
      </DrawerContent>
    );
  }
  return (
    <WorkbenchPage
      title={TITLE}
      breadcrumbs={[{ label: '部件', href: '/workbench/gallery' }, { label: TITLE }]}
    >
      <Evidence />
    </WorkbenchPage>
  );
}

function Evidence() {
  return (
    <div class="stack">
      <Facts
        items={[
          { label: '统计数', value: '1,927 条' },
          { label: '来自记录', value: '0 条' },
          { label: '来自填报', value: '1,927 条（12 份）' },
        ]}
      />
      <Table
        caption="填报明细"
        columns={[{ label: '月份' }, { label: '填报单位' }, { label: '数量', numeric: true }]}
      >
        <tr>
          <td>2018年1月</td>
          <td>党工委、管委会办公室</td>
          <td class="numeric">163</td>
        </tr>
        <tr>
          <td>2018年2月</td>
          <td>党工委、管委会办公室</td>
          <td class="numeric">98</td>
        </tr>
      </Table>
    </div>
  );
}
