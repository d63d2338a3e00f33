import { itemHref, type PublicItemView } from '../../areas/catalogue/index.ts';

/** What an item is, in the words of schema.org. `base` is the public address without a slash at the end. */
export function structuredItem(view: PublicItemView, site: { base: string; agency: string }): object {
  const { item, version, path } = view;
  const url = site.base + itemHref(item.indexNumber);
  const publisher = { '@type': 'GovernmentOrganization', name: site.agency, url: `${site.base}/` };
  const linked = ({ indexNumber, title }: { indexNumber: string; title: string }) => ({
    '@id': site.base + itemHref(indexNumber),
    name: title,
  });
  const document = {
    '@type': item.normative === 'none' ? 'Article' : 'Legislation',
    '@id': url,
    url,
    name: item.title,
    headline: item.title,
    identifier: item.indexNumber,
    inLanguage: 'zh-CN',
    datePublished: item.publishedAt.toISOString(),
    dateModified: (version.publishedAt ?? item.publishedAt).toISOString(),
    ...(item.formedOn && { dateCreated: item.formedOn }),
    ...(item.abstract && { abstract: item.abstract }),
    ...(view.documents.length > 0
      ? { about: view.documents.map(linked) }
      : item.subject && { about: item.subject }),
    ...(view.interpretations.length > 0 && { subjectOf: view.interpretations.map(linked) }),
    ...(item.genre && { genre: item.genre }),
    ...(version.keywords.length > 0 && { keywords: version.keywords.join(',') }),
    ...(item.normative !== 'none' && {
      ...(item.documentNumber && { legislationIdentifier: item.documentNumber }),
      legislationLegalForce: {
        'in-force': 'https://schema.org/InForce',
        amended: 'https://schema.org/PartiallyInForce',
        repealed: 'https://schema.org/NotInForce',
        expired: 'https://schema.org/NotInForce',
      }[item.validity],
    }),
    author: { '@type': 'GovernmentOrganization', name: item.issuingBody || site.agency },
    publisher,
    isAccessibleForFree: true,
  };
  const steps = [
    { name: '首页', url: `${site.base}/` },
    { name: '政府信息公开', url: `${site.base}/catalogue` },
    ...path.map(({ name, slug }) => ({ name, url: `${site.base}/catalogue/${slug}` })),
  ];
  const breadcrumbs = {
    '@type': 'BreadcrumbList',
    itemListElement: steps.map((step, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name: step.name,
      item: step.url,
    })),
  };
  return { '@context': 'https://schema.org', '@graph': [document, breadcrumbs] };
}
