/** Warns before a form marked `data-guard` or `data-autosave` is left with changes the server does not have. */
const changed = new Set<HTMLFormElement>();

document.addEventListener('input', (event) => {
  const form = (event.target as HTMLElement).closest<HTMLFormElement>(
    'form[data-guard], form[data-autosave]',
  );
  if (form) changed.add(form);
});
document.addEventListener('submit', (event) => changed.delete(event.target as HTMLFormElement));
document.addEventListener('gongkai:saved', (event) => changed.delete(event.target as HTMLFormElement));
addEventListener('beforeunload', (event) => {
  if (changed.size > 0) event.preventDefault();
});
