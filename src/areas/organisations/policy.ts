import type { Actor } from '../../core/context.ts';
import { Refusal } from '../../core/refusal.ts';

export const roles = {
  publisher: '信息发布员',
  'unit-head': '部门负责人',
  'secrecy-reviewer': '保密审查员',
  'disclosure-officer': '信息公开专员',
  'window-clerk': '窗口人员',
  'case-handler': '承办人',
  leader: '领导',
  supervisor: '督查员',
  auditor: '审计员',
  administrator: '系统管理员',
} as const;

export type Role = keyof typeof roles;

/**
 * Who may do what: the one table. The server enforces it in every action, the pages draw their buttons from it.
 * Conditions on the record itself (own unit, not one's own return) are in the area's rules.
 */
export const policy = {
  'returns.read': {
    label: '查看填报',
    roles: ['publisher', 'unit-head', 'disclosure-officer', 'leader', 'supervisor', 'auditor'],
  },
  'returns.fill': { label: '填写并报送', roles: ['publisher', 'unit-head', 'disclosure-officer'] },
  'returns.review': { label: '审核填报', roles: ['disclosure-officer'] },
  'returns.import': { label: '导入填报', roles: ['publisher', 'unit-head', 'disclosure-officer'] },
  'returns.remind': { label: '催报', roles: ['disclosure-officer'] },
  'registers.read': {
    label: '查看台账',
    roles: ['publisher', 'unit-head', 'disclosure-officer', 'leader', 'supervisor', 'auditor'],
  },
  'registers.write': { label: '登记台账', roles: ['disclosure-officer'] },
  'reports.read': {
    label: '查看年度报告',
    roles: ['unit-head', 'secrecy-reviewer', 'disclosure-officer', 'leader', 'supervisor', 'auditor'],
  },
  'reports.compile': { label: '汇编年度报告', roles: ['disclosure-officer'] },
  'reports.edit': { label: '撰写年度报告', roles: ['disclosure-officer'] },
  'reports.review-content': { label: '内容审核', roles: ['unit-head', 'disclosure-officer'] },
  'reports.review-secrecy': { label: '保密审查', roles: ['secrecy-reviewer'] },
  'reports.sign': { label: '签发', roles: ['leader'] },
  'reports.publish': { label: '发布年度报告', roles: ['disclosure-officer'] },
  'reports.correct': { label: '更正已发布报告', roles: ['disclosure-officer'] },
  'filed-reports.read': {
    label: '查看报送的年报',
    roles: ['disclosure-officer', 'leader', 'supervisor', 'auditor'],
  },
  'filed-reports.file': { label: '接收年报和维护报送单位', roles: ['disclosure-officer', 'supervisor'] },
  'filed-reports.judge': { label: '认定核查发现', roles: ['disclosure-officer', 'supervisor'] },
  'filed-reports.ask': { label: '要求更正年报', roles: ['disclosure-officer', 'supervisor'] },
  'requests.read': {
    label: '查看依申请公开',
    roles: [
      'disclosure-officer',
      'window-clerk',
      'case-handler',
      'unit-head',
      'secrecy-reviewer',
      'leader',
      'supervisor',
      'auditor',
    ],
  },
  'requests.register': { label: '登记申请', roles: ['disclosure-officer', 'window-clerk'] },
  'requests.check': { label: '审查、补正和分办', roles: ['disclosure-officer'] },
  'requests.handle': { label: '承办申请', roles: ['disclosure-officer', 'case-handler'] },
  'requests.redact': { label: '区分处理', roles: ['disclosure-officer', 'case-handler'] },
  'requests.review-legal': { label: '合法性审核', roles: ['unit-head'] },
  'requests.review-secrecy': { label: '答复保密审查', roles: ['secrecy-reviewer'] },
  'requests.approve-extension': { label: '批准延期', roles: ['leader'] },
  'requests.sign': { label: '签发答复', roles: ['leader'] },
  'requests.dispatch': { label: '发出和送达', roles: ['disclosure-officer', 'window-clerk'] },
  'requests.archive': { label: '归档', roles: ['disclosure-officer'] },
  'requests.reveal': {
    label: '查看申请人信息',
    roles: ['disclosure-officer', 'window-clerk', 'case-handler', 'leader'],
  },
  'requests.export': { label: '导出申请台账', roles: ['disclosure-officer', 'supervisor', 'auditor'] },
  'requests.publish': { label: '转为主动公开', roles: ['disclosure-officer'] },
  'requests.review-publication': { label: '审查转主动公开', roles: ['secrecy-reviewer', 'unit-head'] },
  'requests.read-disposals': {
    label: '查看到期处置',
    roles: ['disclosure-officer', 'leader', 'supervisor', 'auditor'],
  },
  'requests.dispose': { label: '提出销毁申请人信息', roles: ['disclosure-officer'] },
  'requests.approve-disposal': { label: '批准销毁申请人信息', roles: ['leader'] },
  'letters.list': {
    label: '查看发文登记簿',
    roles: ['disclosure-officer', 'leader', 'supervisor', 'auditor'],
  },
  'letters.edit-templates': { label: '修改文书模板', roles: ['disclosure-officer'] },
  'catalogue.read': {
    label: '查看公开信息稿件',
    roles: [
      'publisher',
      'unit-head',
      'secrecy-reviewer',
      'disclosure-officer',
      'leader',
      'supervisor',
      'auditor',
    ],
  },
  'catalogue.write': { label: '撰写公开信息', roles: ['publisher', 'unit-head', 'disclosure-officer'] },
  'catalogue.review-first': { label: '初审', roles: ['unit-head', 'publisher'] },
  'catalogue.review-second': { label: '复审', roles: ['unit-head', 'secrecy-reviewer'] },
  'catalogue.review-final': { label: '终审', roles: ['disclosure-officer', 'secrecy-reviewer'] },
  'catalogue.publish': { label: '发布公开信息', roles: ['publisher', 'unit-head', 'disclosure-officer'] },
  'catalogue.publish-urgently': { label: '紧急发布', roles: ['disclosure-officer', 'leader'] },
  'catalogue.withdraw': { label: '撤下公开信息', roles: ['disclosure-officer'] },
  'catalogue.columns': { label: '管理栏目', roles: ['disclosure-officer'] },
  'catalogue.validity': { label: '清理文件、标注有效性', roles: ['disclosure-officer', 'unit-head'] },
  'catalogue.decide-validity': { label: '审核有效性变更', roles: ['disclosure-officer', 'leader'] },
  'catalogue.clean-up': { label: '组织文件清理', roles: ['disclosure-officer'] },
  'catalogue.decide-clean-up': { label: '决定清理结果', roles: ['leader'] },
  'catalogue.reassess': {
    label: '评估审查不公开信息',
    roles: ['unit-head', 'secrecy-reviewer', 'disclosure-officer'],
  },
  'catalogue.import': { label: '导入历史信息', roles: ['disclosure-officer'] },
  'search.read': {
    label: '查看检索情况',
    roles: ['publisher', 'unit-head', 'disclosure-officer', 'leader', 'auditor'],
  },
  'search.edit': { label: '维护同义词、处理无结果检索', roles: ['disclosure-officer'] },
  'channels.read': {
    label: '查看发布渠道',
    roles: ['publisher', 'unit-head', 'disclosure-officer', 'leader', 'supervisor', 'auditor'],
  },
  'channels.write': { label: '登记和发布渠道内容', roles: ['publisher', 'disclosure-officer'] },
  'channels.accounts': { label: '管理渠道账号', roles: ['disclosure-officer'] },
  'gazette.read': {
    label: '查看公报稿件',
    roles: [
      'publisher',
      'unit-head',
      'secrecy-reviewer',
      'disclosure-officer',
      'leader',
      'supervisor',
      'auditor',
    ],
  },
  'gazette.compose': { label: '编辑公报', roles: ['disclosure-officer'] },
  'gazette.review': { label: '审核公报', roles: ['unit-head', 'leader'] },
  'gazette.publish': { label: '出版公报', roles: ['disclosure-officer'] },
  'dictionaries.read': {
    label: '查看内容检查词典',
    roles: [
      'publisher',
      'unit-head',
      'secrecy-reviewer',
      'disclosure-officer',
      'leader',
      'supervisor',
      'auditor',
    ],
  },
  'dictionaries.write': { label: '维护内容检查词典', roles: ['disclosure-officer', 'secrecy-reviewer'] },
  'releases.check': { label: '出口检查', roles: ['disclosure-officer', 'case-handler', 'publisher'] },
  'releases.let-through': { label: '说明理由放行', roles: ['disclosure-officer', 'secrecy-reviewer'] },
  'calendar.read': {
    label: '查看工作日历',
    roles: [
      'publisher',
      'unit-head',
      'secrecy-reviewer',
      'disclosure-officer',
      'window-clerk',
      'case-handler',
      'leader',
      'supervisor',
      'auditor',
      'administrator',
    ],
  },
  'calendar.import': { label: '导入放假安排', roles: ['disclosure-officer', 'administrator'] },
  'ledger.read': { label: '查看操作台账', roles: ['auditor', 'supervisor'] },
  'ledger.export': { label: '导出操作台账', roles: ['auditor'] },
  'organisations.read': {
    label: '查看机构人员',
    roles: ['disclosure-officer', 'leader', 'auditor', 'administrator'],
  },
  'organisations.write': { label: '管理机构人员', roles: ['administrator'] },
  'settings.read': {
    label: '查看规则设置',
    roles: ['disclosure-officer', 'leader', 'supervisor', 'auditor', 'administrator'],
  },
  'settings.write': { label: '修改规则设置', roles: ['disclosure-officer', 'administrator'] },
  'operations.read': { label: '查看后台任务', roles: ['administrator'] },
  'operations.run': { label: '重试后台任务', roles: ['administrator'] },
} as const satisfies Record<string, { label: string; roles: readonly Role[] }>;

export type Act = keyof typeof policy;

/** Whether the actor's roles allow the act. The system may do everything; a visitor nothing in this table. */
export function may(actor: Actor, act: Act): boolean {
  if (actor.kind === 'system') return true;
  if (actor.kind !== 'staff') return false;
  const allowed: readonly string[] = policy[act].roles;
  return actor.roles.some((role) => allowed.includes(role));
}

/** Refuses, naming the roles that could, when the actor may not do the act. */
export function demand(actor: Actor, act: Act): void {
  if (may(actor, act)) return;
  const names = policy[act].roles.map((role) => roles[role]).join('、');
  throw new Refusal('not-allowed', `您没有“${policy[act].label}”的权限，可由${names}办理。`, { status: 403 });
}
