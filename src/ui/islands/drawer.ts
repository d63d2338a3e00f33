/** The drawer at the right: opens when htmx has filled it, closes with Esc, its button, or a click beside it. */
const drawer = document.querySelector<HTMLDialogElement>('#drawer');

if (drawer) {
  const body = drawer.querySelector('#drawer-body');
  document.body.addEventListener('htmx:afterSwap', (event) => {
    if (event.target !== body || drawer.open) return;
    drawer.showModal();
    drawer.querySelector<HTMLElement>('#drawer-title')?.focus();
  });
  drawer.addEventListener('click', (event) => {
    if (event.target === drawer) drawer.close();
  });
  drawer.addEventListener('close', () => body?.replaceChildren());
}
