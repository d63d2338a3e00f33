import 'htmx.org';

/** Every htmx request carries the anti-forgery token of the page. */
document.body.addEventListener('htmx:configRequest', (event) => {
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content;
  const { headers } = (event as CustomEvent<{ headers: Record<string, string> }>).detail;
  if (token) headers['x-csrf-token'] = token;
});
