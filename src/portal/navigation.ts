/** The portal's main navigation, in order. An area is listed once its pages exist: no dead links, no empty columns. */
export const portalNavigation: readonly { label: string; href: string }[] = [
  { label: '首页', href: '/' },
  { label: '政府信息公开', href: '/catalogue' },
  { label: '规范性文件', href: '/normative' },
  { label: '政府公报', href: '/gazette' },
  { label: '依申请公开', href: '/requests' },
  { label: '年度报告', href: '/reports' },
  { label: '公开台账', href: '/ledger' },
];

/** Entries few people come for; the elder mode leaves them to the map of the site and the footer. */
const rare: ReadonlySet<string> = new Set(['/normative', '/gazette', '/ledger']);

/** The main navigation as a page shows it. */
export const navigationFor = ({ large }: { large: boolean }) =>
  portalNavigation.filter(({ href }) => !(large && rare.has(href)));

/** What stands below `/requests`, for the map of the site. */
export const requestPages: readonly { label: string; href: string }[] = [
  { label: '提出申请', href: '/requests/new' },
  { label: '先查是否已经公开', href: '/requests/already' },
  { label: '查询进度', href: '/requests/track' },
  { label: '已公开的答复', href: '/requests/answered' },
];

/** Pages about the site itself, in the footer. */
export const sitePages: readonly { label: string; href: string }[] = [
  { label: '公开指南', href: '/guide' },
  { label: '专题', href: '/topics' },
  { label: '文书核验', href: '/letters' },
  { label: '关于我们', href: '/about' },
  { label: '网站地图', href: '/sitemap' },
];

/** Whether the page at `path` lies below the entry. */
export function isCurrent(href: string, path: string): boolean {
  const here = path.split('?')[0] ?? '';
  return href === '/' ? here === '/' : here === href || here.startsWith(`${href}/`);
}
