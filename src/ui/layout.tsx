import type { ComponentChildren } from 'preact';
import { usePage } from './page-context.ts';
import { isReadable } from './theme.ts';

/** The three blocks of page labels (网页标签) that 国办发〔2017〕47号 asks for, in its order. */
export interface PageLabels {
  column?: { name: string; description: string; keywords: string; type: string };
  article?: {
    title: string;
    /** `YYYY-MM-DD HH:MM`. */
    publishedAt: string;
    source: string;
    keywords?: string;
    author?: string;
    description?: string;
    /** Address of a picture in the text. */
    image?: string;
    /** Whole address of the page. */
    url?: string;
  };
}

/** htmx without eval, without styles of its own, and showing refusals where the answer would have gone. */
const HTMX = JSON.stringify({
  allowEval: false,
  includeIndicatorStyles: false,
  historyCacheSize: 0,
  selfRequestsOnly: true,
  responseHandling: [
    { code: '204', swap: false },
    { code: '[23]..', swap: true },
    { code: '4..', swap: true },
    { code: '...', swap: false, error: true },
  ],
});

/** The bare document: head with labels, stylesheet and islands. The faces wrap it with their own shell. */
export function Document(props: {
  title: string;
  labels?: PageLabels;
  face: 'portal' | 'workbench';
  /** What the page is about, for machines (schema.org). */
  structured?: object;
  /** A feed of what this page lists. */
  feed?: { href: string; title: string };
  children: ComponentChildren;
}) {
  const page = usePage();
  const { agency, assets, display } = page;
  const { site, name } = agency;
  const { column, article } = props.labels ?? {};
  const workbench = props.face === 'workbench';
  return (
    <html
      lang="zh-CN"
      data-size={display.large ? 'large' : undefined}
      data-contrast={display.contrast ? 'high' : undefined}
    >
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{props.title}</title>
        <meta name="SiteName" content={site.name ?? name} />
        <meta name="SiteDomain" content={site.domain ?? ''} />
        <meta name="SiteIDCode" content={site.idCode ?? ''} />
        {column && (
          <>
            <meta name="ColumnName" content={column.name} />
            <meta name="ColumnDescription" content={column.description} />
            <meta name="ColumnKeywords" content={column.keywords} />
            <meta name="ColumnType" content={column.type} />
          </>
        )}
        {article && (
          <>
            <meta name="ArticleTitle" content={article.title} />
            <meta name="PubDate" content={article.publishedAt} />
            <meta name="ContentSource" content={article.source} />
            {article.keywords && <meta name="Keywords" content={article.keywords} />}
            {article.author && <meta name="Author" content={article.author} />}
            {article.description && <meta name="Description" content={article.description} />}
            {article.image && <meta name="Image" content={article.image} />}
            {article.url && <meta name="Url" content={article.url} />}
          </>
        )}
        <meta name="color-scheme" content="light dark" />
        <meta name="format-detection" content="telephone=no" />
        {workbench && <meta name="robots" content="noindex" />}
        {workbench && <meta name="csrf-token" content={page.csrf} />}
        {workbench && <meta name="htmx-config" content={HTMX} />}
        <link rel="icon" type="image/svg+xml" href={`/assets/mark.svg?v=${assets}`} />
        <link rel="stylesheet" href={`/assets/gongkai.css?v=${assets}`} />
        {site.colour && isReadable(site.colour) && (
          <link
            rel="stylesheet"
            href={`/assets/theme/${site.colour.slice(1).toLowerCase()}.css?v=${assets}`}
          />
        )}
        {!workbench && (
          <link rel="alternate" type="application/atom+xml" title="政府信息公开更新" href="/feed.xml" />
        )}
        {props.feed && (
          <link rel="alternate" type="application/atom+xml" title={props.feed.title} href={props.feed.href} />
        )}
        {props.structured && (
          <script
            type="application/ld+json"
            dangerouslySetInnerHTML={{ __html: JSON.stringify(props.structured).replaceAll('<', '\\u003c') }}
          />
        )}
        <script type="module" src={`/assets/${workbench ? 'islands' : 'public'}.js?v=${assets}`} />
      </head>
      <body class={props.face}>{props.children}</body>
    </html>
  );
}
