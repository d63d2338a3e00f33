/** While the first field is typed: what is public already, from the address in `data-request-search`. */
const QUIET_MS = 500;
const LEAST = 2;

const place = document.querySelector<HTMLElement>('[data-request-search]');
const field = place?.closest('form')?.querySelector<HTMLInputElement>('input[name="title"]');

if (place && field) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = '';
  const look = async () => {
    const query = field.value.trim();
    if (query === asked) return;
    asked = query;
    if (query.length < LEAST) return place.replaceChildren();
    const address = `${place.dataset.requestSearch}?${new URLSearchParams({ q: query })}`;
    const answer = await fetch(address, { headers: { 'x-fragment': '1' } }).catch(() => null);
    if (!answer?.ok) return;
    const words = await answer.text();
    // What was typed meanwhile is looked for by its own call.
    if (query === asked) place.innerHTML = words;
  };
  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), QUIET_MS);
  });
  void look();
}
