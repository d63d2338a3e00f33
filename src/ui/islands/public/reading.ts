/** Shows the print button, which needs script, and focuses the summary of a refused form. */
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}
document.querySelector<HTMLElement>('[data-focus-first]')?.focus();
