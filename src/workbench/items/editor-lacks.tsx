import { Card, fieldId } from '../../ui/index.ts';
import type { Errors } from '../request.ts';

/** What is missing before review, each leading to its field. The script fetches it anew after each save. */
export function EditorLacks({ lacks }: { lacks: Errors }) {
  const entries = Object.entries(lacks);
  return (
    <Card title="送审前检查" id="lacks">
      {entries.length === 0 ? (
        <p>必填内容已经齐全。</p>
      ) : (
        <ul class="item-lacks">
          {entries.map(([name, message]) => (
            <li key={name}>
              <a href={`#${fieldId(name)}`}>{message}</a>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
