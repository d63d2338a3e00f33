import type { ComponentChildren } from 'preact';
import {
  findingKey,
  type Move,
  moves,
  obstacle,
  type ReportDesk,
  statusLabels,
} from '../../annual-report/index.ts';
import type { CompiledRow, CompiledTable, Finding, ReportStatus } from '../../annual-report/model.ts';
import { may } from '../../areas/organisations/index.ts';
import {
  Alert,
  Badge,
  Button,
  Card,
  DrawerLink,
  Form,
  formatDateTime,
  formatNumber,
  LinkButton,
  Tabs,
  Toolbar,
  UnavailableAct,
  usePage,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { statusTones } from './list.tsx';

const road: ReportStatus[] = ['draft', 'checked', 'reviewed', 'signed', 'published'];

/** The frame of every page about one report: where it stands, what can be done next, and its views. */
export function ReportFrame(props: {
  desk: ReportDesk;
  view: string;
  title?: string;
  children: ComponentChildren;
}) {
  const { desk, view, title, children } = props;
  const { year, status, version } = desk.report;
  const base = `/workbench/reports/${year}`;
  const open = openErrors(desk);
  return (
    <WorkbenchPage
      title={title ?? `${year}年度报告`}
      current="reports"
      wide
      breadcrumbs={[
        { label: '年度报告', href: '/workbench/reports' },
        { label: `${year}年度`, href: base },
        ...(title ? [{ label: title }] : []),
      ]}
    >
      <ol class="report-road" aria-label="办理进度">
        {road.map((step) => (
          <li
            key={step}
            aria-current={step === status ? 'step' : undefined}
            class={road.indexOf(step) < road.indexOf(status) ? 'done' : ''}
          >
            {statusLabels[step]}
          </li>
        ))}
        <li class="report-road-version">
          <Badge tone={statusTones[status]}>{`第 ${version} 版`}</Badge>
        </li>
      </ol>
      {desk.report.correction && (
        <Alert tone="warning" title="正在编制更正版">
          更正原因:{desk.report.correction.reason}
        </Alert>
      )}
      <ReportActs desk={desk} />
      <Tabs
        items={[
          { label: '统计表', href: base, current: view === 'table' },
          { label: '正文', href: `${base}/chapters`, current: view === 'chapters' },
          { label: '核对', href: `${base}/findings`, current: view === 'findings', count: open },
          { label: '变动', href: `${base}/changes`, current: view === 'changes' },
          { label: '审核与签发', href: `${base}/reviews`, current: view === 'reviews' },
          { label: '版本与历史', href: `${base}/versions`, current: view === 'versions' },
        ]}
      />
      {children}
    </WorkbenchPage>
  );
}

/** Error findings nobody has explained. */
export function openErrors(desk: ReportDesk): number {
  return desk.report.findings.filter(
    (finding) => finding.severity === 'error' && !desk.explanations.has(findingKey(finding)),
  ).length;
}

/** The acts in the order the law expects them; what is not possible now says why. */
function ReportActs({ desk }: { desk: ReportDesk }) {
  const { actor } = usePage();
  const base = `/workbench/reports/${desk.report.year}`;
  const state = {
    status: desk.report.status,
    compiled: desk.compile !== null,
    unexplainedErrors: openErrors(desk),
    authors: desk.authors,
  };
  const why = (move: Move) => obstacle(move, state, actor?.staffId ?? null);
  const allowed = (move: Move) => actor !== null && may(actor, moves[move].act);
  const draft = state.status === 'draft';
  return (
    <Toolbar>
      {allowed('compile') && why('compile') === null && (
        <Form action={`${base}/compile`} layout="bare">
          <Button tone={draft && !desk.compile ? 'primary' : 'plain'} icon="refresh">
            {desk.compile ? '重新汇编' : '汇编数据'}
          </Button>
        </Form>
      )}
      {allowed('check') && draft && (
        <Step label="核对通过" reason={why('check')}>
          <Form action={`${base}/check`} layout="bare">
            <Button tone="primary" icon="checks">
              核对通过,送审
            </Button>
          </Form>
        </Step>
      )}
      {(['review-content', 'review-secrecy'] as const).map(
        (move) =>
          allowed(move) &&
          state.status === 'checked' && (
            <Step key={move} label={moves[move].label} reason={why(move)}>
              <LinkButton href={`${base}/reviews#${move}`} tone="primary" icon="eye-check">
                {moves[move].label}
              </LinkButton>
            </Step>
          ),
      )}
      {allowed('sign') && state.status === 'reviewed' && (
        <Step label="签发" reason={why('sign')}>
          <LinkButton href={`${base}/signature`} tone="primary" icon="writing-sign">
            签发
          </LinkButton>
        </Step>
      )}
      {allowed('publish') && state.status === 'signed' && (
        <LinkButton href={`${base}/publication`} tone="primary" icon="world-upload">
          发布
        </LinkButton>
      )}
      {allowed('correct') && why('correct') === null && (
        <LinkButton href={`${base}/correction`} icon="edit">
          更正
        </LinkButton>
      )}
      <details class="menu">
        <summary class="btn btn-plain">预览与下载</summary>
        <ul>
          {['pdf', 'docx', 'xlsx', 'csv', 'json', 'html'].map((kind) => (
            <li key={kind}>
              <a href={`${base}/preview.${kind}`}>{kind.toUpperCase()}</a>
            </li>
          ))}
        </ul>
      </details>
      {desk.compile && (
        <span class="toolbar-note">
          第 {desk.compile.number} 次汇编 · {formatDateTime(desk.compile.at)} · {desk.compile.by_name} · 用时{' '}
          {formatNumber(desk.compile.took_ms)} 毫秒
        </span>
      )}
    </Toolbar>
  );
}

function Step(props: { label: string; reason: string | null; children: ComponentChildren }) {
  return props.reason === null ? (
    <>{props.children}</>
  ) : (
    <UnavailableAct label={props.label} reason={props.reason} />
  );
}

/** The statistics table as it will be printed; each cell opens its evidence, findings stand beside their rows. */
export function ReportTables({ desk }: { desk: ReportDesk }) {
  if (!desk.compile) {
    return (
      <Alert tone="info" title="尚未汇编">
        点击“汇编数据”,系统会从台账和已审核的填报中统计全年数字;每个数字都可以点开查看依据。
      </Alert>
    );
  }
  return (
    <>
      {desk.report.tables.map((table) => (
        <Card key={table.id} title={table.title} flush>
          {table.sections.map((section, index) => (
            <div key={section.spec.heading ?? index} class="report-sheet">
              {section.spec.heading && <h3>{section.spec.heading}</h3>}
              <table class="report-table">
                <caption class="visually-hidden">{section.spec.heading ?? table.title}</caption>
                <thead>
                  <tr>
                    <th scope="col">{section.spec.rowHeader}</th>
                    {section.spec.showsUnit && <th scope="col">单位</th>}
                    {section.spec.columns.map((column) => (
                      <th key={column.id} scope="col" class="numeric">
                        {[...(column.group ?? []), column.label].join(' · ')}
                      </th>
                    ))}
                    <th scope="col">核对</th>
                  </tr>
                </thead>
                <tbody>
                  {section.rows.map((row) => (
                    <SheetRow key={row.spec.code} desk={desk} table={table} section={section} row={row} />
                  ))}
                </tbody>
              </table>
            </div>
          ))}
        </Card>
      ))}
    </>
  );
}

function SheetRow(props: {
  desk: ReportDesk;
  table: CompiledTable;
  section: CompiledTable['sections'][number];
  row: CompiledRow;
}) {
  const { desk, table, section, row } = props;
  const { spec } = row;
  const findings = desk.report.findings.filter((finding) =>
    finding.cells.some((cell) => cell.table === table.id && cell.row === spec.code),
  );
  return (
    <tr id={`row-${spec.code}`} class={`level-${spec.level}${spec.kind === 'heading' ? ' heading' : ''}`}>
      <th scope="row">{spec.label}</th>
      {section.spec.showsUnit && <td class="unit">{spec.unit}</td>}
      {section.spec.columns.map((column) => {
        const cell = row.cells[column.id];
        if (!cell) return <td key={column.id} class="numeric" />;
        const words = cell.value === null ? '空白' : formatNumber(cell.value);
        return (
          <td key={column.id} class="numeric">
            <DrawerLink
              href={`/workbench/reports/${desk.report.year}/cells/${table.id}/${spec.code}/${column.id}`}
              class={`cell cell-${cell.origin}`}
              label={`${spec.label} ${words},查看依据`}
            >
              {words}
            </DrawerLink>
          </td>
        );
      })}
      <td class="margin">
        {findings.map((finding) => (
          <FindingMark
            key={findingKey(finding)}
            finding={finding}
            explained={desk.explanations.has(findingKey(finding))}
          />
        ))}
      </td>
    </tr>
  );
}

const severities = {
  error: ['danger', '错误'],
  warning: ['warning', '存疑'],
  notice: ['neutral', '提示'],
} as const;

export function FindingMark({ finding, explained }: { finding: Finding; explained: boolean }) {
  const [tone, word] = severities[finding.severity];
  return (
    <p class={`finding finding-${finding.severity}`}>
      <Badge tone={explained ? 'neutral' : tone}>{explained ? `${word}·已说明` : word}</Badge>{' '}
      <span class="finding-rule">{finding.rule}</span> {finding.message}
    </p>
  );
}
