import { type DraftFile, fileKinds } from '../../areas/requests/index.ts';
import { formatBytes } from '../../ui/index.ts';

/** Files of a form that came back: they are kept already and need not be chosen again. */
export function KeptFiles({ kept }: { kept: readonly DraftFile[] }) {
  if (kept.length === 0) return null;
  return (
    <div class="kept-scans">
      <p>已经收下 {kept.length} 个文件，不用重新选择：</p>
      <ul>
        {kept.map(({ id, kind, name, bytes }) => (
          <li key={id}>
            <span>
              {name} <span class="help-inline">{[fileKinds[kind], formatBytes(bytes)].join('，')}</span>
            </span>
            <label>
              <input type="checkbox" name="drop" value={id} /> 去掉
              <span class="visually-hidden"> {name}</span>
            </label>
          </li>
        ))}
      </ul>
    </div>
  );
}
