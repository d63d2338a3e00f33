import type { ComposedLetter } from '../../areas/letters/index.ts';
import type { CaseView } from '../../areas/requests/index.ts';
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
          <LetterPaper text={letter.text} />
        </>
      )}
    </section>
  );
}

/** A letter on paper: red head, body in Song, seal place. */
function LetterPaper({ text }: { text: ComposedLetter['text'] }) {
  return (
    <article class="letter-paper">
      <p class="letter-head">{text.head}</p>
      <p class="letter-serial">发文字号签发时编排</p>
      <h3>{text.title}</h3>
      <p class="letter-salutation">{text.salutation}</p>
      {text.paragraphs.map((paragraph, index) => (
        <p key={index}>{paragraph}</p>
      ))}
      {text.remedy && <p>{text.remedy}</p>}
      {text.attachments.length > 0 && <p>附件：{text.attachments.join('；')}</p>}
      <p class="letter-signature">{text.signature}</p>
      <p class="letter-signature">{text.dateText}</p>
    </article>
  );
}

/** The letter with the applicant's name masked, as the rest of the case shows him: a preview is no reason to look. */
export function maskedLetter(letter: ComposedLetter, { applicant }: CaseView): ComposedLetter {
  const name = letter.text.salutation.replace(/：$/, '');
  const masked = applicant?.name ?? '申请人';
  if (name.length < 2) return letter;
  const cover = (text: string) => text.replaceAll(name, masked);
  const { salutation, paragraphs } = letter.text;
  return {
    ...letter,
    text: { ...letter.text, salutation: cover(salutation), paragraphs: paragraphs.map(cover) },
  };
}
