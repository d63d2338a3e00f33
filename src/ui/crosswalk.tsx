import { Badge, type Tone } from './blocks.tsx';
import { Table } from './table.tsx';

export interface CrosswalkProps {
  crosswalks: readonly {
    from: { id: string; years: string; basis: string };
    to: { id: string; years: string; basis: string };
    lines: readonly {
      before: readonly string[];
      after: readonly string[];
      kind: 'same' | 'part' | 'none';
      note: string;
    }[];
  }[];
}

const kinds: Record<'same' | 'part' | 'none', { word: string; shape: string; tone: Tone }> = {
  same: { word: '相同', shape: '●', tone: 'success' },
  part: { word: '部分对应', shape: '◐', tone: 'warning' },
  none: { word: '不对应', shape: '○', tone: 'neutral' },
};

/** Which figure of one format of the report corresponds to which of the next, and why not where none does. */
export function Crosswalk({ crosswalks }: CrosswalkProps) {
  return (
    <>
      {crosswalks.map(({ from, to, lines }) => (
        <section key={from.id} class="crosswalk" aria-labelledby={`crosswalk-${from.id}`}>
          <h2 id={`crosswalk-${from.id}`}>
            {from.years}的格式 → {to.years}的格式
          </h2>
          <p class="help">
            依据：{from.basis}；{to.basis}
          </p>
          <Table
            caption={`${from.years}与${to.years}的统计指标对照`}
            stack
            columns={[
              { label: `${from.years}`, width: 'wide' },
              { label: '关系' },
              { label: `${to.years}`, width: 'wide' },
              { label: '说明', width: 'wide' },
            ]}
          >
            {lines.map((line, index) => (
              <tr key={index}>
                <td data-label={from.years}>
                  <Side names={line.before} />
                </td>
                <td data-label="关系">
                  <Badge tone={kinds[line.kind].tone}>
                    <span aria-hidden="true">{kinds[line.kind].shape}</span> {kinds[line.kind].word}
                  </Badge>
                </td>
                <td data-label={to.years}>
                  <Side names={line.after} />
                </td>
                <td data-label="说明">{line.note}</td>
              </tr>
            ))}
          </Table>
        </section>
      ))}
    </>
  );
}

function Side({ names }: { names: readonly string[] }) {
  if (names.length === 0) return <>—</>;
  return (
    <ul class="crosswalk-side">
      {names.map((name) => (
        <li key={name}>{name}</li>
      ))}
    </ul>
  );
}
