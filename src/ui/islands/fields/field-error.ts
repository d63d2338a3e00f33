/** Says beside a field what is wrong with it, as the server would; '' when nothing is. */
export function tellField(field: HTMLElement, message: string): void {
  const box = field.closest('.field');
  if (!box) return;
  const id = `${field.id}-error`;
  let words = box.querySelector<HTMLElement>('.field-error');
  if (message === '') words?.remove();
  else if (words) words.lastChild?.replaceWith(message);
  else {
    words = document.createElement('p');
    words.className = 'field-error';
    words.id = id;
    words.setAttribute('role', 'status');
    words.append(message);
    box.append(words);
  }
  blameField(field, message === '' ? [] : [id]);
}

const blamed = new WeakMap<HTMLElement, readonly string[]>();

/** Marks a field as wrong for the reasons that stand in the elements with these ids; as right when there are none. */
export function blameField(field: HTMLElement, ids: readonly string[]): void {
  field.closest('.field')?.classList.toggle('field-invalid', ids.length > 0);
  if (ids.length === 0) field.removeAttribute('aria-invalid');
  else field.setAttribute('aria-invalid', 'true');
  const described = new Set((field.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean));
  for (const id of blamed.get(field) ?? [`${field.id}-error`]) described.delete(id);
  for (const id of ids) described.add(id);
  blamed.set(field, ids);
  if (described.size > 0) field.setAttribute('aria-describedby', [...described].join(' '));
  else field.removeAttribute('aria-describedby');
}
