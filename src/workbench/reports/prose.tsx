import { numbersIn } from '../../annual-report/index.ts';
import type { Block, Inline } from '../../annual-report/model.ts';
import { Chip } from '../../ui/index.ts';

/** A chapter's text with its live figures as chips that lead to the row they come from. */
export function Prose({ blocks, year }: { blocks: readonly Block[]; year: number }) {
  return (
    <div class="prose">
      {blocks.map((block, index) => {
        if (block.kind === 'heading') {
          const content = <Inlines inlines={block.inlines} year={year} />;
          return block.level === 1 ? <h3 key={index}>{content}</h3> : <h4 key={index}>{content}</h4>;
        }
        if (block.kind === 'list') {
          const items = block.items.map((item, position) => (
            <li key={position}>
              <Inlines inlines={item} year={year} />
            </li>
          ));
          return block.ordered ? <ol key={index}>{items}</ol> : <ul key={index}>{items}</ul>;
        }
        return (
          <p key={index}>
            <Inlines inlines={block.inlines} year={year} />
          </p>
        );
      })}
    </div>
  );
}

function Inlines({ inlines, year }: { inlines: readonly Inline[]; year: number }) {
  return (
    <>
      {inlines.map((inline, index) => {
        if (inline.kind === 'link')
          return (
            <a key={index} href={inline.href}>
              {inline.text}
            </a>
          );
        if (inline.kind === 'figure') return <LiveFigure key={index} figure={inline} year={year} />;
        const text = <MarkedText text={inline.text} />;
        const emphasised = inline.italic ? <em>{text}</em> : text;
        return inline.bold ? (
          <strong key={index}>{emphasised}</strong>
        ) : (
          <span key={index}>{emphasised}</span>
        );
      })}
    </>
  );
}

function LiveFigure({ figure, year }: { figure: Extract<Inline, { kind: 'figure' }>; year: number }) {
  const dead = figure.text.startsWith('{{');
  const row = /(?:[A-Z]?\d+(?:\.\d+)*|[A-Z])(?=$|\.)/.exec(figure.ref)?.[0];
  return (
    <>
      <Chip
        href={
          row && !dead && !figure.ref.startsWith('prev:')
            ? `/workbench/reports/${year}#row-${row}`
            : undefined
        }
        tone={dead ? 'danger' : figure.value === null ? 'warning' : 'neutral'}
        title={dead ? '统计表中没有这个数字' : `随统计表 ${row ?? figure.ref} 自动更新`}
      >
        {figure.text}
      </Chip>
      {figure.approximate && <Approximate />}
    </>
  );
}

/** Plain words with a small mark after each number that is only about right, e.g. 200余. */
function MarkedText({ text }: { text: string }) {
  const about = numbersIn(text).filter(({ approximation }) => approximation !== null);
  if (about.length === 0) return <>{text}</>;
  return (
    <>
      {about.map(({ end }, index) => (
        <span key={end}>
          {text.slice(about[index - 1]?.end ?? 0, end)}
          <Approximate />
        </span>
      ))}
      {text.slice(about.at(-1)?.end)}
    </>
  );
}

function Approximate() {
  return (
    <small class="approximate" title="正文写的是约数，与统计表从宽比较">
      约数
    </small>
  );
}
