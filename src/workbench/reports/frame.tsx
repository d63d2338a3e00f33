import type { ComponentChildren } from 'preact';
import {
  findingKey,
  isSentBack,
  type Move,
  moves,
  obstacle,
  type ReportDesk,
  statusLabels,
} from '../../annual-report/index.ts';
import type { ReportStatus } from '../../annual-report/model.ts';
import { renderers } from '../../annual-report/render/index.ts';
import { may, policy, roles } from '../../areas/organisations/index.ts';
import {
  Alert,
  Badge,
  Button,
  daysLeft,
  Form,
  formatDate,
  formatDateTime,
  LinkButton,
  Steps,
  Tabs,
  UnavailableAct,
  urgency,
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
  /** A page for one task (writing, merging, confirming): without the road and its acts. */
  focused?: boolean;
  children: ComponentChildren;
}) {
  const { desk, view, title, focused, children } = props;
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
        ...(title ? [{ label: `${year}年度`, href: base }, { label: title }] : [{ label: `${year}年度` }]),
      ]}
      state={
        <>
          <Badge tone={statusTones[status]}>{statusLabels[status]}</Badge>
          <Badge>{`第 ${version} 版`}</Badge>
          {desk.row.consolidated && <Badge>汇总下级</Badge>}
        </>
      }
      lead={!focused && <DueDates desk={desk} />}
      actions={!focused && <Preview base={base} compiled={desk.compile !== null} />}
    >
      {!focused && (
        <section class="report-road" aria-label="办理进度">
          <Steps current={road.indexOf(status) + (status === 'published' ? 1 : 0)} items={roadOf(desk)} />
          <ReportActs desk={desk} />
        </section>
      )}
      {desk.report.correction && status !== 'published' && !focused && (
        <Alert tone="warning" title={`正在编制第 ${version} 版（更正版）`}>
          更正原因：{desk.report.correction.reason}
        </Alert>
      )}
      {!focused && (
        <Tabs
          label="报告各部分"
          items={[
            { label: '统计表', href: base, current: view === 'table' },
            { label: '正文', href: `${base}/chapters`, current: view === 'chapters' },
            {
              label: '核对',
              href: `${base}/findings`,
              current: view === 'findings',
              ...(open > 0 && { count: open }),
            },
            { label: '变动', href: `${base}/changes`, current: view === 'changes' },
            { label: '审核与落款', href: `${base}/reviews`, current: view === 'reviews' },
            { label: '版本与历史', href: `${base}/versions`, current: view === 'versions' },
          ]}
        />
      )}
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

/** What the rules want to know of the report as it stands. */
export const stateOf = (desk: ReportDesk) => ({
  status: desk.report.status,
  compiled: desk.compile !== null,
  unexplainedErrors: openErrors(desk),
  sentBack: isSentBack(desk.reviews, desk.row.revision),
  authors: desk.authors,
});

const passed = (desk: ReportDesk, kind: 'content' | 'secrecy') =>
  desk.reviews.find(
    (review) => review.kind === kind && review.result === 'pass' && review.revision === desk.row.revision,
  );

function roadOf(desk: ReportDesk) {
  const [content, secrecy] = [passed(desk, 'content'), passed(desk, 'secrecy')];
  const reviewed = [
    content && `内容 ${content.reviewer_name}`,
    secrecy && `保密 ${secrecy.reviewer_name}`,
  ].filter(Boolean);
  const errors = openErrors(desk);
  const notes: Record<ReportStatus, string> = {
    draft: desk.compile ? `第 ${desk.compile.number} 次汇编` : '尚未汇编',
    checked: desk.compile && errors > 0 ? `${errors} 处待处理` : '',
    reviewed: reviewed.join('，'),
    signed: '',
    published: '',
  };
  return road.map((status) => ({
    label: { draft: '编制', checked: '核对', reviewed: '审核', signed: '签发', published: '发布' }[status],
    note: notes[status],
  }));
}

