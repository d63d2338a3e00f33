import { isChanged, type TextPiece, textChanges } from '../../areas/catalogue/index.ts';

/** What came and went between two plain texts, word by word. */
export function ChangedText(props: { label: string; before: string; after: string }) {
  const pieces = textChanges(props.before, props.after);
  return (
    <section class="changed-text" aria-label={`${props.label}的改动`}>
      <p class="label">{props.label}</p>
      {isChanged(pieces) ? (
        <div class="changed-words">
          {shortened(pieces).map((piece, index) => (
            <Piece key={index} {...piece} />
          ))}
        </div>
      ) : (
        <p class="help">没有改动。</p>
      )}
    </section>
  );
}

function Piece({ change, text }: TextPiece) {
  if (change === 'added')
    return (
      <ins>
        <span class="visually-hidden">新增：</span>
        {text}
      </ins>
    );
  if (change === 'removed')
    return (
      <del>
        <span class="visually-hidden">删去：</span>
        {text}
      </del>
    );
  return <span>{text}</span>;
}

const AROUND = 120;

/** Long stretches that stayed are shown at their edges only. */
function shortened(pieces: readonly TextPiece[]): TextPiece[] {
  return pieces.map((piece, index) => {
    if (piece.change !== 'kept' || piece.text.length <= AROUND * 3) return piece;
    const head = index === 0 ? '' : piece.text.slice(0, AROUND);
    const tail = index === pieces.length - 1 ? '' : piece.text.slice(-AROUND);
    return { change: 'kept', text: `${head}\n……\n${tail}` };
  });
}
