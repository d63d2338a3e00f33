import type { ComponentChildren, JSX } from 'preact';
import { Icon } from './icon.tsx';

export interface FieldProps {
  name: string;
  label: string;
  value?: string | number | null;
  /** Message beside the field: what to do, not what went wrong. */
  error?: string;
  help?: ComponentChildren;
  required?: boolean;
  disabled?: boolean;
  readonly?: boolean;
  /** Hides the label from the eye (never from a screen reader), for filter bars and grids. */
  labelHidden?: boolean;
  /** When two forms of one page share a field name. */
  id?: string;
  autofocus?: boolean;
}

export interface Option {
  value: string;
  label: string;
  help?: string;
  disabled?: boolean;
}

/** The address of a field in its page; `ErrorSummary` leads there. */
export function fieldId(name: string): string {
  return `field-${name.replace(/[^\p{L}\p{N}_-]/gu, '-')}`;
}

/** One line of text or a number. `width` is the expected length in characters, so that the box tells how much to write. */
export function TextField(
  props: FieldProps & {
    type?: 'text' | 'number' | 'email' | 'tel' | 'password' | 'search' | 'url' | 'month';
    width?: 4 | 8 | 12 | 20 | 40;
    maxlength?: number;
    inputmode?: 'numeric' | 'decimal' | 'text';
    autocomplete?: string;
    placeholder?: string;
    /** Unit shown after the box, e.g. `条`. */
    suffix?: string;
    list?: Option[];
    min?: number;
    max?: number;
    step?: number | 'any';
    pattern?: string;
  },
) {
  const { type = 'text', width, suffix, list, value, ...rest } = props;
  const control = controlProps(props);
  const attributes: object = {
    ...control,
    type,
    value: value ?? '',
    class: `input${width ? ` width-${width}` : ''}`,
    maxlength: rest.maxlength,
    inputmode: rest.inputmode,
    autocomplete: rest.autocomplete,
    placeholder: rest.placeholder,
    min: rest.min,
    max: rest.max,
    step: rest.step,
    pattern: rest.pattern,
    list: list ? `${control.id}-list` : undefined,
  };
  const input = <input {...(attributes as JSX.IntrinsicElements['input'])} />;
  return (
    <Field {...props}>
      {suffix ? (
        <span class="input-with-suffix">
          {input}
          <span class="suffix">{suffix}</span>
        </span>
      ) : (
        input
      )}
      {list && (
        <datalist id={`${control.id}-list`}>
          {list.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </datalist>
      )}
    </Field>
  );
}

export function TextArea(
  props: FieldProps & { rows?: number; maxlength?: number; placeholder?: string; song?: boolean },
) {
  return (
    <Field {...props}>
      <textarea
        {...controlProps(props)}
        class={`input${props.song ? ' song' : ''}`}
        rows={props.rows ?? 4}
        maxlength={props.maxlength}
        placeholder={props.placeholder}
      >
        {props.value ?? ''}
      </textarea>
    </Field>
  );
}

/** A choice from a list. `blank` is the wording of the empty choice (`请选择`, `全部单位`); without it there is none. */
export function SelectField(props: FieldProps & { options: Option[]; blank?: string; autosubmit?: boolean }) {
  const current = props.value === null || props.value === undefined ? '' : String(props.value);
  return (
    <Field {...props}>
      <select {...controlProps(props)} class="input" data-autosubmit={props.autosubmit || undefined}>
        {props.blank !== undefined && (
          <option value="" selected={current === ''}>
            {props.blank}
          </option>
        )}
        {props.options.map((option) => (
          <option
            key={option.value}
            value={option.value}
            selected={option.value === current}
            disabled={option.disabled}
          >
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** A civil date. The value is ISO text. */
export function DateField(props: FieldProps & { min?: string; max?: string }) {
  return (
    <Field {...props}>
      <input
        {...controlProps(props)}
        type="date"
        class="input width-12"
        value={props.value ?? ''}
        min={props.min}
        max={props.max}
      />
    </Field>
  );
}

export function FileField(props: FieldProps & { accept?: string; multiple?: boolean }) {
  return (
    <Field {...props}>
      <input
        {...controlProps(props)}
        type="file"
        class="input input-file"
        accept={props.accept}
        multiple={props.multiple}
      />
    </Field>
  );
}

/** One box to tick; `value` is what is sent when it is ticked. */
export function CheckField(props: Omit<FieldProps, 'value'> & { value?: string; checked?: boolean }) {
  const control = controlProps(props);
  return (
    <div class={fieldClass(props.error)}>
      <FieldError id={`${control.id}-error`} message={props.error} />
      <div class="choice">
        <input {...control} type="checkbox" value={props.value ?? '1'} checked={props.checked} />
        <label for={control.id}>
          {props.label}
          {props.help && (
            <span class="help" id={`${control.id}-help`}>
              {props.help}
            </span>
          )}
        </label>
      </div>
    </div>
  );
}

/** One of a few, all in sight. */
export function RadioField(props: FieldProps & { options: Option[]; inline?: boolean }) {
  return <ChoiceGroup {...props} type="radio" values={props.value == null ? [] : [String(props.value)]} />;
}

/** Any of a few, all in sight; every ticked one is sent under the same name. */
export function CheckboxesField(
  props: Omit<FieldProps, 'value'> & { values: readonly string[]; options: Option[]; inline?: boolean },
) {
  return <ChoiceGroup {...props} type="checkbox" />;
}

function ChoiceGroup(
  props: Omit<FieldProps, 'value'> & {
    type: 'radio' | 'checkbox';
    values: readonly string[];
    options: Option[];
    inline?: boolean;
  },
) {
  const id = props.id ?? fieldId(props.name);
  return (
    <fieldset class={fieldClass(props.error)} aria-describedby={describedBy(id, props)}>
      <legend class={props.labelHidden ? 'visually-hidden' : 'label'}>
        {props.label}
        <Optionality required={props.required} />
      </legend>
      {props.help && (
        <p class="help" id={`${id}-help`}>
          {props.help}
        </p>
      )}
      <FieldError id={`${id}-error`} message={props.error} />
      <div class={props.inline ? 'choices choices-inline' : 'choices'}>
        {props.options.map((option, index) => {
          const optionId = index === 0 ? id : `${id}-${index}`;
          return (
            <div class="choice" key={option.value}>
              <input
                id={optionId}
                type={props.type}
                name={props.name}
                value={option.value}
                checked={props.values.includes(option.value)}
                disabled={props.disabled || option.disabled}
                autofocus={index === 0 && props.autofocus}
              />
              <label for={optionId}>
                {option.label}
                {option.help && <span class="help">{option.help}</span>}
              </label>
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}

function Field(props: FieldProps & { children: ComponentChildren }) {
  const id = props.id ?? fieldId(props.name);
  return (
    <div class={fieldClass(props.error)}>
      <label for={id} class={props.labelHidden ? 'visually-hidden' : 'label'}>
        {props.label}
        <Optionality required={props.required} />
      </label>
      {props.help && (
        <p class="help" id={`${id}-help`}>
          {props.help}
        </p>
      )}
      {props.children}
      <FieldError id={`${id}-error`} message={props.error} />
    </div>
  );
}

function Optionality({ required }: { required?: boolean }) {
  return required ? <span class="required">必填</span> : null;
}

function FieldError({ id, message }: { id: string; message?: string }) {
  if (!message) return null;
  return (
    <p class="field-error" id={id}>
      <Icon name="alert-circle" />
      {message}
    </p>
  );
}

function controlProps(props: Omit<FieldProps, 'value'>) {
  const id = props.id ?? fieldId(props.name);
  return {
    id,
    name: props.name,
    required: props.required,
    disabled: props.disabled,
    readonly: props.readonly,
    autofocus: props.autofocus,
    'aria-invalid': props.error ? ('true' as const) : undefined,
    'aria-describedby': describedBy(id, props),
  };
}

function describedBy(id: string, props: { help?: ComponentChildren; error?: string }): string | undefined {
  const ids = [props.help && `${id}-help`, props.error && `${id}-error`].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

function fieldClass(error?: string): string {
  return error ? 'field field-invalid' : 'field';
}
