/** The drawer at the right: opens when htmx has filled it, closes with Esc, its button, or a click beside it. */
const drawer = document.querySelector<HTMLDialogElement>('#drawer');

if (drawer) {
  const body = drawer.querySelector('#drawer-body');
  document.body.addEventListener('htmx:afterSwap', (event) => {
    if (event.target !== body) return;
    if (!drawer.open) drawer.showModal();
    drawer.scrollTop = 0;
    drawer.querySelector<HTMLElement>('#drawer-title')?.focus({ preventScroll: true });
  });
  drawer.addEventListener('click', (event) => {
    if (event.target === drawer) drawer.close();
  });
  drawer.addEventListener('close', () => body?.replaceChildren());
}
