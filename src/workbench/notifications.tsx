import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../app.ts';
import {
  markAllRead,
  type Notification,
  openNotification,
  ownNotifications,
} from '../areas/notifications/index.ts';
import { Button, Card, Empty, Form, formatDateTime, Pager, Tabs, usePage } from '../ui/index.ts';
import { staffCtx } from './request.ts';
import { WorkbenchPage } from './shell.tsx';

const HREF = '/workbench/notifications';
const MAX_ID_DIGITS = 15;

export const notificationRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get<{ Querystring: Record<string, string | undefined> }>(HREF, async (request, reply) => {
      const { show, before } = request.query;
      const unreadOnly = show === 'unread';
      const from = before && new RegExp(`^\\d{1,${MAX_ID_DIGITS}}$`).test(before) ? Number(before) : null;
      const page = await ownNotifications(staffCtx(app, request), { unreadOnly, before: from });
      return reply.page(<NotificationsPage {...page} unreadOnly={unreadOnly} />);
    });

    server.post<{ Params: { id: string } }>(`${HREF}/:id/reading`, async (request, reply) => {
      const href = await openNotification(
        staffCtx(app, request),
        /^\d{1,15}$/.test(request.params.id) ? Number(request.params.id) : 0,
      );
      return reply.redirect(href, 303);
    });

    server.post(`${HREF}/reading`, async (request, reply) => {
      const count = await markAllRead(staffCtx(app, request));
      reply.flash('success', count > 0 ? `${count} 条通知已标为已读` : '没有未读通知');
      return reply.redirect(HREF, 303);
    });
  };

export function NotificationsPage(props: {
  items: Notification[];
  next: number | null;
  unreadOnly: boolean;
}) {
  const { items, next, unreadOnly } = props;
  const { unreadNotifications } = usePage();
  const more = new URLSearchParams({ ...(unreadOnly ? { show: 'unread' } : {}), before: String(next) });
  return (
    <WorkbenchPage
      title="通知"
      current={HREF}
      actions={
        unreadNotifications > 0 && (
          <Form action={`${HREF}/reading`} layout="bare">
            <Button icon="checks">全部标为已读</Button>
          </Form>
        )
      }
    >
      <Tabs
        items={[
          { label: '全部', href: HREF, current: !unreadOnly },
          { label: '未读', href: `${HREF}?show=unread`, current: unreadOnly, count: unreadNotifications },
        ]}
      />
      {items.length === 0 ? (
        <Empty title={unreadOnly ? '没有未读通知' : '还没有通知'} icon="bell">
          送审、退回、催报等事项会在这里提醒您。
        </Empty>
      ) : (
        <Card flush>
          <ul>
            {items.map((item) => (
              <NotificationLine key={item.id} item={item} />
            ))}
          </ul>
        </Card>
      )}
      <Pager nextHref={next === null ? null : `${HREF}?${more}`} />
    </WorkbenchPage>
  );
}

/** Opening an unread one is an act (it becomes read), so it is a button; a read one is a plain link. */
function NotificationLine({ item }: { item: Notification }) {
  return (
    <li class={item.read_at ? 'notification' : 'notification notification-unread'}>
      {item.read_at ? (
        <a href={item.href}>{item.title}</a>
      ) : (
        <Form action={`${HREF}/${item.id}/reading`} layout="bare">
          <button type="submit" class="link-button">
            <span class="visually-hidden">未读：</span>
            {item.title}
          </button>
        </Form>
      )}
      <time class="quiet" dateTime={item.at.toISOString()}>
        {formatDateTime(item.at)}
      </time>
    </li>
  );
}
