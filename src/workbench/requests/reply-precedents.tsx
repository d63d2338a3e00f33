import type { CaseView } from '../../areas/requests/index.ts';
import { replyKind } from '../../law/index.ts';
import { Card, formatDate } from '../../ui/index.ts';
import { caseAddress } from './case-addresses.ts';

/** Answered requests about alike things: the same question should get the same answer. */
export function Precedents({ view: { precedents } }: { view: CaseView }) {
  if (precedents.length === 0) return null;
  return (
    <Card title="类似申请以前怎样答复">
      <ul class="precedents">
        {precedents.map(({ id, number, title, receivedOn, resultCode }) => (
          <li key={id}>
            <a href={caseAddress(id)} target="_blank" rel="noopener">
              {title}
              <span class="visually-hidden">（在新窗口打开）</span>
            </a>
            <span class="help">
              {number}，{formatDate(receivedOn)}收到，
              {resultCode === null ? '没有结果' : (replyKind(resultCode)?.label ?? resultCode)}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
