import type { ComponentChildren } from 'preact';
import { Button, FormActions, LinkButton } from './buttons.tsx';
import { Form } from './form.tsx';
import { Icon } from './icon.tsx';

interface ConfirmProps {
  /** What will happen, naming the thing: `发布后公众立即可见《…》`. */
  consequence: ComponentChildren;
  /** Address the act is posted to. */
  action: string;
  /** The act in the office's words: `发布`. */
  label: string;
  tone?: 'primary' | 'danger';
  backHref?: string;
  /** Further fields, e.g. a reason. */
  children?: ComponentChildren;
}

/** The last step before an act that cannot be undone: its consequence, its button, the way back. */
export function Confirm(props: ConfirmProps) {
  const { consequence, action, label, tone = 'primary', backHref, children } = props;
  return (
    <div class={`confirm confirm-${tone}`}>
      <div class="confirm-consequence">
        <Icon name={tone === 'danger' ? 'alert-triangle' : 'info-circle'} />
        <div>{consequence}</div>
      </div>
      <Form action={action}>
        {children}
        <FormActions>
          <Button tone={tone}>{label}</Button>
          {backHref && <LinkButton href={backHref}>返回，暂不{label}</LinkButton>}
        </FormActions>
      </Form>
    </div>
  );
}

/** A confirmation as a page of its own; put it inside the face's shell. */
export function ConfirmPage(props: ConfirmProps & { title: string }) {
  return (
    <div class="confirm-page">
      <h2>{props.title}</h2>
      <Confirm {...props} />
    </div>
  );
}
