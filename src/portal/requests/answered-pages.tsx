import type { PublishedAnswer } from '../../areas/requests/index.ts';
import {
  Button,
  Empty,
  FormActions,
  formatBytes,
  formatDate,
  Icon,
  LinkButton,
  Pager,
} from '../../ui/index.ts';
import { PortalPage } from '../shell.tsx';
import { NEW, requestLabels, requestsCrumb } from './step-page.tsx';

export const ANSWERED = '/requests/answered';

/** Answered requests that became public for everybody (711/44). */
export function AnsweredListPage(props: {
  query: string;
  answers: readonly PublishedAnswer[];
  nextHref: string | null;
  later: boolean;
}) {
  const { query, answers, nextHref, later } = props;
  return (
    <PortalPage
      title="已公开的答复"
      width="reading"
      labels={requestLabels}
      breadcrumbs={[requestsCrumb, { label: '已公开的答复' }]}
      lead="依申请公开的信息中，多人申请或者与公众有关的，经审查后向社会主动公开（《条例》第四十四条）。个人信息已经删去。"
    >
      <search>
        <form class="form form-inline request-answered-search" method="get" action={ANSWERED}>
          <div class="field">
            <label class="visually-hidden" for="answered-query">
              查找已公开的答复
            </label>
            <input
              id="answered-query"
              class="input"
              type="search"
              name="q"
              value={query}
              maxlength={100}
              placeholder="输入几个字"
            />
          </div>
          <FormActions>
            <Button icon="search">查找</Button>
          </FormActions>
        </form>
      </search>
      {answers.length === 0 ? (
        <Empty
          title={query === '' ? '还没有向社会公开的答复' : `没有找到“${query}”`}
          icon={query === '' ? 'messages' : 'search'}
          action={<LinkButton href={NEW}>提出申请</LinkButton>}
        >
          {query === '' ? '想要的信息网站上没有的，可以申请公开。' : '可以换一个更短的词再查。'}
        </Empty>
      ) : (
        <ol class="request-hits">
          {answers.map((answer) => (
            <li key={answer.id}>
              <a href={`${ANSWERED}/${answer.id}`}>{answer.title}</a>
              <p class="request-hit-text">{shortened(answer.question)}</p>
              <p class="quiet">{formatDate(answer.publishedOn)}公开</p>
            </li>
          ))}
        </ol>
      )}
      <Pager
        previousHref={
          later ? (query === '' ? ANSWERED : `${ANSWERED}?${new URLSearchParams({ q: query })}`) : null
        }
        nextHref={nextHref}
      />
    </PortalPage>
  );
}

const shortened = (text: string) => (text.length > 90 ? `${text.slice(0, 90)}…` : text);

export interface AnswerFile {
  id: number;
  name: string;
  bytes: number;
}

export function AnsweredPage(props: {
  answer: PublishedAnswer;
  files: readonly AnswerFile[];
  similar: readonly PublishedAnswer[];
}) {
  const { answer, files, similar } = props;
  return (
    <PortalPage
      title={answer.title}
      width="reading"
      labels={{
        ...requestLabels,
        article: { title: answer.title, publishedAt: `${answer.publishedOn} 00:00`, source: '依申请公开' },
      }}
      breadcrumbs={[requestsCrumb, { label: '已公开的答复', href: ANSWERED }, { label: answer.title }]}
      lead={`${formatDate(answer.publishedOn)}公开`}
    >
      <section class="request-answer">
        <h2>申请的内容</h2>
        <p class="request-text">{answer.question}</p>
        <h2>答复</h2>
        <p class="request-text">{answer.answer}</p>
        {files.length > 0 && (
          <>
            <h2>附件</h2>
            <ul class="request-files">
              {files.map((file) => (
                <li key={file.id}>
                  <Icon name="paperclip" />
                  <a class="request-file-name" href={`${ANSWERED}/${answer.id}/files/${file.id}`} download>
                    {file.name}
                  </a>
                  <span class="quiet">{formatBytes(file.bytes)}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
      {similar.length > 0 && (
        <section>
          <h2>相近的答复</h2>
          <ul class="dated-list">
            {similar.map((other) => (
              <li key={other.id}>
                <a href={`${ANSWERED}/${other.id}`}>{other.title}</a>
                <time dateTime={other.publishedOn}>{formatDate(other.publishedOn)}</time>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p>
        没有您要的？<a href={NEW}>提出申请</a>
      </p>
    </PortalPage>
  );
}
