import { formatBytes } from './format.ts';

interface KeptFile {
  id: number;
  name: string;
  bytes: number;
}

/** Files of a form that came back: they are kept already and need not be chosen again. What is ticked is sent as `drop`. */
export function KeptFiles<File extends KeptFile>(props: {
  files: readonly File[];
  /** What a file is, where files of one form are several things. */
  kindOf?(file: File): string;
}) {
  const { files, kindOf } = props;
  if (files.length === 0) return null;
  return (
    <fieldset class="kept-files">
      <legend>已经收下 {files.length} 个文件，不用重新选择</legend>
      <ul>
        {files.map((file) => (
          <li key={file.id}>
            <span>
              {file.name}{' '}
              <span class="quiet">
                {[...(kindOf ? [kindOf(file)] : []), formatBytes(file.bytes)].join('，')}
              </span>
            </span>
            <label>
              <input type="checkbox" name="drop" value={file.id} /> 去掉
              <span class="visually-hidden"> {file.name}</span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
