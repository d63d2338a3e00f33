import type { ComponentChildren } from 'preact';
import {
  actLabel,
  differences,
  knownActs,
  knownSubjects,
  type LedgerEntry,
  subjectHref,
  subjectLabel,
} from '../../ledger/index.ts';
import {
  Button,
  Card,
  DateField,
  DrawerContent,
  DrawerLink,
  Empty,
  Facts,
  Form,
  FormActions,
  formatDateTime,
  formatNumber,
  LinkButton,
  Pager,
  SelectField,
  Table,
  TextField,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { type FilterReading, filterHref, filterNames } from './filter.ts';

const LIST = '/workbench/ledger';

export function LedgerPage(props: {
  reading: FilterReading;
  entries: LedgerEntry[];
  previousHref: string | null;
  nextHref: string | null;
  total: number;
  status: ComponentChildren;
  mayExport: boolean;
}) {
  const { reading, entries, previousHref, nextHref, total, status, mayExport } = props;
  const filtered = Object.keys(reading.given).length > 0;
  return (
    <WorkbenchPage
      title="操作台账"
      current={LIST}
      wide
      lead="每一次操作都记录在案，逐条以 SM3 摘要衔接，只增不改。"
    >
      {status}
      <FilterBar reading={reading} />
      <Card flush>
        {entries.length === 0 ? (
          <Empty title={filtered ? '没有符合条件的记录' : '还没有任何操作记录'}>
            {filtered ? <a href={LIST}>清除筛选条件</a> : '有人办理业务后，记录会出现在这里。'}
          </Empty>
        ) : (
          <Table
            caption="操作记录"
            queue
            stack
            columns={[
              { label: '序号', numeric: true, width: 'narrow' },
              { label: '时间', width: 'medium' },
              { label: '操作人', width: 'narrow' },
              { label: '操作', width: 'medium' },
              { label: '对象' },
              { label: '理由与依据' },
            ]}
          >
            {entries.map((entry) => (
              <tr key={entry.seq}>
                <td class="numeric" data-label="序号">
                  {entry.seq}
                </td>
                <td data-label="时间">{formatDateTime(entry.at)}</td>
                <td data-label="操作人">{entry.actorName}</td>
                <td data-label="操作">
                  <DrawerLink href={`${LIST}/acts/${entry.seq}`}>{actLabel(entry.act)}</DrawerLink>
                </td>
                <td data-label="对象">
                  {subjectLabel(entry.subjectKind)} {entry.subjectLabel || entry.subjectId}
                </td>
                <td data-label="理由与依据">
                  {[entry.reason, entry.ground].filter(Boolean).join(' · ') || '—'}
                </td>
              </tr>
            ))}
          </Table>
        )}
        <Pager previousHref={previousHref} nextHref={nextHref} note={`台账共 ${formatNumber(total)} 条`} />
      </Card>
      {mayExport && total > 0 && <ExportCard reading={reading} filtered={filtered} />}
    </WorkbenchPage>
  );
}

function FilterBar({ reading: { given, errors } }: { reading: FilterReading }) {
  return (
    <Form action={LIST} method="get" layout="inline" label="筛选操作记录">
      <TextField name="actor" label="操作人" value={given.actor} width={12} placeholder="姓名全称" />
      <SelectField
        name="act"
        label="操作"
        value={given.act}
        blank="全部操作"
        options={withCurrent(
          knownActs().map(({ act, label }) => ({ value: act, label })),
          given.act,
        )}
      />
      <SelectField
        name="subjectKind"
        label="对象类别"
        value={given.subjectKind}
        blank="全部类别"
        options={withCurrent(
          knownSubjects().map(({ kind, label }) => ({ value: kind, label })),
          given.subjectKind,
        )}
      />
      {given.subjectId && <TextField name="subjectId" label="对象编号" value={given.subjectId} width={12} />}
      <DateField name="from" label="起始日期" value={given.from} error={errors.from} />
      <DateField name="to" label="截止日期" value={given.to} error={errors.to} />
      <TextField
        name="text"
        label="关键词"
        value={given.text}
        width={20}
        placeholder="对象名称、理由或依据"
      />
      <FormActions>
        <Button tone="primary" icon="search">
          筛选
        </Button>
        {Object.keys(given).length > 0 && <LinkButton href={LIST}>清除</LinkButton>}
      </FormActions>
    </Form>
  );
}

function withCurrent(options: { value: string; label: string }[], current: string | undefined) {
  return current && !options.some(({ value }) => value === current)
    ? [...options, { value: current, label: current }]
    : options;
}

function ExportCard({ reading, filtered }: { reading: FilterReading; filtered: boolean }) {
  return (
    <Card title="导出">
      <p>
        表格导出{filtered ? '当前筛选出的记录' : '全部记录'}；JSON Lines
        导出本机关完整台账，可用离线校验程序对照
        <a href="/ledger">公开台账</a>核验。导出会记入台账。
      </p>
      <Form action={`${LIST}/export`} layout="bare">
        {filterNames.map((name) =>
          reading.given[name] ? (
            <input key={name} type="hidden" name={name} value={reading.given[name]} />
          ) : null,
        )}
        <FormActions>
          <Button name="format" value="xlsx" icon="file-spreadsheet">
            导出 XLSX
          </Button>
          <Button name="format" value="csv" icon="file-text">
            导出 CSV
          </Button>
          <Button name="format" value="jsonl" icon="file-certificate">
            导出完整台账（JSON Lines）
          </Button>
        </FormActions>
      </Form>
    </Card>
  );
}

/** One act as a page of its own, or in the drawer of the list. */
export function ActPage({ entry, last }: { entry: LedgerEntry; last: number }) {
  const title = `第 ${entry.seq} 条 ${actLabel(entry.act)}`;
  return (
    <WorkbenchPage
      title={title}
      current={LIST}
      breadcrumbs={[{ label: '操作台账', href: LIST }, { label: title }]}
      actions={
        <>
          {entry.seq > 1 && <LinkButton href={`${LIST}/acts/${entry.seq - 1}`}>上一条</LinkButton>}
          {entry.seq < last && <LinkButton href={`${LIST}/acts/${entry.seq + 1}`}>下一条</LinkButton>}
        </>
      }
    >
      <ActBody entry={entry} />
    </WorkbenchPage>
  );
}

export function ActDrawer({ entry }: { entry: LedgerEntry }) {
  return (
    <DrawerContent title={`第 ${entry.seq} 条 ${actLabel(entry.act)}`} href={`${LIST}/acts/${entry.seq}`}>
      <ActBody entry={entry} />
    </DrawerContent>
  );
}

const actorKinds: Record<string, string> = { staff: '工作人员', system: '系统', public: '公众' };

function ActBody({ entry }: { entry: LedgerEntry }) {
  const href = subjectHref(entry.subjectKind, entry.subjectId);
  const name = entry.subjectLabel || entry.subjectId;
  const history = filterHref({ subjectKind: entry.subjectKind, subjectId: entry.subjectId });
  return (
    <>
      <Facts
        items={[
          { label: '时间', value: formatDateTime(entry.at) },
          {
            label: '操作人',
            value: `${entry.actorName}（${actorKinds[entry.actorKind] ?? entry.actorKind}）`,
          },
          {
            label: '对象',
            value: (
              <>
                {subjectLabel(entry.subjectKind)} {href ? <a href={href}>{name}</a> : name}{' '}
                <a href={history}>全部记录</a>
              </>
            ),
          },
          { label: '理由', value: entry.reason || '—' },
          { label: '依据', value: entry.ground || '—' },
        ]}
      />
      <h2>变动内容</h2>
      <Changes entry={entry} />
      <h2>摘要</h2>
      <Facts
        items={[
          { label: '操作代码', value: <code>{entry.act}</code> },
          { label: '上一条摘要', value: <code class="digest">{entry.previousDigest}</code> },
          { label: '本条摘要（SM3）', value: <code class="digest">{entry.digest}</code> },
        ]}
      />
    </>
  );
}

function Changes({ entry }: { entry: LedgerEntry }) {
  const lines = differences(entry.subjectKind, entry.before, entry.after);
  if (lines.length === 0) return <p>此项操作没有改动登记内容。</p>;
  return (
    <Table caption="变动内容" columns={[{ label: '项目' }, { label: '变动前' }, { label: '变动后' }]}>
      {lines.map((line, index) => (
        <tr key={index}>
          <th scope="row">{line.field}</th>
          <td>{line.before === null ? '—' : <del>{line.before}</del>}</td>
          <td>{line.after === null ? '—' : <ins>{line.after}</ins>}</td>
        </tr>
      ))}
    </Table>
  );
}
