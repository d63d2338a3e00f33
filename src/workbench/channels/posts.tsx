import {
  type ChannelAccount,
  type ChannelPost,
  channelKinds,
  type PostFilter,
  postStates,
} from '../../areas/channels/index.ts';
import { may } from '../../areas/organisations/index.ts';
import {
  Badge,
  Button,
  DateField,
  Empty,
  Form,
  formatDate,
  formatDateTime,
  formatNumber,
  LinkButton,
  Pager,
  SelectField,
  Table,
  Tabs,
  TextField,
  usePage,
} from '../../ui/index.ts';
import { CHANNELS, IMPORT, NEW_POST, postAddress } from './addresses.ts';
import { ChannelsView } from './frame.tsx';
import { listAddress } from './request.ts';

const groups = { out: '已发布', open: '待办', cancelled: '已取消' } as const;

/** Posts by channel and account; what waits for somebody has a tab of its own. */
export function PostsPage(props: {
  filter: PostFilter;
  posts: readonly ChannelPost[];
  next: string | null;
  first: boolean;
  waiting: number;
  accounts: readonly ChannelAccount[];
}) {
  const { filter, posts, next, first, waiting, accounts } = props;
  const { actor } = usePage();
  const mayWrite = actor !== null && may(actor, 'channels.write');
  return (
    <ChannelsView
      title="发布渠道"
      view={CHANNELS}
      lead="一条信息发布到几个渠道，各计一条；年度报告第 1.2 项从这里统计。"
      actions={
        <>
          {mayWrite && (
            <>
              <LinkButton href={NEW_POST} tone="primary" icon="plus">
                登记发布
              </LinkButton>
              <LinkButton href={IMPORT} icon="file-import">
                从表格导入
              </LinkButton>
            </>
          )}
          <LinkButton href={listAddress(filter, {}, `${CHANNELS}/export.xlsx`)} icon="download">
            导出
          </LinkButton>
        </>
      }
    >
      <Tabs
        label="状态"
        items={(Object.keys(groups) as PostFilter['group'][]).map((group) => ({
          label: groups[group],
          href: listAddress({ ...filter, group }),
          current: group === filter.group,
          ...(group === 'open' && waiting > 0 && { count: formatNumber(waiting) }),
        }))}
      />
      <Filters filter={filter} accounts={accounts} />
      {posts.length === 0 ? (
        <Nothing filter={filter} />
      ) : (
        <Table
          caption="发布记录"
          queue
          stack
          columns={[
            { label: filter.group === 'out' ? '发布日期' : '发布时间' },
            { label: '标题' },
            { label: '渠道' },
            { label: '账号' },
            { label: '阅读量', numeric: true },
            { label: '状态' },
          ]}
        >
          {posts.map((post) => (
            <Row key={post.id} post={post} />
          ))}
        </Table>
      )}
      <Pager
        previousHref={first ? null : listAddress(filter)}
        nextHref={next && listAddress(filter, { after: next })}
        note={first ? undefined : '上一页回到最新的发布'}
      />
    </ChannelsView>
  );
}

function Filters({ filter, accounts }: { filter: PostFilter; accounts: readonly ChannelAccount[] }) {
  return (
    <Form action={CHANNELS} method="get" layout="inline" label="筛选发布">
      <input type="hidden" name="group" value={filter.group} />
      <SelectField
        name="channel"
        label="渠道"
        value={filter.channel ?? ''}
        blank="全部渠道"
        options={Object.entries(channelKinds).map(([value, label]) => ({ value, label }))}
      />
      <SelectField
        name="account"
        label="账号"
        value={filter.accountId ?? ''}
        blank="全部账号"
        options={accounts.map(({ id, name, kind }) => ({
          value: String(id),
          label: `${name}（${channelKinds[kind]}）`,
        }))}
      />
      <TextField name="q" label="标题" value={filter.text} width={20} maxlength={60} type="search" />
      {filter.group === 'out' && (
        <>
          <DateField name="from" label="从" value={filter.from} />
          <DateField name="to" label="到" value={filter.to} />
        </>
      )}
      <Button>筛选</Button>
    </Form>
  );
}

function Nothing({ filter }: { filter: PostFilter }) {
  const { group, ...narrowed } = filter;
  if (Object.keys(narrowed).length > 0) {
    return (
      <Empty
        title="没有符合条件的发布"
        icon="search"
        action={<a href={listAddress({ group })}>清除条件</a>}
      />
    );
  }
  return group === 'open' ? (
    <Empty title="没有待办的发布" icon="circle-check">
      需要人工发布、等待发送和没有发出的都会出现在这里。
    </Empty>
  ) : (
    <Empty title={group === 'out' ? '还没有发布过' : '没有取消的发布'}>
      信息公开后按所选渠道自动记入；也可以登记或从表格导入。
    </Empty>
  );
}

function Row({ post }: { post: ChannelPost }) {
  return (
    <tr class={post.state === 'failed' ? 'late' : undefined}>
      <td data-label="时间">
        {post.postedOn ? formatDate(post.postedOn) : post.publishAt ? formatDateTime(post.publishAt) : '—'}
      </td>
      <th scope="row" data-label="标题">
        <a href={postAddress(post.id)}>{post.title}</a>
      </th>
      <td data-label="渠道">{channelKinds[post.channel]}</td>
      <td data-label="账号" data-empty={post.accountName === null ? '' : undefined}>
        {post.accountName ?? '—'}
      </td>
      <td class="numeric" data-label="阅读量" data-empty={post.reads === null ? '' : undefined}>
        {post.reads === null ? '—' : formatNumber(post.reads)}
      </td>
      <td data-label="状态">
        <PostBadge post={post} />
      </td>
    </tr>
  );
}

export function PostBadge({ post }: { post: Pick<ChannelPost, 'state'> }) {
  const { tone, shape, label } = postStates[post.state];
  return (
    <Badge tone={tone}>
      <span aria-hidden="true">{shape}</span>
      {label}
    </Badge>
  );
}
