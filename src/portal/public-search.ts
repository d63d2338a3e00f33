import { publishedAnswers, similarAnswers } from '../areas/requests/index.ts';
import type { Db } from '../core/db.ts';
import { portalNavigation, sitePages } from './navigation.ts';
import { publishedSnapshots } from './published.ts';
import { type PublicHit, reportDocuments, type SearchDocument } from './search-documents.ts';
import { searchDocuments } from './search-rules.ts';

/** What each page about the site says, for those who look for it by its content. */
const pageTexts: Readonly<Record<string, string>> = {
  '/': '政府信息公开首页',
  '/requests': '依申请公开：网上申请、进度查询、受理渠道、已公开的答复',
  '/reports': '历年政府信息公开工作年度报告，可在线阅读和下载',
  '/ledger': '操作台账的每日摘要，可用于核验台账未被改动',
  '/about': '主办单位、联系方式、电话、地址、办公时间、无障碍浏览、长者版、高对比度',
  '/sitemap': '本站全部栏目和页面',
};

/** How many published answers are looked through. */
const ANSWERS = 100;

/** Everything public that the query finds, best first; nothing for an empty query. */
export async function findPublic(db: Db, agencyId: number, query: string): Promise<PublicHit[]> {
  if (query === '') return [];
  const [reports, answers] = await Promise.all([
    publishedSnapshots(db, agencyId),
    answersAbout(db, agencyId, query),
  ]);
  return searchDocuments([...answers, ...reports.flatMap(reportDocuments), ...pageDocuments()], query);
}

async function answersAbout(db: Db, agencyId: number, query: string): Promise<SearchDocument[]> {
  const [worded, alike] = await Promise.all([
    publishedAnswers(db, agencyId, { query, after: null, limit: ANSWERS }),
    similarAnswers(db, agencyId, query, ANSWERS),
  ]);
  const found = new Map([...worded, ...alike].map((answer) => [answer.id, answer]));
  return [...found.values()].map((answer) => ({
    kind: '已公开的答复',
    title: answer.title,
    text: `${answer.question} ${answer.answer}`,
    href: `/requests/answered/${answer.id}`,
    date: answer.publishedOn,
  }));
}

function pageDocuments(): SearchDocument[] {
  return [...portalNavigation, ...sitePages].map(({ label, href }) => ({
    kind: '网站页面',
    title: label,
    text: pageTexts[href] ?? '',
    href,
    date: '',
  }));
}
