import {
  Alert,
  Badge,
  Button,
  Card,
  Chip,
  Confirm,
  Empty,
  Light,
  LinkButton,
  UnavailableAct,
} from '../../ui/index.ts';

/** Words that tell how something stands, and the buttons beside them. */
export function MessageSpecimens() {
  return (
    <>
      <Card title="状态与消息">
        <div class="stack">
          <p class="toolbar">
            <Badge>草稿</Badge>
            <Badge tone="info">待审核</Badge>
            <Badge tone="success">已通过</Badge>
            <Badge tone="warning">已退回</Badge>
            <Badge tone="danger">已撤销</Badge>
          </p>
          <p class="toolbar">
            <Light tone="green">还有 12 个工作日（1月31日到期）</Light>
            <Light tone="amber">今天到期（1月15日）</Light>
            <Light tone="red">已逾期 2 个工作日（1月11日到期）</Light>
          </p>
          <p>
            全年公开政府信息 <Chip href="#chip">9,351</Chip> 条，发布新闻稿件{' '}
            <Chip tone="warning">200余</Chip> 篇， 与表内 <Chip tone="danger">1,927</Chip> 不一致。
          </p>
          <Alert tone="info" title="报告期">
            统计期间为 2018年1月1日至2018年12月31日。
          </Alert>
          <Alert tone="success">已保存。</Alert>
          <Alert tone="warning" title="有 3 个单位尚未报送">
            可以先汇编，未报送单位的数据留空。
          </Alert>
          <Alert tone="danger" title="合计与分项不符">
            “申请答复数”为 4,分项相加为 3,相差 1。
          </Alert>
        </div>
      </Card>
      <Card title="按钮">
        <div class="stack">
          <p class="toolbar">
            <Button tone="primary" type="button" icon="send">
              提交审核
            </Button>
            <Button type="button">保存草稿</Button>
            <Button type="button" tone="danger">
              撤销报送
            </Button>
            <LinkButton href="#buttons" small icon="pencil">
              修改
            </LinkButton>
            <Button type="button" disabled>
              签发
            </Button>
          </p>
          <UnavailableAct label="签发" reason="内容审核尚未完成" />
        </div>
      </Card>
      <Card title="不可撤回的操作">
        <Confirm
          action="/workbench/gallery"
          label="发布"
          backHref="/workbench/gallery"
          consequence="发布后，公众立即可见《2018年政府信息公开工作年度报告》，此后只能以更正的方式修改。"
        />
      </Card>
      <Card title="没有内容">
        <Empty
          title="还没有会议记录"
          action={
            <LinkButton href="#new" tone="primary">
              登记会议
            </LinkButton>
          }
        >
          登记后计入年度报告“召开政府信息公开工作会议或专题会议数”。
        </Empty>
      </Card>
    </>
  );
}
