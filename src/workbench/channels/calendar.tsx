import { type ChannelPost, channelKinds } from '../../areas/channels/index.ts';
import { civilDate } from '../../core/clock.ts';
import { Empty, formatDate, Pager, Table } from '../../ui/index.ts';
import { CALENDAR, postAddress } from './addresses.ts';
import { ChannelsView } from './frame.tsx';

const time = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});

/** What is to go out in a month, day by day. */
export function CalendarPage(props: {
  month: string;
  previous: string;
  next: string;
  posts: readonly ChannelPost[];
}) {
  const { month, previous, next, posts } = props;
  const [year, number] = month.split('-').map(Number);
  const name = `${year}年${number}月`;
  const days = Map.groupBy(posts, ({ publishAt }) => (publishAt ? civilDate(publishAt) : ''));
  return (
    <ChannelsView
      title="发布日程"
      view={CALENDAR}
      lead="已经排定时间、由系统自动发出的内容。服务重启不影响，也不会重复发送。"
    >
      {posts.length === 0 ? (
        <Empty title={`${name}没有排定的发布`} icon="calendar" />
      ) : (
        <Table
          caption={`${name}的发布`}
          stack
          columns={[
            { label: '日期' },
            { label: '时间' },
            { label: '标题' },
            { label: '渠道' },
            { label: '账号' },
          ]}
        >
          {[...days].flatMap(([day, list]) =>
            list.map((post, index) => (
              <tr key={post.id}>
                <td data-label="日期">
                  {index === 0 ? formatDate(day) : <span class="visually-hidden">{formatDate(day)}</span>}
                </td>
                <td data-label="时间">{post.publishAt && time.format(post.publishAt)}</td>
                <th scope="row" data-label="标题">
                  <a href={postAddress(post.id)}>{post.title}</a>
                </th>
                <td data-label="渠道">{channelKinds[post.channel]}</td>
                <td data-label="账号">{post.accountName ?? '—'}</td>
              </tr>
            )),
          )}
        </Table>
      )}
      <Pager
        previousHref={`${CALENDAR}?month=${previous}`}
        nextHref={`${CALENDAR}?month=${next}`}
        note={name}
        words={{ label: '月份', previous: '上个月', next: '下个月' }}
      />
    </ChannelsView>
  );
}
