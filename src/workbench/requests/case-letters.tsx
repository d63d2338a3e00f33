import type { LetterEntry } from '../../areas/letters/index.ts';
import type { CaseView } from '../../areas/requests/index.ts';
import { Badge, formatDate, Table, type Tone } from '../../ui/index.ts';
import { letterAddress, letterFileAddress } from './case-addresses.ts';
import { dispatchMethods } from './case-words.ts';

const states: Readonly<Record<LetterEntry['state'], { label: string; tone: Tone }>> = {
  issued: { label: '已签发', tone: 'info' },
  dispatched: { label: '已发出', tone: 'info' },
  delivered: { label: '已送达', tone: 'success' },
  void: { label: '已作废', tone: 'neutral' },
};

/** The reply is sent and delivered by moves of the case. */
export const hasOwnMove = ({ kind }: LetterEntry): boolean => kind === 'reply';

/** Letters of the case and its form, as they were signed. */
export function CaseLetters({ view, mayDispatch }: { view: CaseView; mayDispatch: boolean }) {
  const { letters } = view;
  if (letters.length === 0) return null;
  return (
    <section class="case-part" id="letters" aria-labelledby="letters-title">
      <h2 id="letters-title">文书</h2>
      <Table
        caption="已签发的文书"
        stack
        columns={[{ label: '文书' }, { label: '成文' }, { label: '状态' }, { label: '文件' }]}
      >
        {letters.map((letter) => (
          <tr key={letter.id}>
            <td data-label="文书">
              {letter.label}
              <span class="help">{letter.number}</span>
            </td>
            <td data-label="成文" class="nowrap">
              {formatDate(letter.issuedOn)}
            </td>
            <td data-label="状态">
              <Badge tone={states[letter.state].tone}>{states[letter.state].label}</Badge>
              {(letter.deliveredOn ?? letter.dispatchedOn) && (
                <span class="help nowrap">{formatDate(letter.deliveredOn ?? letter.dispatchedOn)}</span>
              )}
              {letter.corrections.map(({ sentOn, method, deliveredOn, reason, by, at }) => (
                <span class="help" key={at}>
                  更正前：
                  {[
                    sentOn && `${formatDate(sentOn)}发出`,
                    method && dispatchMethods[method],
                    deliveredOn && `${formatDate(deliveredOn)}送达`,
                  ]
                    .filter(Boolean)
                    .join('，')}
                  （{by}更正{reason && `：${reason}`}）
                </span>
              ))}
              {mayDispatch && <NextStep view={view} letter={letter} />}
            </td>
            <td data-label="文件" class="nowrap">
              {letter.disposedOn ? (
                <span class="help">内容已销毁</span>
              ) : (
                <span class="letter-files">
                  <a
                    href={letterFileAddress(view.case.id, letter.id, 'pdf')}
                    aria-label={`${letter.number} PDF`}
                  >
                    PDF
                  </a>
                  <a
                    href={letterFileAddress(view.case.id, letter.id, 'docx')}
                    aria-label={`${letter.number} Word`}
                  >
                    Word
                  </a>
                  {letter.state !== 'void' && (
                    <a href={`/letters/${letter.code}`} aria-label={`核验 ${letter.number}`}>
                      核验
                    </a>
                  )}
                </span>
              )}
            </td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

function NextStep({ view, letter }: { view: CaseView; letter: LetterEntry }) {
  if (hasOwnMove(letter)) return null;
  const act = letter.state === 'issued' ? 'dispatch' : letter.state === 'dispatched' ? 'delivery' : null;
  if (act === null) return null;
  const label = act === 'dispatch' ? '登记发出' : '登记送达';
  return (
    <a
      class="letter-next"
      href={letterAddress(view.case.id, letter.id, act)}
      aria-label={`${label} ${letter.number}`}
    >
      {label}
    </a>
  );
}
