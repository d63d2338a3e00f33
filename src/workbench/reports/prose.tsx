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
        if (inline.kind === 'figure') {
          return (
            <Chip
              key={index}
              href={`/workbench/reports/${year}#row-${inline.ref.split(/[.|]value/)[0]}`}
              tone={inline.value === null ? 'warning' : 'neutral'}
              title={`取自统计表 ${inline.ref}`}
            >
              {inline.value === null && inline.text === '' ? '空白' : inline.text}
            </Chip>
          );
        }
        const text = inline.italic ? <em>{inline.text}</em> : inline.text;
        return inline.bold ? <strong key={index}>{text}</strong> : <span key={index}>{text}</span>;
      })}
    </>
  );
}
