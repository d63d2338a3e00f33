import { type Item, itemHref, type PublicItem, type Version } from '../../areas/catalogue/index.ts';
import { Facts, formatDate, LinkButton, usePage } from '../../ui/index.ts';
import { ItemBody } from '../items/body.tsx';
import { PortalPage } from '../shell.tsx';
import { catalogueCrumb } from './front-page.tsx';
import { ItemTitles } from './item-list.tsx';

/** 政府信息公开指南 (711/12): the guide in force, who answers for it and how to reach him. */
export function GuidePage(props: {
  guide: { item: Item; version: Version } | null;
  others: readonly PublicItem[];
}) {
  const { guide, others } = props;
  const { agency } = usePage();
  const { site } = agency;
  const revised = guide && (guide.item.amendedOn ?? guide.item.publishedOn);
  const contact = [
    { label: '机构名称', value: site.undertaker ?? site.host ?? agency.name },
    {
      label: '办公地址',
      value: site.address && `${site.address}${site.postcode ? `（邮编 ${site.postcode}）` : ''}`,
    },
    { label: '办公时间', value: site.officeHours },
    { label: '联系电话', value: site.phone },
    { label: '传真号码', value: site.fax },
    {
      label: '互联网联系方式',
      value: (
        <>
          {site.email && (
            <>
              <a href={`mailto:${site.email}`}>{site.email}</a>，
            </>
          )}
          <a href="/requests/new">网上申请</a>
        </>
      ),
    },
    { label: '指南修订日期', value: revised && formatDate(revised) },
  ].filter(({ value }) => value);
  return (
    <PortalPage
      title="政府信息公开指南"
      width="reading"
      breadcrumbs={[catalogueCrumb, { label: '政府信息公开指南' }]}
      labels={{
        column: {
          name: '政府信息公开指南',
          description: '政府信息的分类和编排体系、获取方式，公开工作机构和联系方式',
          keywords: '政府信息公开指南,获取方式,工作机构,联系方式',
          type: '信息公开指南',
        },
      }}
    >
      <section aria-labelledby="office">
        <h2 id="office" class="guide-title">
          政府信息公开工作机构
        </h2>
        <Facts items={contact} />
      </section>
      {guide ? (
        <section aria-labelledby="guide-text">
          <div class="band-head">
            <h2 id="guide-text" class="guide-title">
              {guide.item.title}
            </h2>
            <a href={itemHref(guide.item.indexNumber)}>单独打开</a>
          </div>
          <ItemBody body={guide.version.body} />
        </section>
      ) : (
        <section class="prose" aria-labelledby="ways">
          <h2 id="ways">怎样获取政府信息</h2>
          <p>
            本机关主动公开的政府信息，可以在<a href="/catalogue">政府信息公开</a>
            专栏按栏目查阅，也可以按名称、文号查找。没有公开的，可以依法申请公开。
          </p>
          <LinkButton href="/requests">依申请公开</LinkButton>
        </section>
      )}
      {others.length > 0 && (
        <section aria-labelledby="earlier">
          <h2 id="earlier" class="guide-title">
            相关文件
          </h2>
          <ItemTitles items={others} />
        </section>
      )}
    </PortalPage>
  );
}
