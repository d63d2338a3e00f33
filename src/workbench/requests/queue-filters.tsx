import { applicantKinds } from '../../areas/requests/index.ts';
import { channels, regimes, replyKinds } from '../../law/index.ts';
import { Button, DateField, Form, Icon, LinkButton, SelectField, TextField } from '../../ui/index.ts';
import { REQUESTS } from './case-addresses.ts';
import { cleared, countWords, type QueueProps } from './queue-model.ts';
import { dueChoices, type QueueQuery, queueAddress, viewQuery } from './queue-query.ts';
import { resultWords } from './queue-words.ts';

/** Everything the list narrows by: one line of links, a search, and the rest folded away. */
export function QueueFilters(props: QueueProps) {
  return (
    <div class="queue-filters" data-print="no">
      <div class="queue-first">
        <QuickLinks {...props} />
        <Form action={REQUESTS} method="get" layout="inline" label="查找申请">
          <Kept query={props.query} except={['q', 'person', 'group', 'sort', 'dir']} />
          <TextField
            name="q"
            label="编号或申请内容"
            type="search"
            value={props.query.q}
            width={20}
            maxlength={60}
          />
          <Button icon="search">查找</Button>
        </Form>
      </div>
      <More {...props} />
      <Active {...props} />
    </div>
  );
}

