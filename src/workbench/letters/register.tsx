import {
  letterKinds,
  type RegisteredLetter,
  type Series,
  type SeriesCount,
  series,
} from '../../areas/letters/index.ts';
import { replyKind } from '../../law/index.ts';
import {
  Badge,
  Button,
  Empty,
  Form,
  formatDate,
  formatNumber,
  Pager,
  SelectField,
  Table,
} from '../../ui/index.ts';
import { LETTERS } from './addresses.ts';
import { RoomPage } from './room-page.tsx';

interface Filter {
  year: number;
  series?: Series;
  before?: number;
}

/** 发文登记簿: every number given, void ones too. Nothing personal stands here; the case shows the letter. */
export function RegisterPage(props: {
  letters: readonly RegisteredLetter[];
  more: boolean;
  counts: readonly SeriesCount[];
  years: readonly number[];
  filter: Filter;
}) {
  const { letters, more, counts, years, filter } = props;
  const last = letters.at(-1);
  return (
    <RoomPage
      title="发文登记簿"
      view={LETTERS}
      lead="依申请公开文书的发文字号，按年度和类别连续编号。作废的文书保留文号。"
    >
      <Numbering counts={counts} year={filter.year} />
      <Form action={LETTERS} method="get" layout="inline" label="筛选文书">
        <SelectField
          name="year"
          label="年度"
          value={filter.year}
          options={years.map((year) => ({ value: String(year), label: `${year}年` }))}
          autosubmit
        />
        <SelectField
          name="series"
          label="类别"
          value={filter.series ?? ''}
          blank="全部类别"
          options={(Object.keys(series) as Series[]).map((key) => ({ value: key, label: series[key].label }))}
          autosubmit
        />
        <Button>筛选</Button>
      </Form>
      {letters.length === 0 ? (
        <Empty title={filter.before ? '没有更早的文书' : `${filter.year}年还没有签发过文书`}>
          文书在办理申请时签发：登记、补正、延期、征求意见、收费和答复都会自动编号。
        </Empty>
      ) : (
        <Table
          caption="发文登记簿"
          stack
          columns={[
            { label: '发文字号' },
            { label: '文书' },
            { label: '成文日期' },
            { label: '签发人' },
            { label: '发出' },
            { label: '送达' },
            { label: '状态', width: 'narrow' },
          ]}
        >
          {letters.map((letter) => (
            <Row key={letter.id} letter={letter} />
          ))}
        </Table>
      )}
      <Pager
        previousHref={
          filter.before
            ? address({ year: filter.year, ...(filter.series ? { series: filter.series } : {}) })
            : null
        }
        nextHref={more && last ? address({ ...filter, before: last.id }) : null}
        note={filter.before ? '上一页回到最近的文书' : undefined}
      />
    </RoomPage>
  );
}

/** Says that no number is missing, or which series lacks some. */
function Numbering({ counts, year }: { counts: readonly SeriesCount[]; year: number }) {
  if (counts.length === 0) return null;
  const issued = counts.reduce((sum, count) => sum + count.issued, 0);
  const voided = counts.reduce((sum, count) => sum + count.void, 0);
  const broken = counts.filter((count) => count.issued !== count.last);
  return (
    <p class="quiet">
      {year}年共编号 {formatNumber(issued)} 个，其中作废 {formatNumber(voided)} 个。
      {broken.length === 0
        ? '各类文号连续，没有缺号。'
        : `${broken.map((count) => series[count.series].label).join('、')}的文号有缺号，请联系系统管理员核查。`}
    </p>
  );
}

function Row({ letter }: { letter: RegisteredLetter }) {
  const reply = letter.replyCode === null ? undefined : replyKind(letter.replyCode);
  const number = <span class="letter-number">{letter.number}</span>;
  return (
    <tr>
      <td data-label="发文字号">
        {letter.requestId === null ? (
          number
        ) : (
          <a href={`/workbench/requests/${letter.requestId}`}>{number}</a>
        )}
      </td>
      <td data-label="文书">
        {letterKinds[letter.kind].label}
        {reply && <span class="letter-reply">{reply.label}</span>}
      </td>
      <td data-label="成文日期">{formatDate(letter.issuedOn)}</td>
      <td data-label="签发人">{letter.signedBy ?? letter.issuedBy}</td>
      <td data-label="发出">{formatDate(letter.dispatchedOn)}</td>
      <td data-label="送达">{formatDate(letter.deliveredOn)}</td>
      <td data-label="状态">
        <State letter={letter} />
      </td>
    </tr>
  );
}

function State({ letter }: { letter: RegisteredLetter }) {
  if (letter.void) return <Badge tone="danger">作废</Badge>;
  if (letter.deliveredOn) return <Badge tone="success">已送达</Badge>;
  return letter.dispatchedOn ? <Badge tone="info">已发出</Badge> : <Badge>已签发</Badge>;
}

function address({ year, series: chosen, before }: Filter): string {
  const query = new URLSearchParams({ year: String(year) });
  if (chosen) query.set('series', chosen);
  if (before !== undefined) query.set('before', String(before));
  return `${LETTERS}?${query}`;
}
