/** Offers titles while a search field is typed, through its own list; without script the field just searches. */
const QUIET_MS = 200;
const LEAST = 2;

for (const field of document.querySelectorAll<HTMLInputElement>('input[data-suggestions]')) suggest(field);

function suggest(field: HTMLInputElement): void {
  const address = field.dataset.suggestions ?? '';
  const list = document.createElement('datalist');
  list.id = `${field.id}-suggestions`;
  field.after(list);
  field.setAttribute('list', list.id);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = '';
  const look = async () => {
    const query = field.value.trim();
    if (query === asked) return;
    asked = query;
    if (query.length < LEAST) return list.replaceChildren();
    const answer = await fetch(`${address}?${new URLSearchParams({ q: query })}`).catch(() => null);
    if (!answer?.ok || query !== asked) return;
    const titles = (await answer.json()) as string[];
    list.replaceChildren(
      ...titles.map((title) => {
        const option = document.createElement('option');
        option.value = title;
        return option;
      }),
    );
  };
  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), QUIET_MS);
  });
}
