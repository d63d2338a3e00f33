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
  box.classList.toggle('field-invalid', message !== '');
  if (message === '') field.removeAttribute('aria-invalid');
  else field.setAttribute('aria-invalid', 'true');
  const described = new Set((field.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean));
  if (message === '') described.delete(id);
  else described.add(id);
  if (described.size > 0) field.setAttribute('aria-describedby', [...described].join(' '));
  else field.removeAttribute('aria-describedby');
}
