import { tellField } from '../fields/field-error.ts';

/**
 * Says at once what is wrong with a field that was just filled in: the page's fields are posted to `data-request-checks`,
 * which answers with one message per field. The server decides again when the page is sent.
 */
for (const place of document.querySelectorAll<HTMLElement>('[data-request-checks]')) {
  const form = place.querySelector('form');
  if (form) checkFields(form, place.dataset.requestChecks ?? '');
}

function checkFields(form: HTMLFormElement, address: string): void {
  const touched = new Set<string>();
  form.addEventListener('change', (event) => {
    const field = event.target as HTMLInputElement;
    if (field.name === '' || field.type === 'file') return;
    touched.add(field.name);
    void check();
  });

  const check = async () => {
    const body = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
    const answer = await fetch(address, {
      method: 'POST',
      body,
      headers: { 'x-csrf-token': body.get('_csrf') ?? '', accept: 'application/json' },
    }).catch(() => null);
    if (!answer?.ok) return;
    const messages = (await answer.json()) as Record<string, string>;
    // The reason for an odd code is asked for on the next page; until then it is told beside the code.
    if (messages.identityNote && !form.elements.namedItem('identityNote'))
      messages.identityNumber = messages.identityNote;
    for (const name of touched) show(form, name, messages[name] ?? '');
  };
}

function show(form: HTMLFormElement, name: string, message: string): void {
  const field = form.querySelector<HTMLElement>(`.input[name="${CSS.escape(name)}"]`);
  if (field) tellField(field, message);
}
