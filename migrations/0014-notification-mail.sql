-- When a notification was sent by mail, so that none is sent twice; null while it waits or when no address is known.
ALTER TABLE notifications ADD COLUMN mailed_at timestamptz;
ALTER TABLE notifications ADD CHECK (length(title) BETWEEN 1 AND 300);
ALTER TABLE notifications ADD CHECK (href LIKE '/workbench%');
CREATE INDEX notifications_to_mail ON notifications (agency_id, staff_id) WHERE mailed_at IS NULL AND read_at IS NULL;
CREATE INDEX notifications_unread ON notifications (agency_id, staff_id) WHERE read_at IS NULL;
