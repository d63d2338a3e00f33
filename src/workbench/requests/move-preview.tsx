import type { ComposedLetter } from '../../areas/letters/index.ts';
import { Alert } from '../../ui/index.ts';

/** A letter as it would go out now; the number is given when it is issued. */
export function LetterPreview({ letter }: { letter: ComposedLetter | null }) {
  return (
    <section id="letter-preview" class="letter-preview" aria-label="文书预览">
      <h2>文书预览</h2>
      {letter === null ? (
        <p class="help">填写之后，这里显示将要发出的文书。</p>
      ) : (
        <>
          {letter.missing.length > 0 && (
            <p class="letter-missing">标有【请填写】的地方还缺少内容，补充后才能签发。</p>
          )}
          {letter.notes.map((note) => (
            <Alert key={note} tone="warning">
              {note}
            </Alert>
          ))}
          <LetterSheet text={letter.text} number="发文字号签发时自动编排" />
        </>
      )}
    </section>
  );
}

/** A letter on paper: red head, number, body in Song, seal place. */
export function LetterSheet({ text, number }: { text: ComposedLetter['text']; number: string }) {
  return (
    <article class="letter-sheet">
      <p class="letter-head">{text.head}</p>
      <p class="letter-number">{number}</p>
      <h3 class="letter-title">{text.title}</h3>
      <p class="letter-salutation">{text.salutation}</p>
      {text.paragraphs.map((paragraph, index) => (
        <p key={index} class="letter-paragraph">
          {paragraph}
        </p>
      ))}
      {text.remedy && <p class="letter-paragraph">{text.remedy}</p>}
      {text.attachments.length > 0 && <p class="letter-paragraph">附件：{text.attachments.join('；')}</p>}
      <p class="letter-signature">{text.signature}</p>
      <p class="letter-signature">{text.dateText}</p>
    </article>
  );
}
