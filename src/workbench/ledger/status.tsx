import type { PublishedAnchor, Verification } from '../../ledger/index.ts';
import {
  Alert,
  Button,
  Form,
  formatDate,
  formatDateTime,
  formatNumber,
  Light,
  Progress,
} from '../../ui/index.ts';

export interface ChainStatus {
  total: number;
  latest: Verification | null;
  anchor: PublishedAnchor | null;
}

/** Where the chain stands: last verification, last published digest, and a button; asks again by itself while one runs. */
export function ChainStatusCard({ total, latest, anchor }: ChainStatus) {
  const running = latest?.state === 'running';
  return (
    <section
      class="chain-status"
      id="chain-status"
      aria-label="链条状态"
      aria-live="polite"
      hx-get={running ? '/workbench/ledger/verification' : undefined}
      hx-trigger={running ? 'every 2s' : undefined}
      hx-swap={running ? 'outerHTML' : undefined}
    >
      <div>
        <Result latest={latest} total={total} />
        <p class="help">
          {anchor
            ? `最近公布的摘要：${formatDate(anchor.day)}，至第 ${formatNumber(anchor.seq)} 条。`
            : '尚未公布过摘要，今晚将自动公布。'}{' '}
          <a href="/ledger">查看公开台账</a>
        </p>
      </div>
      {!running && total > 0 && (
        <Form action="/workbench/ledger/verification" layout="bare">
          <Button icon="shield-check">校验全部记录</Button>
        </Form>
      )}
    </section>
  );
}

function Result({ latest, total }: { latest: Verification | null; total: number }) {
  if (latest === null) return <p>{total === 0 ? '台账中还没有记录，无需校验。' : '台账尚未校验过。'}</p>;
  const by = `${latest.requestedBy} ${formatDateTime(latest.startedAt)}`;
  switch (latest.state) {
    case 'running':
      return (
        <p>
          <Light tone="amber">正在校验</Light>{' '}
          <Progress value={latest.entries} max={latest.total} label="已校验条数" />
          <noscript> 请刷新页面查看进度。</noscript>
        </p>
      );
    case 'interrupted':
      return (
        <p>
          <Light tone="amber">校验中断</Light> {by}发起的校验没有完成，请重新校验。
        </p>
      );
    case 'sound':
      return (
        <p>
          <Light tone="green">台账完好</Light> {by}发起，{formatDateTime(latest.finishedAt)}校验{' '}
          {formatNumber(latest.entries)} 条，全部相符。
        </p>
      );
    case 'broken':
      return (
        <Alert tone="danger" title={`台账在第 ${latest.firstBroken ?? '?'} 条处被破坏`}>
          <p>
            {latest.problem}。该条及之后的记录不可采信，请立即保全数据库、备份和摘要存证文件，并报告分管领导。
          </p>
          <p>
            {by}发起，{formatDateTime(latest.finishedAt)}校验。
          </p>
        </Alert>
      );
  }
}
