import type { Field, Register, RegisterKey } from './register.ts';

const note: Field = { name: 'note', column: 'note', label: '备注', kind: 'long', maxLength: 500 };
const unit: Field = { name: 'unit', column: 'unit_id', label: '责任部门', kind: 'unit', listed: true };
const place: Field = { name: 'place', column: 'place', label: '地点', kind: 'text', maxLength: 100 };
const phone: Field = { name: 'phone', column: 'phone', label: '电话', kind: 'text', maxLength: 50 };

/** Kinds of meeting that row 9.1 counts: 政府信息公开工作会议或专题会议. */
export const countedMeetings = ['工作会议', '专题会议'] as const;
/** Kinds of budget that row 8.4 leaves out: 政府公报编辑管理 and 政府网站建设维护. */
export const countedBudgets = ['政府信息公开专项经费'] as const;
export const staffKinds = { fullTime: '专职', partTime: '兼职', publisher: '信息发布员' } as const;

export const registers: Readonly<Record<RegisterKey, Register>> = {
  meetings: {
    key: 'meetings',
    label: '会议台账',
    noun: '会议',
    lead: '统计表“召开政府信息公开工作会议或专题会议数”只计工作会议和专题会议;听取汇报、联席会研究登记备查,不计入。',
    table: 'register_meetings',
    icon: 'users-group',
    dateField: 'heldOn',
    titleField: 'title',
    fields: [
      { name: 'heldOn', column: 'held_on', label: '召开日期', kind: 'date', required: true, listed: true },
      {
        name: 'kind',
        column: 'kind',
        label: '会议类型',
        kind: 'choice',
        required: true,
        listed: true,
        options: [...countedMeetings, '主要负责人听取汇报', '党政联席会研究', '其他'],
      },
      { name: 'title', column: 'title', label: '会议名称', kind: 'text', required: true, maxLength: 200, listed: true },
      unit,
      place,
      { name: 'attendees', column: 'attendees', label: '参会人数', kind: 'count' },
      note,
    ],
  },
  trainings: {
    key: 'trainings',
    label: '培训台账',
    noun: '培训班',
    lead: '每期培训班计 1 次;接受培训人员按人次计,同一人参加两期计 2 人次。',
    table: 'register_trainings',
    icon: 'school',
    dateField: 'heldOn',
    titleField: 'title',
    fields: [
      { name: 'heldOn', column: 'held_on', label: '培训日期', kind: 'date', required: true, listed: true },
      { name: 'title', column: 'title', label: '培训班名称', kind: 'text', required: true, maxLength: 200, listed: true },
      unit,
      place,
      { name: 'lecturer', column: 'lecturer', label: '授课人', kind: 'text', maxLength: 100 },
      {
        name: 'attendance',
        column: 'attendance',
        label: '签到名单',
        kind: 'people',
        maxLength: 100_000,
        help: '一行一人:姓名、部门,可直接从 Excel 粘贴。填写名单后,人次按名单计算。',
      },
      {
        name: 'trainees',
        column: 'trainees',
        label: '接受培训人次',
        kind: 'count',
        listed: true,
        help: '没有签到名单时填写;有名单时以名单为准。',
      },
      note,
    ],
  },
  staff: {
    key: 'staff',
    label: '工作人员台账',
    noun: '人员任职',
    lead: '统计表按 12 月 31 日在岗人数计算专职、兼职人员;信息发布员另册登记,不计入从事政府信息公开工作人员数。',
    table: 'register_staff',
    icon: 'id-badge-2',
    dateField: 'fromOn',
    endField: 'toOn',
    titleField: 'name',
    fields: [
      { name: 'name', column: 'name', label: '姓名', kind: 'text', required: true, maxLength: 50, listed: true },
      {
        name: 'kind',
        column: 'kind',
        label: '人员类别',
        kind: 'choice',
        required: true,
        listed: true,
        options: Object.values(staffKinds),
      },
      unit,
      { name: 'post', column: 'post', label: '职务', kind: 'text', maxLength: 100 },
      { name: 'fromOn', column: 'from_on', label: '任职起始', kind: 'date', required: true, listed: true },
      { name: 'toOn', column: 'to_on', label: '任职终止', kind: 'date', listed: true, help: '仍在岗的留空。' },
      note,
    ],
  },
  budgets: {
    key: 'budgets',
    label: '经费台账',
    noun: '经费',
    lead: '统计表只计政府信息公开专项经费,不包括政府公报编辑管理和政府网站建设维护经费。按元登记,汇编时折算为万元。',
    table: 'register_budgets',
    icon: 'coin-yuan',
    dateField: 'approvedOn',
    titleField: 'purpose',
    fields: [
      { name: 'approvedOn', column: 'approved_on', label: '批准日期', kind: 'date', required: true, listed: true },
      {
        name: 'kind',
        column: 'kind',
        label: '经费类别',
        kind: 'choice',
        required: true,
        listed: true,
        options: [...countedBudgets, '政府公报编辑管理', '政府网站建设维护'],
      },
      { name: 'amount', column: 'amount', label: '金额(元)', kind: 'money', required: true, listed: true },
      { name: 'purpose', column: 'purpose', label: '用途', kind: 'text', required: true, maxLength: 200, listed: true },
      unit,
      note,
    ],
  },
  offices: {
    key: 'offices',
    label: '专门机构台账',
    noun: '机构',
    lead: '统计表按 12 月 31 日实有的政府信息公开工作专门机构计算。',
    table: 'register_offices',
    icon: 'building',
    dateField: 'openedOn',
    endField: 'closedOn',
    titleField: 'name',
    fields: [
      { name: 'name', column: 'name', label: '机构名称', kind: 'text', required: true, maxLength: 100, listed: true },
      { name: 'kind', column: 'kind', label: '机构类型', kind: 'choice', required: true, listed: true, options: ['专门机构', '其他'] },
      { name: 'address', column: 'address', label: '地址', kind: 'text', maxLength: 200 },
      phone,
      { name: 'openedOn', column: 'opened_on', label: '设立日期', kind: 'date', required: true, listed: true },
      { name: 'closedOn', column: 'closed_on', label: '撤销日期', kind: 'date', listed: true, help: '仍在运行的留空。' },
      note,
    ],
  },
  'reading-places': {
    key: 'reading-places',
    label: '查阅点台账',
    noun: '查阅点',
    lead: '国家档案馆、公共图书馆、政务服务场所应当设置政府信息查阅场所;统计表按 12 月 31 日实有数计算。',
    table: 'register_reading_places',
    icon: 'books',
    dateField: 'openedOn',
    endField: 'closedOn',
    titleField: 'name',
    fields: [
      { name: 'name', column: 'name', label: '查阅点名称', kind: 'text', required: true, maxLength: 100, listed: true },
      {
        name: 'kind',
        column: 'kind',
        label: '场所类型',
        kind: 'choice',
        required: true,
        listed: true,
        options: ['国家档案馆', '公共图书馆', '政务服务场所', '其他'],
      },
      { name: 'address', column: 'address', label: '地址', kind: 'text', required: true, maxLength: 200, listed: true },
      { name: 'hours', column: 'hours', label: '开放时间', kind: 'text', maxLength: 100 },
      phone,
      { name: 'openedOn', column: 'opened_on', label: '设置日期', kind: 'date', required: true, listed: true },
      { name: 'closedOn', column: 'closed_on', label: '撤销日期', kind: 'date', listed: true, help: '仍在开放的留空。' },
      note,
    ],
  },
};

export function findRegister(key: string): Register | null {
  return Object.hasOwn(registers, key) ? registers[key as RegisterKey] : null;
}
