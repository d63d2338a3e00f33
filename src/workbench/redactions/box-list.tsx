import { grounds, type RedactionBox, type RedactionView } from '../../areas/redactions/index.ts';
import { Button, Card, Empty, Form } from '../../ui/index.ts';
import { deskAddress, redactionAddress, type Sides } from './addresses.ts';
import { GroundField, Place } from './cover-forms.tsx';
import { millimetres } from './words.ts';

interface ListProps {
  view: RedactionView;
  page: number;
  shown: Sides;
}

/** The boxes of the page with their grounds, then how many there are on each. */
export function BoxList(props: ListProps) {
  const { view, page, shown } = props;
  const own = view.boxes.filter((box) => box.page === page);
  const counts = [...Map.groupBy(view.boxes, (box) => box.page)];
  return (
    <Card
      title={`本页遮盖 ${own.length} 处，全文 ${view.boxes.length} 处`}
      actions={
        view.state === 'draft' && view.step > 0 ? (
          <Form action={redactionAddress(view.id, '/undo')} layout="bare">
            <Place {...props} />
            <Button small icon="arrow-back-up">
              撤销上一步
            </Button>
          </Form>
        ) : undefined
      }
    >
      {own.length === 0 ? (
        <Empty title="这一页还没有遮盖" icon="file" />
      ) : (
        <ol class="redaction-boxes">
          {own.map((box) => (
            <li key={box.id} data-redaction-line={box.id}>
              {view.state === 'draft' ? <BoxForm {...props} box={box} /> : <BoxWords box={box} />}
            </li>
          ))}
        </ol>
      )}
      {counts.length > 0 && (
        <p class="redaction-counts">
          各页：
          {counts.map(([number, boxes]) => (
            <a
              key={number}
              href={deskAddress(view.id, number, shown)}
              aria-current={number === page ? 'true' : undefined}
            >
              {`第 ${number} 页 ${boxes.length} 处`}
            </a>
          ))}
        </p>
      )}
    </Card>
  );
}

function BoxWords({ box }: { box: RedactionBox }) {
  return (
    <>
      <span>{grounds[box.ground].label}</span> <span class="help-inline">{whereabouts(box)}</span>
    </>
  );
}

function BoxForm({ box, ...place }: ListProps & { box: RedactionBox }) {
  const { view } = place;
  const address = redactionAddress(view.id, `/boxes/${box.id}`);
  return (
    <Form action={`${address}/ground`} layout="bare" label={`遮盖框，${whereabouts(box)}`}>
      <Place {...place} />
      <p class="redaction-where">{whereabouts(box)}</p>
      <div class="redaction-box-acts">
        <GroundField view={view} id={`ground-${box.id}`} value={box.ground} labelHidden />
        <Button small>改依据</Button>
        <Button small formaction={`${address}/removal`} icon="trash">
          去掉
        </Button>
      </div>
    </Form>
  );
}

const whereabouts = ({ x, y, w, h }: RedactionBox) =>
  `左 ${millimetres(x)}、上 ${millimetres(y)}，宽 ${millimetres(w)}、高 ${millimetres(h)} 毫米`;
