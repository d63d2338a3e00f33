import { registerLabels } from '../../ledger/index.ts';

export {
  addLocalDay,
  currentCalendar,
  importNotice,
  layeredCalendar,
  removeLocalDay,
  undoLatestImport,
} from './actions.ts';
export { type NoticeReading, readNoticeText } from './notice-text.ts';
export { localDaysFor, noticesFor, type StoredLocalDay, type StoredNotice } from './store.ts';

registerLabels({
  acts: {
    'calendar.import-notice': '导入放假安排',
    'calendar.undo-import': '撤销导入的放假安排',
    'calendar.add-local-day': '登记地方假日',
    'calendar.remove-local-day': '删除地方假日',
  },
  subjects: {
    'calendar-notice': { label: '放假安排', href: () => '/workbench/calendar/history' },
    'calendar-local-day': { label: '地方假日', href: (id) => `/workbench/calendar?year=${id.slice(0, 4)}` },
  },
  fields: { days: '日期', isOffDay: '是否放假', notices: '通知', number: '文号', ground: '依据' },
});
