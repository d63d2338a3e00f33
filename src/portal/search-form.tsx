import { Icon } from '../ui/index.ts';

/** The search field, small in the header and large in the middle of the home and search pages. */
export function SearchForm({ query, large }: { query?: string; large?: boolean }) {
  const id = large ? 'search-large' : 'search-header';
  return (
    <search>
      <form class={large ? 'search search-large' : 'search'} action="/search" method="get">
        <label for={id} class={large ? 'search-question' : 'visually-hidden'}>
          {large ? '想找什么？' : '站内搜索'}
        </label>
        <div class="search-box">
          <input
            id={id}
            type="search"
            name="q"
            value={query}
            maxlength={200}
            autocomplete="off"
            data-suggestions="/search/suggestions"
            placeholder={large ? '输入几个字，例如：依申请公开' : '站内搜索'}
          />
          <button type="submit">
            <Icon name="search" />
            <span>搜索</span>
          </button>
        </div>
      </form>
    </search>
  );
}
