import type { Clock } from '../../core/clock.ts';
import type { Connection } from '../../core/db.ts';
import type { Job } from '../../core/jobs.ts';
import type { Mailer } from '../../core/mail.ts';
import { mailNotifications } from './actions.ts';

interface NotificationHost {
  connection: Pick<Connection, 'db'>;
  clock: Clock;
  mail: Mailer;
  config: { publicUrl: string };
}

export const notificationJobs: readonly Job<NotificationHost>[] = [
  {
    name: 'mail-notifications',
    label: '发送通知邮件',
    schedule: '*/5 * * * *',
    run: async ({ connection, clock, mail, config }) => {
      await mailNotifications({ db: connection.db, clock, mail, publicUrl: config.publicUrl });
    },
  },
];
