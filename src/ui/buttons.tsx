import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';

export type ButtonTone = 'primary' | 'plain' | 'danger';

/** Submits the form it stands in (or the one named by `form`). Say the act and the thing: `提交审核`, not `确定`. */
export function Button(props: {
  tone?: ButtonTone;
  type?: 'submit' | 'button' | 'reset';
  name?: string;
  value?: string;
  icon?: string;
  small?: boolean;
  disabled?: boolean;
  form?: string;
  formaction?: string;
  /** Leaves out the browser's own field checks, e.g. for `保存草稿`. */
  formnovalidate?: boolean;
  title?: string;
  children: ComponentChildren;
}) {
  const { tone = 'plain', type = 'submit', icon, small, children, ...rest } = props;
  return (
    <button type={type} class={buttonClass(tone, small)} {...rest}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

/** A link that looks like a button: it goes somewhere, it changes nothing. */
export function LinkButton(props: {
  href: string;
  tone?: ButtonTone;
  icon?: string;
  small?: boolean;
  /** Name of the file when the link is a download. */
  download?: string | true;
  children: ComponentChildren;
}) {
  const { href, tone = 'plain', icon, small, download, children } = props;
  return (
    <a href={href} class={buttonClass(tone, small)} download={download}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </a>
  );
}

/** An act that is not possible now, with the reason why instead of a dead button. */
export function UnavailableAct({ label, reason }: { label: string; reason: string }) {
  return (
    <span class="unavailable-act">
      <span class="btn btn-plain" aria-disabled="true">
        {label}
      </span>
      <span class="unavailable-reason">{reason}</span>
    </span>
  );
}

/** The row of buttons under a form, the main one first. */
export function FormActions({ children }: { children: ComponentChildren }) {
  return <div class="form-actions">{children}</div>;
}

/** Filters and acts above a list. */
export function Toolbar({ children }: { children: ComponentChildren }) {
  return <div class="toolbar">{children}</div>;
}

function buttonClass(tone: ButtonTone, small?: boolean): string {
  return `btn btn-${tone}${small ? ' btn-small' : ''}`;
}
