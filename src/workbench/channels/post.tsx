import {
  type ChannelAccount,
  type ChannelPost,
  channelKinds,
  type PostMove,
} from '../../areas/channels/index.ts';
import {
  Alert,
  Button,
  Card,
  Confirm,
  DateField,
  ErrorSummary,
  Facts,
  Form,
  FormActions,
  formatDate,
  formatDateTime,
  formatNumber,
  LinkButton,
  SelectField,
  TextField,
} from '../../ui/index.ts';
import type { Errors, Given } from '../request.ts';
import { CHANNELS, NEW_POST, postAddress } from './addresses.ts';
import { ChannelsPage } from './frame.tsx';
import { PostBadge } from './posts.tsx';

interface FormProps {
  accounts: readonly ChannelAccount[];
  today: string;
  given?: Given;
  errors?: Errors;
}

/** One post: what is known of it, and what can be done. */
export function PostPage(
  props: FormProps & { post: ChannelPost; moves: readonly PostMove[]; failed?: PostMove },
) {
  const { post, moves, errors = {} } = props;
  return (
    <ChannelsPage title={post.title} state={<PostBadge post={post} />}>
      <ErrorSummary errors={errors} />
      {post.error !== '' && (
        <Alert
          tone={post.state === 'failed' ? 'danger' : 'warning'}
          title={post.state === 'failed' ? '没有发出' : '上一次没有发出，会自动重试'}
        >
          {post.error}
        </Alert>
      )}
      <Card title="发布情况">
        <Facts
          items={[
            { label: '渠道', value: channelKinds[post.channel] },
            { label: '账号', value: post.accountName },
            ...(post.publishAt ? [{ label: '发布时间', value: formatDateTime(post.publishAt) }] : []),
            ...(post.postedOn ? [{ label: '发布日期', value: formatDate(post.postedOn) }] : []),
            { label: '网址', value: <Address address={post.address} /> },
            { label: '阅读量', value: post.reads === null ? null : formatNumber(post.reads) },
            ...(post.itemId
              ? [{ label: '信息', value: <a href={`/workbench/items/${post.itemId}`}>查看信息稿件</a> }]
              : []),
            { label: '登记人', value: `${post.byName}，${formatDateTime(post.createdAt)}` },
          ]}
        />
      </Card>
      {moves.includes('record') && <RecordCard {...props} />}
      {moves.includes('schedule') && <ScheduleCard {...props} />}
      {moves.includes('reads') && <ReadsCard {...props} />}
      {moves.includes('retry') && (
        <Card title="重新发送">
          <Confirm
            action={postAddress(post.id, '/retry')}
            label="重新发送"
            consequence={<p>将在一分钟内再次发送到“{post.accountName}”。请先到平台确认这条内容没有发出。</p>}
          />
        </Card>
      )}
      {moves.includes('cancel') && (
        <Card title="取消发布">
          <Confirm
            action={postAddress(post.id, '/cancellation')}
            label="取消这条发布"
            tone="danger"
            consequence={
              <p>这条内容不再发布到{channelKinds[post.channel]}，也不计入统计。网站上的信息不受影响。</p>
            }
          />
        </Card>
      )}
    </ChannelsPage>
  );
}

function Address({ address }: { address: string }) {
  return address === '' ? <>—</> : <a href={address}>{address}</a>;
}

function RecordCard({ post, accounts, today, given, errors = {}, failed }: Parameters<typeof PostPage>[0]) {
  const mine = failed === 'record';
  const typed = mine && given ? given : () => '';
  return (
    <Card title="登记人工发布">
      <Form action={postAddress(post.id, '/record')}>
        <PostFields
          accounts={accounts.filter(({ kind }) => kind === post.channel)}
          given={(name) =>
            typed(name) ||
            (name === 'account' ? String(post.accountId ?? '') : name === 'postedOn' ? today : '')
          }
          errors={mine ? errors : {}}
        />
        <FormActions>
          <Button tone="primary">登记为已发布</Button>
        </FormActions>
      </Form>
    </Card>
  );
}

/** Account, address, day and readers of a post that a person has put out. */
function PostFields({
  accounts,
  given,
  errors,
}: {
  accounts: readonly ChannelAccount[];
  given: Given;
  errors: Errors;
}) {
  return (
    <>
      <SelectField
        name="account"
        label="账号"
        value={given('account') || (accounts.length === 1 ? String(accounts[0]?.id) : '')}
        blank="请选择"
        required
        error={errors.account}
        help={accounts.length === 0 ? '还没有可选的账号，请信息公开专员先在账号台账登记。' : undefined}
        options={accounts.map(({ id, name, kind }) => ({
          value: String(id),
          label: `${name}（${channelKinds[kind]}）`,
        }))}
      />
      <DateField
        name="postedOn"
        label="发布日期"
        value={given('postedOn')}
        required
        error={errors.postedOn}
      />
      <TextField
        name="address"
        label="发布后的网址"
        type="url"
        value={given('address')}
        width={40}
        maxlength={1000}
        error={errors.address}
        help="网站、微博、微信必填；公报、公告栏等没有网址的可以不填。"
      />
      <TextField
        name="reads"
        label="阅读量"
        inputmode="numeric"
        value={given('reads')}
        width={12}
        error={errors.reads}
        help="不知道可以不填，以后再补。"
      />
    </>
  );
}

function ScheduleCard({ post, given, errors = {}, failed }: Parameters<typeof PostPage>[0]) {
  const typed = failed === 'schedule' && given ? given : () => '';
  return (
    <Card title="更改发布时间">
      <Form action={postAddress(post.id, '/schedule')} layout="inline">
        <DateField
          name="day"
          label="日期"
          value={typed('day')}
          error={failed === 'schedule' ? errors.day : undefined}
        />
        <TextField
          name="time"
          label="时间"
          value={typed('time')}
          width={8}
          placeholder="09:30"
          maxlength={5}
        />
        <Button>按这个时间发布</Button>
      </Form>
    </Card>
  );
}

function ReadsCard({ post, given, errors = {}, failed }: Parameters<typeof PostPage>[0]) {
  const typed = failed === 'reads' && given ? given('reads') : post.reads;
  return (
    <Card title="阅读量">
      <Form action={postAddress(post.id, '/reads')} layout="inline">
        <TextField
          name="reads"
          label="阅读量"
          labelHidden
          inputmode="numeric"
          value={typed}
          width={12}
          error={failed === 'reads' ? errors.reads : undefined}
        />
        <Button>保存阅读量</Button>
      </Form>
    </Card>
  );
}

/** A post of something that is no item here. */
export function NewPostPage({ accounts, today, given = () => '', errors = {} }: FormProps) {
  return (
    <ChannelsPage
      title="登记发布"
      lead="登记人工发布到各渠道的内容。由本系统公开的信息会自动记入，不要重复登记。"
    >
      <ErrorSummary errors={errors} />
      <Form action={NEW_POST} guard>
        <TextField
          name="title"
          label="标题"
          value={given('title')}
          required
          width={40}
          maxlength={300}
          error={errors.title}
        />
        <PostFields
          accounts={accounts}
          given={(name) => given(name) || (name === 'postedOn' ? today : '')}
          errors={errors}
        />
        <FormActions>
          <Button tone="primary">登记发布</Button>
          <LinkButton href={CHANNELS}>返回</LinkButton>
        </FormActions>
      </Form>
    </ChannelsPage>
  );
}
