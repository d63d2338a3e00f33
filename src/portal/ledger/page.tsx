import type { PublishedAnchor } from '../../ledger/index.ts';
import {
  Empty,
  FilterLinks,
  formatDate,
  formatDateTime,
  formatNumber,
  LinkButton,
  Pager,
  Table,
} from '../../ui/index.ts';
import { PortalPage } from '../shell.tsx';

interface Props {
  anchors: PublishedAnchor[];
  agencies: { code: string; name: string }[];
  agency: string | null;
  nextBefore: number | null;
  /** Not the first page. */
  later: boolean;
}

const DESCRIPTION = '每日公布各机关操作台账的条数和摘要，任何人可据此核验台账未被改动。';

export function LedgerPage({ anchors, agencies, agency, nextBefore, later }: Props) {
  const address = (before?: number) => {
    const query = new URLSearchParams();
    if (agency) query.set('agency', agency);
    if (before !== undefined) query.set('before', String(before));
    return `/ledger${query.size > 0 ? `?${query}` : ''}`;
  };
  return (
    <PortalPage
      title="公开台账"
      breadcrumbs={[{ label: '公开台账' }]}
      lead={DESCRIPTION}
      labels={{
        column: {
          name: '公开台账',
          description: DESCRIPTION,
          keywords: '操作台账,摘要,存证,核验',
          type: '政务公开',
        },
      }}
    >
      {agencies.length > 1 && (
        <FilterLinks
          title="机关"
          items={[
            { label: '全部机关', href: '/ledger', current: agency === null },
            ...agencies.map(({ code, name }) => ({
              label: name,
              href: `/ledger?agency=${code}`,
              current: code === agency,
            })),
          ]}
        />
      )}
      {anchors.length === 0 ? (
        <Empty title={later ? '没有更早的摘要' : '还没有公布过摘要'}>
          {later ? <a href={address()}>回到最近的摘要</a> : '系统每天 23:55 公布当日摘要。'}
        </Empty>
      ) : (
        <Table
          caption="每日台账摘要"
          captionHidden={false}
          stack
          columns={[
            { label: '日期', width: 'medium' },
            { label: '机关' },
            { label: '新增操作', numeric: true },
            { label: '累计操作', numeric: true },
            { label: '末条摘要（SM3）', width: 'wide' },
          ]}
        >
          {anchors.map((anchor) => (
            <tr key={anchor.line}>
              <td data-label="日期">
                <time datetime={anchor.takenAt} title={`${formatDateTime(anchor.takenAt)}公布`}>
                  {formatDate(anchor.day)}
                </time>
              </td>
              <td data-label="机关">{anchor.agencyName}</td>
              <td class="numeric" data-label="新增操作">
                {formatNumber(anchor.acts)}
              </td>
              <td class="numeric" data-label="累计操作">
                {formatNumber(anchor.seq)}
              </td>
              <td data-label="末条摘要（SM3）">
                <code class="digest">{anchor.digest}</code>
              </td>
            </tr>
          ))}
        </Table>
      )}
      <Pager
        previousHref={later ? address() : null}
        nextHref={nextBefore === null ? null : address(nextBefore)}
        note={later ? '上一页回到最近的摘要' : undefined}
      />
      <HowTo />
    </PortalPage>
  );
}

function HowTo() {
  return (
    <section class="prose" aria-labelledby="how-to-verify">
      <h2 id="how-to-verify">这张表有什么用</h2>
      <p>
        登记、审核、签发、发布等每一次操作，系统都写入本机关的台账。每条记录的摘要由它的内容和上一条的摘要共同算出（国家标准
        GB/T 32905 SM3
        算法），改动、插入或者删除任何一条，其后所有摘要都会改变。每天的末条摘要在此公布，并写入数据库之外的存证文件，
        因此事后改写历史或者截去尾部，都会与已公布的摘要不符。
      </p>
      <h2>如何核验</h2>
      <ol>
        <li>向本机关索取台账导出文件（JSON Lines 格式，由审计人员在工作台导出）。</li>
        <li>
          下载<a href="/ledger/verify-ledger.mjs">校验程序</a>和
          <a href="/api/v1/ledger/anchors">公布的摘要</a>（保存为
          anchors.json）。校验程序只有一个文件，不需要安装，电脑上有 Node.js 20 以上版本即可运行。
        </li>
        <li>
          运行 <code>node verify-ledger.mjs 台账文件 --anchors anchors.json</code>
          ；也可以抄录上表的累计操作数和摘要，运行{' '}
          <code>node verify-ledger.mjs 台账文件 --digest 累计操作数:摘要</code>。
        </li>
        <li>程序回答“完好”，表示截至该摘要的记录与公布时一致；否则会指出从第几条起不符。</li>
      </ol>
      <p>建议定期自行保存本页：您手中留存的摘要，是任何人都无法事后更改的凭据。</p>
      <LinkButton href="/ledger/verify-ledger.mjs" icon="download" download="verify-ledger.mjs">
        下载校验程序
      </LinkButton>
    </section>
  );
}
