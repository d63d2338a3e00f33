import { type Duty, dutyGrounds, type explainDuty } from '../../areas/catalogue/index.ts';
import { Alert, Card, CountCalendar, Facts, formatDate, LinkButton } from '../../ui/index.ts';
import { itemAddress } from '../items/addresses.ts';
import { WorkbenchPage } from '../shell.tsx';
import { DUTIES } from './addresses.ts';
import { DutyLight } from './frame.tsx';

/** How the limit of one version was counted, day by day. */
export function DutyPage(props: { duty: Duty; explained: ReturnType<typeof explainDuty>; today: string }) {
  const { duty, explained, today } = props;
  return (
    <WorkbenchPage
      title={duty.title || '未命名的信息'}
      current={DUTIES}
      breadcrumbs={[{ label: '公开期限和评估', href: DUTIES }, { label: '期限的计算' }]}
      state={<DutyLight duty={duty} />}
      actions={
        <LinkButton href={itemAddress(duty.itemId, '/record')} icon="file-text">
          稿件和办理记录
        </LinkButton>
      }
    >
      <Card title="公开期限">
        <DutyFacts duty={duty} />
      </Card>
      {explained.days.length > 0 && (
        <Card title="期限的计算">
          {explained.provisional && (
            <Alert tone="warning" title="暂定">
              期限跨入放假安排尚未公布的年份，公布后会按新的日历计算。
            </Alert>
          )}
          <ul class="duty-reasons">
            {explained.reasons.map(({ text, article }) => (
              <li key={text}>
                {text}
                {article && <span class="cell-note">{article}</span>}
              </li>
            ))}
          </ul>
          <CountCalendar days={explained.days} today={today} />
        </Card>
      )}
    </WorkbenchPage>
  );
}

export function DutyFacts({ duty }: { duty: Duty }) {
  return (
    <Facts
      items={[
        { label: '起算', value: `${formatDate(duty.startOn)}${dutyGrounds[duty.ground]}` },
        { label: '期限', value: duty.due === null ? '当时没有规定' : formatDate(duty.due) },
        ...(duty.publishedOn ? [{ label: '公开', value: formatDate(duty.publishedOn) }] : []),
      ]}
    />
  );
}

/** The limit of an item beside its text. */
export function DutyCard({ duty }: { duty: Duty | null }) {
  if (duty === null) return null;
  return (
    <Card title="公开期限">
      <p>
        <DutyLight duty={duty} />
      </p>
      <DutyFacts duty={duty} />
      <p>
        <a href={`${DUTIES}/${duty.itemId}/versions/${duty.version}`}>逐日计算</a>
      </p>
    </Card>
  );
}
