import { LinkButton, Table } from '../../ui/index.ts';
import { PortalPage } from '../shell.tsx';

interface Operation {
  method: string;
  path: string;
  summary: string;
  parameters: { name: string; required: boolean; description: string }[];
}

const examples: Record<string, string> = {
  '/api/v1/deadline': '/api/v1/deadline?received=2018-09-20&channel=in-person',
  '/api/v1/fee': '/api/v1/fee?pages=201',
  '/api/v1/reports/{year}': '/api/v1/reports/2018',
};

const DESCRIPTION = '年度报告、法定期限、收费和台账摘要的开放数据，供其他系统直接读取。';

/** The interface for other systems, for people; the API face hands in its operations. */
export function apiPage(groups: readonly { group: string; operations: Operation[] }[]) {
  return (
    <PortalPage
      title="数据接口"
      breadcrumbs={[{ label: '数据接口' }]}
      lead={DESCRIPTION}
      labels={{
        column: {
          name: '数据接口',
          description: DESCRIPTION,
          keywords: '接口,开放数据,OpenAPI',
          type: '政务公开',
        },
      }}
    >
      <div class="prose">
        <p>
          无需登录，以 GET 请求读取，答复为 UTF-8 的 JSON。日期写作 YYYY-MM-DD，金额为两位小数的字符串，
          <code>null</code>
          表示留空，与 0 不同。同一来源每分钟请求次数有上限，超过时答复 429。
        </p>
        <p>
          出错时答复 <code>code</code>（固定代码）、<code>message</code>（中文说明）、<code>article</code>
          （依据条文）和 <code>fields</code>（各字段的问题）。
        </p>
        <LinkButton href="/api/v1/openapi.json" icon="file-code">
          OpenAPI 描述文件
        </LinkButton>
      </div>
      {groups.map(({ group, operations }) => (
        <section key={group} class="api-group">
          <h2>{group}</h2>
          {operations.map((operation) => (
            <OperationView key={operation.path} operation={operation} />
          ))}
        </section>
      ))}
    </PortalPage>
  );
}

function OperationView({ operation: { method, path, summary, parameters } }: { operation: Operation }) {
  const example = examples[path] ?? path;
  return (
    <section class="api-operation">
      <h3>{summary}</h3>
      <p>
        <code class="api-address">
          {method} {path}
        </code>
      </p>
      {parameters.length > 0 && (
        <Table
          caption={`${summary}的参数`}
          stack
          columns={[
            { label: '参数', width: 'medium' },
            { label: '必填', width: 'narrow' },
            { label: '说明' },
          ]}
        >
          {parameters.map((parameter) => (
            <tr key={parameter.name}>
              <th scope="row">
                <code>{parameter.name}</code>
              </th>
              <td data-label="必填">{parameter.required ? '是' : '否'}</td>
              <td data-label="说明">{parameter.description}</td>
            </tr>
          ))}
        </Table>
      )}
      <p>
        示例：<a href={example}>{example}</a>
      </p>
    </section>
  );
}
