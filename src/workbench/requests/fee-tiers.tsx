import type { FeeProposal } from '../../areas/requests/index.ts';
import { type Fee, feeGrounds, yuan } from '../../law/index.ts';
import { Card, formatNumber, Table } from '../../ui/index.ts';

/** How an amount came about, tier by tier; by piece only the last one is this request's. */
export function FeeTiers({ proposal, fee }: { proposal: FeeProposal; fee: Fee }) {
  const unit = fee.method === 'piece' ? '件' : '页';
  const ground = feeGrounds[fee.method];
  return (
    <Card title={fee.method === 'piece' ? '本自然月累计' : '本件按页数'} flush>
      <Table
        caption="逐档计算"
        columns={[
          { label: '档次' },
          { label: `每${unit}`, numeric: true },
          { label: `${unit}数`, numeric: true },
          { label: '金额', numeric: true },
        ]}
        foot={
          <tr>
            <th scope="row">{fee.method === 'piece' ? '本月累计' : '合计'}</th>
            <td />
            <td class="numeric">{formatNumber(fee.quantity)}</td>
            <td class="numeric">{yuan(fee.amount)} 元</td>
          </tr>
        }
      >
        {fee.tiers.map((tier) => (
          <tr key={tier.from}>
            <th scope="row">
              {tier.to === null ? `${tier.from} ${unit}以上` : `第 ${tier.from} 至 ${tier.to} ${unit}`}
            </th>
            <td class="numeric">{tier.rate} 元</td>
            <td class="numeric">{formatNumber(tier.quantity)}</td>
            <td class="numeric">{yuan(tier.amount)} 元</td>
          </tr>
        ))}
      </Table>
      <p class="card-note">
        {fee.method === 'piece' && (
          <strong>
            本件是第 {fee.quantity} 件，应缴 {yuan(proposal.amount)} 元。
          </strong>
        )}{' '}
        {ground.text}。依据：{ground.article}
      </p>
    </Card>
  );
}
