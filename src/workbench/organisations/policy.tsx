import { type Act, policy, type Role, roles, separated } from '../../areas/organisations/index.ts';
import { Card, Icon, Table } from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';

const names = Object.keys(roles) as Role[];

/** Drawn from the very table the server decides by. */
export function PolicyPage() {
  return (
    <WorkbenchPage
      title="谁能做什么"
      current="/workbench/policy"
      lead="系统按这张表判断权限，页面上的按钮也由它决定。除此之外，任何人都不能审核自己报送或撰写的内容。"
      wide
    >
      <div class="policy-table">
        <Table
          caption="权限表"
          columns={[{ label: '事项' }, ...names.map((role) => ({ label: roles[role] }))]}
        >
          {(Object.keys(policy) as Act[]).map((act) => {
            const allowed: readonly Role[] = policy[act].roles;
            return (
              <tr key={act}>
                <th scope="row">{policy[act].label}</th>
                {names.map((role) => (
                  <td key={role}>
                    {allowed.includes(role) ? (
                      <>
                        <Icon name="check" />
                        <span class="visually-hidden">可以</span>
                      </>
                    ) : (
                      <span class="visually-hidden">不可以</span>
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </Table>
      </div>
      <Card title="不能由同一人同时担任的角色">
        <ul>
          {separated.map(([one, other]) => (
            <li key={`${one}-${other}`}>
              {roles[one]}与{roles[other]}
            </li>
          ))}
        </ul>
        <p class="help">系统管理员也不能变更自己的角色，须由另一位系统管理员办理。</p>
      </Card>
    </WorkbenchPage>
  );
}
