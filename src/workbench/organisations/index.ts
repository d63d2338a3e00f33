import type { App } from '../../app.ts';
import { listStaff, may } from '../../areas/organisations/index.ts';
import { registerLabels } from '../../ledger/index.ts';
import type { Room } from '../room.ts';
import { agencyRoutes } from './agency-routes.tsx';
import { staffRoutes } from './staff-routes.tsx';

registerLabels({
  acts: {
    'organisations.create-agency': '新增机构',
    'organisations.add-subordinate': '新增下级机构',
    'organisations.edit-agency': '修改机构信息',
    'organisations.add-unit': '新增部门',
    'organisations.edit-unit': '修改部门',
    'organisations.close-unit': '停用部门',
    'organisations.reopen-unit': '恢复部门',
    'organisations.add-staff': '新增人员',
    'organisations.edit-staff': '修改人员信息',
    'organisations.grant-role': '授予角色',
    'organisations.end-role': '结束角色任期',
    'organisations.leave': '登记离岗',
    'organisations.return-to-work': '恢复在岗',
    'organisations.export-staff': '导出人员名单',
    'accounts.sign-in': '登录',
    'accounts.sign-in-failed': '登录失败',
    'accounts.sign-out': '退出登录',
    'accounts.lock': '锁定账号',
    'accounts.lock-address': '限制网络地址',
    'accounts.unlock': '解除锁定',
    'accounts.unlock-address': '解除网络地址限制',
    'accounts.open': '开通账号',
    'accounts.reset-password': '重置密码',
    'accounts.change-password': '修改密码',
    'accounts.end-sessions': '结束登录',
    'accounts.enable-second-factor': '启用动态验证码',
    'accounts.disable-second-factor': '停用动态验证码',
    'accounts.reset-second-factor': '重置动态验证码',
    'accounts.renew-recovery-codes': '更换恢复码',
  },
  subjects: {
    agency: { label: '机构' },
    unit: { label: '部门' },
    staff: { label: '人员', href: (id) => `/workbench/staff/${id}` },
    address: { label: '网络地址' },
  },
  fields: {
    username: '用户名',
    phone: '联系电话',
    email: '电子邮箱',
    post: '职务',
    unitId: '部门编号',
    roles: '角色',
    role: '角色',
    leftOn: '离岗日期',
    creditCode: '统一社会信用代码',
    parentId: '上级机构编号',
    site: '网站标识',
    settings: '设置',
    position: '排序号',
    address: '网络地址',
    method: '登录方式',
    until: '锁定至',
    failures: '失败次数',
    sessionsEnded: '结束的登录数',
    mustChangePassword: '须修改密码',
    demonstration: '示例数据',
  },
});

export function organisationsRoom(app: App): Room {
  return {
    key: 'organisations',
    nav: [
      {
        label: '机构',
        href: '/workbench/agencies',
        icon: 'building-community',
        group: '管理',
        act: 'organisations.read',
      },
      { label: '部门', href: '/workbench/units', icon: 'sitemap', group: '管理', act: 'organisations.read' },
      { label: '人员', href: '/workbench/staff', icon: 'users', group: '管理', act: 'organisations.read' },
      {
        label: '权限表',
        href: '/workbench/policy',
        icon: 'shield-check',
        group: '管理',
        act: 'organisations.read',
      },
    ],
    search: async (ctx, query, limit) => {
      if (!may(ctx.actor, 'organisations.read')) return [];
      const on = ctx.clock.today().toString();
      const people = await listStaff(ctx.db, ctx.agencyId, { on, text: query, state: 'all', limit });
      return people.map((person) => ({
        kind: '人员',
        title: person.name,
        detail: [person.unitName, person.post].filter(Boolean).join(' · '),
        href: `/workbench/staff/${person.id}`,
      }));
    },
    routes: async (server) => {
      await server.register(agencyRoutes(app));
      await server.register(staffRoutes(app));
    },
  };
}