function DueDates({ desk }: { desk: ReportDesk }) {
  const { today } = usePage();
  const { report, format, compile } = desk;
  const done = report.status === 'published' || report.version > 1;
  return (
    <>
      {format.due.map(({ role, monthDay }, index) => {
        const on = `${report.year + 1}-${monthDay}`;
        return (
          <span key={role}>
            {index > 0 && '；'}
            {formatDate(on)}前{role}
            {!done && (
              <span class={urgency(on, today) === 'late' ? 'overdue' : undefined}>
                ，{daysLeft(on, today)}
              </span>
            )}
          </span>
        );
      })}
      {compile && (
        <span class="report-compiled">
          数据汇编于 {formatDateTime(compile.at)}，{compile.by_name}
        </span>
      )}
    </>
  );
}

function Preview({ base, compiled }: { base: string; compiled: boolean }) {
  if (!compiled) return null;
  return (
    <details class="menu">
      <summary class="btn btn-plain">预览与下载</summary>
      <ul>
        {Object.entries(renderers).map(([kind, { label }]) => (
          <li key={kind}>
            <a href={`${base}/preview.${kind}`}>{label}</a>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What can be done now, in the order the law expects it; what this person cannot do says why. */
function ReportActs({ desk }: { desk: ReportDesk }) {
  const base = `/workbench/reports/${desk.report.year}`;
  const { status } = desk.report;
  const draft = status === 'draft';
  const waiting = status === 'checked' || status === 'reviewed';
  return (
    <div class="report-acts">
      {(draft || waiting) && (
        <Act desk={desk} move="compile" label={desk.compile ? '重新汇编' : '汇编数据'} quiet={waiting}>
          <Form action={`${base}/compile`} layout="bare">
            <Button tone={desk.compile ? 'plain' : 'primary'} icon="refresh">
              {desk.compile ? '重新汇编' : '汇编数据'}
            </Button>
          </Form>
        </Act>
      )}
      {draft && desk.compile && (
        <Act desk={desk} move="check" label="核对通过，送审">
          <Form action={`${base}/check`} layout="bare">
            <Button tone="primary" icon="checks">
              核对通过，送审
            </Button>
          </Form>
        </Act>
      )}
      {status === 'checked' &&
        (['content', 'secrecy'] as const).map((kind) =>
          passed(desk, kind) ? null : (
            <Act key={kind} desk={desk} move={`review-${kind}`}>
              <LinkButton href={`${base}/reviews#review-${kind}`} tone="primary" icon="eye-check">
                {moves[`review-${kind}`].label}
              </LinkButton>
            </Act>
          ),
        )}
      {status === 'reviewed' && (
        <Act desk={desk} move="sign">
          <LinkButton href={`${base}/signature`} tone="primary" icon="writing-sign">
            签发
          </LinkButton>
        </Act>
      )}
      {status === 'signed' && (
        <Act desk={desk} move="publish">
          <LinkButton href={`${base}/publication`} tone="primary" icon="world-upload">
            发布
          </LinkButton>
        </Act>
      )}
      {status === 'published' && (
        <LinkButton href={`/reports/${desk.report.year}`} icon="world">
          查看公开页面
        </LinkButton>
      )}
      {(status === 'signed' || status === 'published') && (
        <Act desk={desk} move="correct" quiet>
          <LinkButton href={`${base}/correction`} icon="edit">
            更正
          </LinkButton>
        </Act>
      )}
    </div>
  );
}

/** One act, or why this person cannot take it. `quiet` leaves it out for those whose role does not include it. */
function Act(props: {
  desk: ReportDesk;
  move: Move;
  label?: string;
  quiet?: boolean;
  children: ComponentChildren;
}) {
  const { desk, move, label = moves[move].label, quiet, children } = props;
  const { actor } = usePage();
  const { act } = moves[move];
  const allowed = actor !== null && may(actor, act);
  if (!allowed && quiet) return null;
  const reason = allowed
    ? obstacle(move, stateOf(desk), actor.staffId)
    : `由${policy[act].roles.map((role) => roles[role]).join('、')}办理`;
  return reason === null ? children : <UnavailableAct label={label} reason={reason} />;
}
