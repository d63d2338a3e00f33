import { type TextState, textStates, type UnreadAttachment } from '../../areas/catalogue/index.ts';
import { may } from '../../areas/organisations/index.ts';
import { Empty, Form, formatDateTime, Stat, Stats, Table, usePage } from '../../ui/index.ts';
import { DeskView } from './frame.tsx';
import { ATTACHMENTS } from './request.ts';

/** How far the texts of public attachments have been read, and which could not be. */
export function AttachmentsPage(props: {
  counts: Readonly<Record<TextState, number>>;
  unread: readonly UnreadAttachment[];
  most: number;
}) {
  const { counts, unread, most } = props;
  const { actor } = usePage();
  const edits = actor !== null && may(actor, 'search.edit');
  return (
    <DeskView
      view={ATTACHMENTS}
      lead="公开信息的 Word、Excel、PDF 和文本附件，发布后几分钟内读出文字，供公众检索。读不出文字的，公众只能按标题和正文找到。"
    >
      <Stats>
        {(Object.keys(textStates) as TextState[]).map((state) => (
          <Stat key={state} label={textStates[state]} value={counts[state]} />
        ))}
      </Stats>
      {unread.length === 0 ? (
        <Empty title="没有读不出文字的附件" icon="circle-check" />
      ) : (
        <>
          {unread.length >= most && <p class="result-count">只列出最近的 {most} 份</p>}
          <Table
            caption="读不出文字的附件"
            stack
            columns={[
              { label: '附件' },
              { label: '所属信息' },
              { label: '原因' },
              { label: '时间' },
              ...(edits ? [{ label: '办理' }] : []),
            ]}
          >
            {unread.map((one) => (
              <tr key={`${one.digest} ${one.itemId} ${one.name}`}>
                <th scope="row" data-label="附件">
                  {one.name}
                </th>
                <td data-label="所属信息">
                  <a href={`/workbench/items/${one.itemId}`}>{one.title}</a>
                </td>
                <td data-label="原因">
                  {textStates[one.state]}：{one.reason}
                </td>
                <td data-label="时间">{formatDateTime(one.doneAt)}</td>
                {edits && (
                  <td data-label="办理">
                    <Form action={`${ATTACHMENTS}/${one.digest}/reading`} layout="bare">
                      <button
                        type="submit"
                        class="btn btn-plain btn-small"
                        aria-label={`重新读取“${one.name}”`}
                      >
                        重新读取
                      </button>
                    </Form>
                  </td>
                )}
              </tr>
            ))}
          </Table>
        </>
      )}
    </DeskView>
  );
}
