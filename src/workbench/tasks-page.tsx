import { Badge, daysLeft, Empty, formatDate, Light, Table, urgency, usePage } from '../ui/index.ts';
import type { Task } from './room.ts';
import { WorkbenchPage } from './shell.tsx';

const SIGNING = '签发';

interface Group {
  title: string;
  tasks: Task[];
}

/** Late first, then what waits for my signature, then what is due within days, then the rest; each by date. */
export function groupTasks(tasks: readonly Task[], today: string): Group[] {
  const sorted = [...tasks].sort((a, b) => (a.due ?? '9999').localeCompare(b.due ?? '9999'));
  const groups = Object.groupBy(sorted, (task) => {
    const when = urgency(task.due, today);
    if (when === 'late') return 'late';
    if (task.verb === SIGNING) return 'signing';
    return when === 'today' || when === 'soon' ? 'soon' : 'later';
  });
  return [
    { title: '已逾期', tasks: groups.late ?? [] },
    { title: '等我签发', tasks: groups.signing ?? [] },
    { title: '今天和近三天', tasks: groups.soon ?? [] },
    { title: '其他待办', tasks: groups.later ?? [] },
  ].filter((group) => group.tasks.length > 0);
}

export function TasksPage({ tasks }: { tasks: readonly Task[] }) {
  const { actor, today } = usePage();
  const groups = groupTasks(tasks, today);
  return (
    <WorkbenchPage
      title="我的待办"
      current="/workbench"
      lead={`${actor?.name ?? ''}，今天是${formatDate(today)}。`}
    >
      {groups.length === 0 ? (
        <Empty title="今天没有待办" icon="circle-check">
          该办的都办完了。有新的填报、审核或签发事项时，会出现在这里。
        </Empty>
      ) : (
        groups.map((group) => <TaskGroup key={group.title} group={group} today={today} />)
      )}
    </WorkbenchPage>
  );
}

function TaskGroup({ group, today }: { group: Group; today: string }) {
  return (
    <section class="task-group">
      <h2>
        {group.title}
        <span class="count">{group.tasks.length}</span>
      </h2>
      <Table
        caption={group.title}
        queue
        stack
        columns={[{ label: '要做的' }, { label: '事项' }, { label: '期限' }]}
      >
        {group.tasks.map((task) => (
          <tr key={`${task.href} ${task.title}`}>
            <td>
              <Badge tone={task.verb === SIGNING ? 'info' : 'neutral'}>{task.verb}</Badge>
            </td>
            <th scope="row">
              <a href={task.href} class="task-title">
                {task.title}
              </a>
              <span class="task-detail">{task.detail}</span>
            </th>
            <td>
              <Due task={task} today={today} />
            </td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

function Due({ task: { due, workingDays }, today }: { task: Task; today: string }) {
  if (!due) return <span class="quiet">没有期限</span>;
  const when = urgency(due, today);
  const tone = when === 'late' ? 'red' : when === 'later' ? 'green' : 'amber';
  return <Light tone={tone}>{daysLeft(due, today, workingDays)}</Light>;
}
