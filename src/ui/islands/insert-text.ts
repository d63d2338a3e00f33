/** `<button data-insert="…" data-insert-into="id">` puts its text where the cursor stands in the field with that id. */
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-insert]')) {
  const field = document.getElementById(button.dataset.insertInto ?? '');
  if (!(field instanceof HTMLTextAreaElement)) continue;
  button.hidden = false;
  button.addEventListener('click', () => {
    field.focus();
    field.setRangeText(button.dataset.insert ?? '', field.selectionStart, field.selectionEnd, 'end');
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  });
}
