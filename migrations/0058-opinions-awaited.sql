-- Last day of an opinion that is awaited; whether it still is, the day of asking tells.
ALTER TABLE requests ADD COLUMN suspended_until date;
-- Those that wait are counted anew, as after an amended calendar.
UPDATE requests SET calendar = '' WHERE suspended;
ALTER TABLE requests DROP COLUMN suspended;
