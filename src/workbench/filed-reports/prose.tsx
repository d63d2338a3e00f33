import type { ReadReport } from '../../annual-report/reading/index.ts';
import type { FiledFinding } from '../../areas/filed-reports/index.ts';
import { Card } from '../../ui/index.ts';
import { type Quoted, quotedIn } from './quotes.ts';
import { quoteAnchor } from './report-marks.ts';

/** The report's text as it was read, the words that findings are about marked. */
export function ReadProse(props: {
  report: ReadReport;
  findings: readonly FiledFinding[];
  openedKey: string | null;
}) {
  const { report, findings, openedKey } = props;
  const written = report.chapters.filter(({ paragraphs }) => paragraphs.length > 0);
  if (written.length === 0) return null;
  const pending = findings.filter(({ finding }) => finding.quote);
  const placed = new Set<string>();
  return (
    <Card title="正文" id="prose">
      {written.map((chapter, index) => (
        <div key={index} class="read-chapter">
          {chapter.title && <h3>{chapter.title}</h3>}
          {chapter.paragraphs.map(({ text }, position) => {
            const wanted = pending.filter(
              ({ key, finding }) =>
                !placed.has(key) && (finding.chapter === undefined || finding.chapter === chapter.key),
            );
            const pieces = quotedIn(
              text,
              wanted.map(({ key, finding }) => ({ key, quote: finding.quote ?? '' })),
            );
            for (const { keys } of pieces) for (const key of keys) placed.add(key);
            return (
              <p key={position}>
                {pieces.map((piece, at) => (
                  <Piece
                    key={at}
                    piece={piece}
                    opened={openedKey !== null && piece.keys.includes(openedKey)}
                  />
                ))}
              </p>
            );
          })}
        </div>
      ))}
    </Card>
  );
}

function Piece({ piece, opened }: { piece: Quoted; opened: boolean }) {
  if (piece.keys.length === 0) return <>{piece.text}</>;
  return (
    <mark class={opened ? 'passage passage-opened' : 'passage'}>
      {piece.keys.map((key) => (
        <span key={key} id={quoteAnchor(key)} />
      ))}
      {piece.text}
    </mark>
  );
}
