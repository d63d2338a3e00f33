import type { ComponentChildren } from 'preact';
import type { CaseView } from '../../areas/requests/index.ts';
import type { OfficeNames } from './case-names.ts';

/** What every part of a case is drawn from. */
export interface PartProps {
  view: CaseView;
  names: OfficeNames;
}

/** One part of the page of a case, with its heading. */
export function Part(props: {
  id: string;
  title: string;
  state?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <section class="case-part" id={props.id} aria-labelledby={`${props.id}-title`}>
      <h2 id={`${props.id}-title`}>
        {props.title}
        {props.state && <span class="case-part-state">{props.state}</span>}
      </h2>
      {props.children}
    </section>
  );
}

/** A move that the person can do now. */
export const isOpen = ({ moves }: CaseView, move: string) =>
  moves.some((one) => one.move === move && one.obstacle === null);
