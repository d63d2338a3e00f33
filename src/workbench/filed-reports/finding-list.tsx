import { formatForYear } from '../../annual-report/index.ts';
import type { FindingVerdict, Judgement, ListedFinding } from '../../areas/filed-reports/index.ts';
import {
  Badge,
  Button,
  Card,
  Empty,
  ErrorSummary,
  Form,
  formatNumber,
  Icon,
  LinkButton,
  Pager,
  RadioField,
  SelectField,
  Table,
  TextField,
} from '../../ui/index.ts';
import { FINDINGS, findingAddress, ROOM, withQuery } from './addresses.ts';
import { findingValue, JudgementBadge } from './finding-parts.tsx';
import { placesOf } from './places.ts';
import { RoomPage } from './room-page.tsx';
import { ruleName } from './rule-names.ts';
import { judgements, verdicts, weightOf, weights } from './words.ts';

export interface FindingQuery {
  year: number;
  unit: string;
  rule: string;
  verdict: FindingVerdict | undefined;
  judged: Judgement | 'none' | undefined;
}

export interface FindingListProps {
  query: FindingQuery;
  years: readonly number[];
  rules: readonly { rule: string; findings: number }[];
  findings: readonly ListedFinding[];
  previousHref: string | null;
  nextHref: string | null;
  mayJudge: boolean;
  errors: Readonly<Record<string, string>>;
}

/** All findings of a year: problems first, differences second, what cannot be assessed last. */
export function FindingListPage(props: FindingListProps) {
  const { query, findings, mayJudge, errors } = props;
  const narrowed = query.unit !== '' || query.rule !== '' || query.verdict || query.judged;
  const list = findings.length > 0 && <List {...props} />;
  return (
    <RoomPage
      title={`${query.year}年度报告核查发现`}
      view="findings"
      year={query.year}
      lead="问题在前，差异在后，无法判断的在最后。点开一条，直接看到统计表中标出的那一格。"
      actions={
        <LinkButton
          href={withQuery(`${FINDINGS}/export.xlsx`, { year: query.year })}
          icon="download"
          download
        >
          导出全部发现
        </LinkButton>
      }
    >
      <ErrorSummary errors={errors} />
      <Filters {...props} narrowed={Boolean(narrowed)} />
      {findings.length === 0 ? (
        <Card>
          {narrowed ? (
            <Empty
              title="没有符合条件的发现"
              action={<a href={withQuery(FINDINGS, { year: query.year })}>清除条件</a>}
            />
          ) : (
            <Empty
              title="没有发现问题"
              icon="circle-check"
              action={<a href={withQuery(ROOM, { year: query.year })}>回到总览</a>}
            >
              已核查的报告勾稽关系成立，文字与统计表一致。未报和读不出的报告不在此列。
            </Empty>
          )}
        </Card>
      ) : mayJudge ? (
        <Form action={`${FINDINGS}/judgements/preview`} layout="bare" label="批量认定">
          <input type="hidden" name="back" value={hereOf(query)} />
          {list}
          <Bulk errors={errors} />
        </Form>
      ) : (
        list
      )}
      <Pager previousHref={props.previousHref} nextHref={props.nextHref} />
    </RoomPage>
  );
}

const hereOf = (query: FindingQuery) => withQuery(FINDINGS, { ...query });

function Filters({ query, years, rules, narrowed }: FindingListProps & { narrowed: boolean }) {
  return (
    <div class="toolbar">
      <Form action={FINDINGS} method="get" layout="inline" label="筛选发现">
        <SelectField
          name="year"
          label="报告年度"
          value={query.year}
          autosubmit
          options={years.map((one) => ({ value: String(one), label: `${one}年` }))}
        />
        <TextField name="unit" label="单位名称" type="search" value={query.unit} width={20} maxlength={60} />
        <SelectField
          name="rule"
          label="规则"
          blank="全部规则"
          value={query.rule}
          autosubmit
          options={rules.map(({ rule, findings }) => ({
            value: rule,
            label: `${ruleName(rule)}（${formatNumber(findings)}）`,
          }))}
        />
        <SelectField
          name="verdict"
          label="结论"
          blank="全部结论"
          value={query.verdict}
          autosubmit
          options={Object.entries(verdicts).map(([value, { label }]) => ({ value, label }))}
        />
        <SelectField
          name="judged"
          label="认定"
          blank="全部"
          value={query.judged}
          autosubmit
          options={[
            { value: 'none', label: '还没有认定' },
            ...Object.entries(judgements).map(([value, { label }]) => ({ value, label })),
          ]}
        />
        <Button>查询</Button>
        {narrowed && <LinkButton href={withQuery(FINDINGS, { year: query.year })}>清除条件</LinkButton>}
      </Form>
    </div>
  );
}

function List({ findings, mayJudge }: FindingListProps) {
  return (
    <Table
      caption="核查发现"
      queue
      stack
      columns={[
        ...(mayJudge
          ? [
              {
                label: <input type="checkbox" data-check-all hidden aria-label="勾选本页全部" />,
              },
            ]
          : []),
        { label: '结论' },
        { label: '单位', width: 'medium' as const },
        { label: '发现' },
        { label: '所在', width: 'medium' as const },
        { label: '规则' },
        { label: '相差', numeric: true },
        { label: '认定' },
      ]}
    >
      {findings.map((found) => {
        const { finding, judged } = found;
        const weight = weights[weightOf(finding)];
        return (
          <tr key={findingValue(found)}>
            {mayJudge && (
              <td data-label="勾选">
                <input
                  type="checkbox"
                  name="finding"
                  value={findingValue(found)}
                  aria-label={`勾选 ${found.unitName} ${finding.rule}`}
                />
              </td>
            )}
            <td data-label="结论">
              <Badge tone={weight.tone}>
                <Icon name={weight.icon} />
                {weight.label}
              </Badge>
            </td>
            <td data-label="单位">{found.unitName}</td>
            <td data-label="发现">
              <a class="quiet-link finding-words" href={findingAddress(found.unitId, found.year, found.key)}>
                {finding.message}
              </a>
            </td>
            <td data-label="所在" class="finding-where">
              <span>{placesOf(finding, formatForYear(found.year)?.id ?? null)}</span>
            </td>
            <td data-label="规则">
              <abbr title={ruleName(finding.rule)}>{finding.rule}</abbr>
            </td>
            <td class="numeric" data-label="相差">
              {formatNumber(finding.difference)}
            </td>
            <td data-label="认定">{judged ? <JudgementBadge judgement={judged.judgement} /> : '—'}</td>
          </tr>
        );
      })}
    </Table>
  );
}

function Bulk({ errors }: { errors: Readonly<Record<string, string>> }) {
  return (
    <div class="bulk-bar" data-print="no">
      <span data-checked-count role="status" class="help">
        勾选上面的发现后一并认定
      </span>
      <RadioField
        name="judgement"
        label="认定为"
        labelHidden
        inline
        error={errors.judgement}
        options={Object.entries(judgements).map(([value, { label }]) => ({ value, label }))}
      />
      <TextField
        name="note"
        label="说明"
        labelHidden
        placeholder="说明（认定属实时可不填）"
        width={40}
        maxlength={1000}
      />
      <Button>预览批量认定</Button>
    </div>
  );
}
