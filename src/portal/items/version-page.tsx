import { itemHref, type PublicItemView, type Version } from '../../areas/catalogue/index.ts';
import { Alert, formatDateTime, Table } from '../../ui/index.ts';
import { PortalPage } from '../shell.tsx';
import { ItemBody } from './body.tsx';
import type { Difference } from './difference.ts';
import { type ItemSite, itemCrumbs, itemLabels, VersionList } from './item-page.tsx';

/** What one version said, and what it changed. */
export function VersionPage(props: {
  view: PublicItemView;
  version: Version;
  difference: Difference | null;
  site: ItemSite;
}) {
  const { view, version, difference, site } = props;
  const { item, files } = view;
  const when = formatDateTime(version.publishedAt);
  const live = version.version === item.liveVersion;
  return (
    <PortalPage
      title={version.title}
      labels={itemLabels(view, site)}
      breadcrumbs={[...itemCrumbs(view), { label: `${when}的版本` }]}
      lead={`${when}${difference ? '修改' : '首次公开'}`}
    >
      {!live && (
        <Alert tone="warning" title="这不是现行版本">
          仅供查考。<a href={itemHref(item.indexNumber)}>查看现行版本</a>
        </Alert>
      )}
      <div class="split item-split">
        <div class="stack">
          {difference && (
            <section aria-labelledby="difference">
              <h2 id="difference">与上一版本的差异</h2>
              {version.amendment && <p>修改说明：{version.amendment}</p>}
              <DifferenceTable difference={difference} />
              <DifferenceText difference={difference} />
            </section>
          )}
          <section aria-labelledby="text">
            <h2 id="text">本版全文</h2>
            <div class="item-paper">
              <ItemBody body={version.body} images={new Set(files.map(({ digest }) => digest))} />
            </div>
          </section>
        </div>
        <aside class="item-side" aria-label="历次版本">
          <section>
            <h2>历次版本</h2>
            <VersionList view={view} current={version.version} />
            <p class="quiet digest">本版摘要（SM3）：{version.digest}</p>
          </section>
        </aside>
      </div>
    </PortalPage>
  );
}

function DifferenceTable({ difference: { fields } }: { difference: Difference }) {
  if (fields.length === 0) return null;
  return (
    <Table caption="项目的变化" stack columns={[{ label: '项目' }, { label: '上一版本' }, { label: '本版' }]}>
      {fields.map(({ label, before, after }) => (
        <tr key={label}>
          <th scope="row" data-label="项目">
            {label}
          </th>
          <td data-label="上一版本">{before || '（空）'}</td>
          <td data-label="本版">{after || '（空）'}</td>
        </tr>
      ))}
    </Table>
  );
}

function DifferenceText({ difference: { text, fields } }: { difference: Difference }) {
  const changed = text.some((stretch) => 'runs' in stretch);
  if (!changed) return fields.length === 0 ? <p>正文没有变化。</p> : null;
  return (
    <div class="item-difference">
      {text.map((stretch, index) =>
        'same' in stretch ? (
          <p key={index} class="quiet">
            （{stretch.same} 段没有变化）
          </p>
        ) : (
          <p key={index} class="text-difference">
            {stretch.runs.map((run, at) =>
              run.kind === 'same' ? (
                run.text
              ) : run.kind === 'added' ? (
                <ins key={at}>
                  <span class="visually-hidden">［新增］</span>
                  {run.text}
                </ins>
              ) : (
                <del key={at}>
                  <span class="visually-hidden">［删去］</span>
                  {run.text}
                </del>
              ),
            )}
          </p>
        ),
      )}
    </div>
  );
}
