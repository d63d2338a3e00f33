import {
  Badge,
  Card,
  DrawerLink,
  Facts,
  Light,
  Pager,
  Progress,
  Stat,
  Stats,
  Steps,
  Table,
  Timeline,
} from '../../ui/index.ts';

const rows = [
  {
    unit: '党工委、管委会办公室',
    month: '2018年12月',
    count: '1,204',
    tone: 'red',
    words: '已逾期 2 天（1月11日到期）',
  },
  { unit: '经济发展局', month: '2018年12月', count: '86', tone: 'amber', words: '今天到期（1月15日）' },
  {
    unit: '行政审批局',
    month: '2018年12月',
    count: '—',
    tone: 'green',
    words: '还有 5 个工作日（1月22日到期）',
  },
] as const;

/** Records: alone, in tables, over time. */
export function RecordSpecimens() {
  return (
    <>
      <Card title="数字">
        <Stats>
          <Stat
            label="主动公开政府信息"
            value="9,351"
            unit="条"
            href="/workbench/gallery/drawer"
            note="比上年增加 12.4%"
          />
          <Stat label="发布政策解读" value="275" unit="篇" />
          <Stat label="收到公开申请" value="3" unit="件" />
          <Stat label="报送进度" value={<Progress value={36} max={41} label="已报送单位" />} />
        </Stats>
      </Card>
      <Card title="表格" flush id="tables">
        <Table
          caption="填报列表"
          queue
          columns={[
            { label: '期限' },
            { label: '单位', sortHref: '#sort', sorted: 'ascending' },
            { label: '月份' },
            { label: '条数', numeric: true, sortHref: '#sort-count' },
            { label: '状态' },
          ]}
          foot={
            <tr>
              <th scope="row" colSpan={3}>
                合计
              </th>
              <td class="numeric">1,290</td>
              <td />
            </tr>
          }
        >
          {rows.map((row) => (
            <tr key={row.unit}>
              <td>
                <Light tone={row.tone}>{row.words}</Light>
              </td>
              <th scope="row">
                <DrawerLink href="/workbench/gallery/drawer">{row.unit}</DrawerLink>
              </th>
              <td>{row.month}</td>
              <td class="numeric">{row.count}</td>
              <td>
                <Badge tone="info">待审核</Badge>
              </td>
            </tr>
          ))}
        </Table>
      </Card>
      <Pager note="共 132 条" previousHref="#previous" nextHref="#next" />
      <Card title="一件事的经过">
        <div class="stack">
          <Steps
            current={2}
            items={[
              { label: '汇编', note: '1月7日' },
              { label: '校核', note: '1月9日' },
              { label: '审核' },
              { label: '签发' },
              { label: '发布', note: '3月31日前' },
            ]}
          />
          <Facts
            items={[
              { label: '填报单位', value: '党工委、管委会办公室' },
              { label: '报送人', value: '示例人员' },
              { label: '文号', value: '昆高开办通〔2018〕12号' },
              { label: '报送时间', value: '2019年1月3日 09:05' },
            ]}
          />
          <Timeline
            items={[
              {
                at: '2019年1月4日 10:20',
                title: '退回修改',
                by: '信息公开专员',
                tone: 'danger',
                detail: '微博条数与截图不一致。',
              },
              { at: '2019年1月3日 09:05', title: '报送', by: '信息发布员' },
              { at: '2019年1月2日 16:40', title: '通过', by: '部门负责人', tone: 'success' },
            ]}
          />
        </div>
      </Card>
    </>
  );
}
