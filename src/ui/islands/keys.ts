/** `/` goes to the search field, as long as nobody is typing. */
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target as HTMLElement;
  if (target.isContentEditable || target.closest('input, textarea, select')) return;
  const search = document.querySelector<HTMLInputElement>('[data-global-search]');
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});

/** After a refused form the summary of what to correct comes first. */
document.querySelector<HTMLElement>('[data-focus-first]')?.focus();

/** A filter that applies itself when it is changed. */
document.addEventListener('change', (event) => {
  const field = event.target as HTMLElement;
  if (field.matches('[data-autosubmit]')) field.closest('form')?.requestSubmit();
});
