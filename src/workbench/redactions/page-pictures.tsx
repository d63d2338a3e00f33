import { grounds, type RedactionView } from '../../areas/redactions/index.ts';
import { Button, Form, Icon, SelectField } from '../../ui/index.ts';
import { deskAddress, pictureAddress, redactionAddress, type Sides, sides } from './addresses.ts';

interface PageProps {
  view: RedactionView;
  page: number;
  shown: Sides;
}

/** From page to page, and what of it is shown. */
export function PageBar({ view, page, shown }: PageProps) {
  const counts = Map.groupBy(view.boxes, (box) => box.page);
  const last = view.pages.length;
  return (
    <nav class="redaction-bar" aria-label="页">
      <p class="redaction-bar-pages">
        {page > 1 && (
          <a class="btn btn-plain btn-small" rel="prev" href={deskAddress(view.id, page - 1, shown)}>
            <Icon name="chevron-left" />
            <span>上一页</span>
          </a>
        )}
        {page < last && (
          <a class="btn btn-plain btn-small" rel="next" href={deskAddress(view.id, page + 1, shown)}>
            <span>下一页</span>
            <Icon name="chevron-right" />
          </a>
        )}
      </p>
      <Form action={redactionAddress(view.id)} method="get" layout="inline" label="翻到某页">
        <SelectField
          name="page"
          id="redaction-page"
          label="翻到"
          labelHidden
          value={page}
          options={view.pages.map((_, index) => {
            const boxes = counts.get(index + 1)?.length ?? 0;
            const note = boxes > 0 ? `，${boxes} 处` : '';
            return { value: String(index + 1), label: `第 ${index + 1} / ${last} 页${note}` };
          })}
        />
        <input type="hidden" name="show" value={shown} />
        <Button small>翻到</Button>
      </Form>
      <p class="redaction-bar-sides">
        {(Object.keys(sides) as Sides[]).map((key) => (
          <a
            key={key}
            href={deskAddress(view.id, page, key)}
            class="redaction-side-link"
            aria-current={key === shown ? 'true' : undefined}
          >
            {sides[key]}
          </a>
        ))}
      </p>
    </nav>
  );
}

/** The page as it is and as it will be; boxes are drawn on the first. */
export function PagePictures({ view, page, shown }: PageProps) {
  const size = view.pages[page - 1];
  if (!size) return null;
  const own = view.boxes.filter((box) => box.page === page);
  const measures = { width: Math.round(size.width), height: Math.round(size.height) };
  return (
    <div class={`redaction-sides redaction-sides-${shown}`}>
      {shown !== 'after' && (
        <figure class="redaction-side">
          <figcaption>
            <Icon name="lock" /> 原件（密封保存，谁在何时打开都有记录）
          </figcaption>
          <div class="redaction-sheet" data-redaction-sheet data-width={size.width} data-height={size.height}>
            <img
              src={pictureAddress(view.id, page, 'before', view.version)}
              alt={`第 ${page} 页，原件`}
              draggable={false}
              {...measures}
            />
            {own.map((box, index) => (
              <span
                key={box.id}
                hidden
                data-redaction-box={box.id}
                data-x={box.x}
                data-y={box.y}
                data-w={box.w}
                data-h={box.h}
                data-label={`第 ${index + 1} 处，${grounds[box.ground].label}`}
              />
            ))}
          </div>
        </figure>
      )}
      {shown !== 'before' && (
        <figure class="redaction-side">
          <figcaption>
            <Icon name="eye" /> 处理后（与导出的文件相同）
          </figcaption>
          <div class="redaction-sheet">
            <img
              src={pictureAddress(view.id, page, 'after', view.version)}
              alt={`第 ${page} 页，处理后，遮盖 ${own.length} 处`}
              {...measures}
            />
          </div>
        </figure>
      )}
    </div>
  );
}
