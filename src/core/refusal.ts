/**
 * The rule says no: a named refusal with a stable code, plain Chinese for the person, and the article it rests on.
 * Thrown in rules and actions, turned into a page or JSON by the one error handler.
 */
export class Refusal extends Error {
  readonly code: string;
  readonly article: string | null;
  readonly status: number;

  constructor(code: string, message: string, options: { article?: string; status?: number } = {}) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.article = options.article ?? null;
    this.status = options.status ?? 409;
  }
}

/** The form is wrong: one message per field, in words that say what to do. `''` addresses the form as a whole. */
export class InvalidForm extends Error {
  readonly fields: Readonly<Record<string, string>>;

  constructor(fields: Record<string, string>) {
    super(Object.values(fields).join(';'));
    this.name = 'InvalidForm';
    this.fields = fields;
  }
}

/** Nothing at this address for this person (also used where existence itself must not be told). */
export class NotFound extends Refusal {
  constructor(what = '没有找到这个页面') {
    super('not-found', what, { status: 404 });
  }
}
