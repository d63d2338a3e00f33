import type { ComponentChildren } from 'preact';
import { fieldId } from './fields.tsx';
import { Icon } from './icon.tsx';
import { usePage } from './page-context.ts';

/**
 * A form with its anti-forgery token. `method="get"` (filters, search) carries none.
 * `guard` warns before the page is left with changes unsaved; `autosave` sends the form to that address while it is filled.
 */
export function Form(props: {
  action: string;
  method?: 'post' | 'get';
  multipart?: boolean;
  /** `inline` puts fields and buttons in one row, as in filter bars. */
  layout?: 'stacked' | 'inline' | 'bare';
  id?: string;
  guard?: boolean;
  autosave?: string;
  label?: string;
  children: ComponentChildren;
}) {
  const {
    action,
    method = 'post',
    multipart,
    layout = 'stacked',
    id,
    guard,
    autosave,
    label,
    children,
  } = props;
  const { csrf } = usePage();
  const target = multipart
    ? `${action}${action.includes('?') ? '&' : '?'}_csrf=${encodeURIComponent(csrf)}`
    : action;
  return (
    <form
      id={id}
      class={`form form-${layout}`}
      action={target}
      method={method}
      enctype={multipart ? 'multipart/form-data' : undefined}
      data-guard={guard || undefined}
      data-autosave={autosave}
      aria-label={label}
      role={label && method === 'get' ? 'search' : undefined}
      novalidate
    >
      {method === 'post' && !multipart && <input type="hidden" name="_csrf" value={csrf} />}
      {children}
      {autosave && (
        <p class="autosave-note" role="status" data-autosave-note>
          填写内容会自动保存
        </p>
      )}
    </form>
  );
}

/** Says at the top of the page what is wrong in the form below; each line leads to its field. Nothing when all is well. */
export function ErrorSummary({ errors }: { errors: Readonly<Record<string, string>> | null | undefined }) {
  const entries = Object.entries(errors ?? {});
  if (entries.length === 0) return null;
  return (
    <div class="error-summary" role="alert" tabIndex={-1} data-focus-first>
      <h2>
        <Icon name="alert-circle" />
        请改正以下内容
      </h2>
      <ul>
        {entries.map(([name, message]) => (
          <li key={name}>{name === '' ? message : <a href={`#${fieldId(name)}`}>{message}</a>}</li>
        ))}
      </ul>
    </div>
  );
}

/** Fields that belong together under one heading. */
export function FieldGroup(props: { legend: string; help?: string; children: ComponentChildren }) {
  return (
    <fieldset class="field-group">
      <legend>{props.legend}</legend>
      {props.help && <p class="help">{props.help}</p>}
      {props.children}
    </fieldset>
  );
}
