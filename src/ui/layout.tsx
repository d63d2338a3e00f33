import type { ComponentChildren } from 'preact';
import { usePage } from './page-context.ts';

/** The three blocks of page labels (网页标签) that 国办发〔2017〕47号 asks for, in its order. */
export interface PageLabels {
  column?: { name: string; description: string; keywords: string; type: string };
  article?: { title: string; publishedAt: string; source: string };
}

/** The bare document: head with labels, stylesheet and islands. The faces wrap it with their own shell. */
export function Document(props: {
  title: string;
  labels?: PageLabels;
  face: 'portal' | 'workbench';
  children: ComponentChildren;
}) {
  const page = usePage();
  const { site, name } = page.agency;
  const { column, article } = props.labels ?? {};
  return (
    <html lang="zh-CN">
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
          </>
        )}
        <link rel="stylesheet" href={`/assets/gongkai.css?v=${page.assets}`} />
        <script type="module" src={`/assets/islands.js?v=${page.assets}`} />
      </head>
      <body class={props.face}>{props.children}</body>
    </html>
  );
}
