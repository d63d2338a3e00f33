import {
  type CatalogueColumn,
  type GatedFile,
  type Item,
  type VersionContent,
  validities,
} from '../../areas/catalogue/index.ts';
import { Facts, formatBytes, formatDate } from '../../ui/index.ts';
import { forDesk, itemFileAddress } from './addresses.ts';

interface DocumentProps {
  item: Item;
  version: VersionContent;
  columns: readonly CatalogueColumn[];
  files: readonly GatedFile[];
}

/** A version as a document: the table of metadata, the text, its attachments. */
export function ItemDocument({ item, version, columns, files }: DocumentProps) {
  const attachments = files.filter(({ file }) => file.kind === 'attachment');
  return (
    <article class="item-document" aria-label={version.title || '未命名的信息'}>
      <Facts
        items={[
          { label: '索引号', value: item.indexNumber },
          { label: '主题分类', value: version.subject || '—' },
          { label: '发布机构', value: version.issuingBody || '—' },
          { label: '生成日期', value: version.formedOn ? formatDate(version.formedOn) : '—' },
          { label: '发文字号', value: version.documentNumber || '—' },
          { label: '体裁', value: version.genre || '—' },
          { label: '发布日期', value: item.publishedOn ? formatDate(item.publishedOn) : '发布时填写' },
          { label: '有效性', value: validities[item.validity] },
          { label: '栏目', value: columnsOf(version, columns) },
          { label: '关键词', value: version.keywords.join('，') || '—' },
        ]}
      />
      <h2 class="item-document-title">{version.title || '未命名的信息'}</h2>
      {version.abstract !== '' && <p class="item-abstract">{version.abstract}</p>}
      {/* Sanitised when it was saved. */}
      <div class="prose item-text" dangerouslySetInnerHTML={{ __html: forDesk(version.body, item.id) }} />
      {attachments.length > 0 && (
        <>
          <h3>附件</h3>
          <ol class="item-attachments">
            {attachments.map(({ file }) => (
              <li key={file.id}>
                <a href={itemFileAddress(item.id, file.id)}>{file.name}</a>
                {`（${formatBytes(file.bytes)}）`}
              </li>
            ))}
          </ol>
        </>
      )}
    </article>
  );
}

function columnsOf(version: VersionContent, columns: readonly CatalogueColumn[]): string {
  const names = [version.columnId, ...version.furtherColumns].flatMap(
    (id) => columns.find((column) => column.id === id)?.name ?? [],
  );
  return names.length === 0 ? '—' : names.join('、');
}
