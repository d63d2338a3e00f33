import type { MailLetter } from '../../areas/requests/index.ts';
import { Alert, Facts, formatBytes, formatDate, formatDateTime, ScrollRegion } from '../../ui/index.ts';
import { mailAddress } from './case-addresses.ts';

/** A letter as it was written: plain text, and nothing of it is a link, a picture or a program. */
export function LetterText({ letter }: { letter: MailLetter }) {
  const { sender, subject, receivedAt, text, notes, clearedOn } = letter;
  if (clearedOn !== null) {
    return <p>邮件的内容已于{formatDate(clearedOn)}删除，只保留收到和办理的记录。</p>;
  }
  return (
    <>
      <Facts
        items={[
          { label: '发件人', value: senderWords(sender) },
          { label: '主题', value: subject || '（没有主题）' },
          { label: '收到', value: formatDateTime(receivedAt) },
          { label: '附件', value: <Attachments letter={letter} /> },
        ]}
      />
      {notes.length > 0 && (
        <Alert tone="warning" title="有内容没有收存">
          <ul>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Alert>
      )}
      <ScrollRegion class="mail-text" label="邮件正文">
        {text || <span class="help">（没有正文）</span>}
      </ScrollRegion>
    </>
  );
}

/** Name and address as they stand in the letter; anybody can write anything there. */
export function senderWords(sender: MailLetter['sender']): string {
  if (sender === null) return '—';
  const { name, address } = sender;
  if (name === '' && address === '') return '（没有写明）';
  return name === '' || name === address ? address : `${name}（${address || '没有地址'}）`;
}

function Attachments({ letter: { id, attachments, files, state } }: { letter: MailLetter }) {
  if (attachments.length === 0) {
    return <>{files > 0 && state === 'registered' ? `${files} 个，已转入申请的案卷` : '没有'}</>;
  }
  return (
    <ul class="mail-files">
      {attachments.map((file) => (
        <li key={file.id}>
          <a href={`${mailAddress(id)}/files/${file.id}`} download>
            {file.name}
          </a>
          <span class="help-inline">{formatBytes(file.bytes)}</span>
        </li>
      ))}
    </ul>
  );
}