/** The rest of the address, so that a form of its own does not lose it. */
function Kept({ query, except }: { query: QueueQuery; except: readonly string[] }) {
  return (
    <>
      {Object.entries(query)
        .filter(([name, value]) => value !== '' && !except.includes(name))
        .map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
    </>
  );
}

function QuickLinks({ query, counts, views, may }: QueueProps) {
  const links = [
    {
      label: '已逾期',
      href: queueAddress(query, { due: 'overdue', dueFrom: '', dueTo: '', group: '', sort: '', dir: '' }),
      current: query.due === 'overdue',
      count: counts.overdue,
    },
    {
      label: dueChoices['3'],
      href: queueAddress(query, { due: '3', dueFrom: '', dueTo: '', group: '', sort: '', dir: '' }),
      current: query.due === '3',
      count: counts.soon,
    },
    {
      label: '我承办的',
      href: queueAddress(query, { handler: 'me' }),
      current: query.handler === 'me',
      count: undefined,
    },
    ...views.map((view) => ({
      label: view.name,
      href: `${REQUESTS}?${view.query}`,
      current: view.query === viewQuery(query),
      count: undefined,
    })),
  ];
  return (
    <nav class="queue-links" aria-label="常用筛选">
      <ul>
        {links.map(({ label, href, current, count }) => (
          <li key={href + label}>
            <a href={href} aria-current={current ? 'true' : undefined}>
              {label}
              {count !== undefined && <span class="count">{countWords(count)}</span>}
            </a>
          </li>
        ))}
        {may.export && (
          <li>
            <a href={queueAddress(query, {}, `${REQUESTS}/export`)}>
              <Icon name="download" />
              导出
            </a>
          </li>
        )}
      </ul>
    </nav>
  );
}

function More(props: QueueProps) {
  const { query, units, people, may, errors, personTyped } = props;
  const opened = errors.person !== undefined || errors.name !== undefined;
  return (
    <details class="queue-more" open={opened || undefined}>
      <summary>更多条件</summary>
      <div class="queue-more-body">
        <Form action={REQUESTS} method="get" layout="inline" label="按条件筛选">
          <Kept
            query={query}
            except={['due', 'channel', 'kind', 'regime', 'result', 'unit', 'handler', 'from', 'to']}
          />
          <SelectField
            name="due"
            label="到期"
            blank="不限"
            value={query.due}
            options={Object.entries(dueChoices).map(([value, label]) => ({ value, label }))}
          />
          <SelectField
            name="channel"
            label="渠道"
            blank="全部渠道"
            value={query.channel}
            options={Object.entries(channels).map(([value, { label }]) => ({ value, label }))}
          />
          <SelectField
            name="kind"
            label="申请人"
            blank="全部"
            value={query.kind}
            options={Object.entries(applicantKinds).map(([value, label]) => ({ value, label }))}
          />
          <SelectField
            name="unit"
            label="承办部门"
            blank="全部部门"
            value={query.unit}
            options={units.map(({ id, name }) => ({ value: String(id), label: name }))}
          />
          <SelectField
            name="handler"
            label="承办人"
            blank="全部"
            value={query.handler}
            options={[
              { value: 'me', label: '我' },
              ...people.map(({ id, name, unitName }) => ({
                value: String(id),
                label: `${name}（${unitName}）`,
              })),
            ]}
          />
          <SelectField
            name="regime"
            label="适用条例"
            blank="全部"
            value={query.regime}
            options={Object.values(regimes).map(({ code, order }) => ({
              value: code,
              label: `国务院令第${order}号`,
            }))}
          />
          <SelectField
            name="result"
            label="办理结果"
            blank="全部结果"
            value={query.result}
            options={[
              ...replyKinds.toReversed().map(({ code, label, regime }) => ({
                value: code,
                label: regime === 'R2008' ? `${label}（2019年5月15日前）` : label,
              })),
              { value: 'W', label: resultWords('W') },
            ]}
          />
          <DateField name="from" label="收到自" value={query.from} />
          <DateField name="to" label="收到至" value={query.to} />
          <Button tone="primary">筛选</Button>
        </Form>
        {may.reveal && (
          <Form action={`${REQUESTS}/people`} layout="inline">
            <TextField
              name="person"
              label="按申请人查找"
              value={personTyped}
              width={20}
              maxlength={100}
              autocomplete="off"
              error={errors.person}
              help="完整的姓名、名称、证件号码、电话或邮箱。查找会记入操作台账，不记您输入的内容。"
            />
            <Button icon="user-search">查找申请人</Button>
          </Form>
        )}
        <SaveView {...props} />
      </div>
    </details>
  );
}

function SaveView({ query, views, errors }: QueueProps) {
  const current = viewQuery(query);
  return (
    <div class="queue-views">
      <Form action={`${REQUESTS}/views`} layout="inline">
        <input type="hidden" name="query" value={current} />
        <TextField
          name="name"
          label="把现在的条件存为常用筛选"
          width={12}
          maxlength={20}
          error={errors.name}
          help="只有您自己看得到，查找的词不会保存。"
        />
        <Button icon="bookmark">保存筛选</Button>
      </Form>
      {views.length > 0 && (
        <ul class="queue-view-list">
          {views.map((view) => (
            <li key={view.id}>
              <span>{view.name}</span>
              <Form action={`${REQUESTS}/views/${view.id}/removal`} layout="bare">
                <Button small icon="x">
                  删除
                </Button>
              </Form>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The conditions in force, each with a way to take it off. */
function Active({ query, units, people }: QueueProps) {
  const unit = units.find(({ id }) => String(id) === query.unit)?.name ?? '所选部门';
  const handler = people.find(({ id }) => String(id) === query.handler)?.name ?? '所选人员';
  const told: readonly (readonly [keyof typeof cleared, string])[] = [
    ['due', query.due && `到期：${dueChoices[query.due as keyof typeof dueChoices]}`],
    ['dueFrom', query.dueFrom && `到期自 ${query.dueFrom}`],
    ['dueTo', query.dueTo && `到期至 ${query.dueTo}`],
    ['channel', query.channel && `渠道：${channels[query.channel as keyof typeof channels].label}`],
    ['kind', query.kind && `申请人：${applicantKinds[query.kind as keyof typeof applicantKinds]}`],
    ['regime', query.regime && `国务院令第${regimes[query.regime as keyof typeof regimes].order}号`],
    ['result', query.result && `结果：${resultWords(query.result)}`],
    ['unit', query.unit && `部门：${unit}`],
    ['handler', query.handler && `承办人：${query.handler === 'me' ? '我' : handler}`],
    ['from', query.from && `收到自 ${query.from}`],
    ['to', query.to && `收到至 ${query.to}`],
    ['q', query.q && `查找：${query.q}`],
    ['person', query.person && '按申请人查找（已记入操作台账）'],
  ];
  const active = told.filter(([, words]) => words !== '');
  if (active.length === 0) return null;
  return (
    <p class="queue-active">
      {active.map(([name, words]) => (
        <a
          key={name}
          class="chip"
          href={queueAddress(query, { [name]: '' })}
          aria-label={`去掉条件：${words}`}
        >
          {words}
          <Icon name="x" />
        </a>
      ))}
      {active.length > 1 && (
        <LinkButton small href={queueAddress(query, cleared)}>
          全部清除
        </LinkButton>
      )}
    </p>
  );
}
