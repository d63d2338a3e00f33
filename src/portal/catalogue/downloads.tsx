import { Icon } from '../../ui/index.ts';

const kinds = [
  { kind: 'csv', label: 'CSV', icon: 'file-type-csv' },
  { kind: 'json', label: 'JSON', icon: 'braces' },
  { kind: 'xlsx', label: 'Excel', icon: 'file-type-xls' },
] as const;

/** A list as files and as a feed. `hrefOf` gives the address of each kind. */
export function ListDownloads(props: { label: string; hrefOf(kind: string): string; feed: string }) {
  return (
    <div class="list-downloads">
      <p>{props.label}</p>
      <ul class="downloads" aria-label={props.label}>
        {kinds.map(({ kind, label, icon }) => (
          <li key={kind}>
            <a href={props.hrefOf(kind)} download>
              <Icon name={icon} />
              {label}
            </a>
          </li>
        ))}
        <li>
          <a href={props.feed}>
            <Icon name="rss" />
            订阅
          </a>
        </li>
      </ul>
    </div>
  );
}
