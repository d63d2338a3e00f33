import { type LetterKind, letterKinds, printedCode, type VerifiedLetter } from '../../areas/letters/index.ts';
import {
  Alert,
  Button,
  Card,
  Facts,
  FileField,
  Form,
  FormActions,
  formatDate,
  formatDateTime,
  LinkButton,
  TextField,
} from '../../ui/index.ts';
import { PortalPage } from '../shell.tsx';

/** What a file that was sent for comparison turned out to be. */
export interface Comparison {
  /** SHA-256 of what was sent. */
  digest: string;
  same: boolean;
}

const NAME = '文书核验';
const DESCRIPTION = '凭验证码核对政府信息公开文书是否由本机关签发、是否作废、电子文件是否被改动。';
const labels = {
  column: { name: NAME, description: DESCRIPTION, keywords: '文书核验,验证码,答复书', type: '依申请公开' },
};

export function VerifyFormPage({ typed, error }: { typed?: string; error?: string }) {
  return (
    <PortalPage
      title={NAME}
      width="reading"
      lead={DESCRIPTION}
      breadcrumbs={[{ label: NAME }]}
      labels={labels}
    >
      <CodeForm typed={typed} error={error} />
      <div class="prose">
        <h2>怎样核验</h2>
        <ol>
          <li>用手机扫描文书首页下方的二维码，或者在上面输入二维码旁边的 16 位验证码。</li>
          <li>
            核对页面显示的签发机关、文书名称、发文字号、成文日期和内容摘要，应当与您手中的文书完全一致。
          </li>
          <li>
            有电子文件的，可以上传比对，改动过一个字也会显示不一致。上传的文件只用来计算摘要，不会保存。
          </li>
        </ol>
      </div>
    </PortalPage>
  );
}

function CodeForm({ typed, error }: { typed?: string; error?: string }) {
  return (
    <Form action="/letters" method="get">
      <TextField
        name="code"
        label="验证码"
        value={typed}
        error={error}
        width={20}
        maxlength={40}
        autocomplete="off"
        help="16 位数字和字母，不分大小写，短横线可以省略。"
      />
      <FormActions>
        <Button tone="primary">核验</Button>
      </FormActions>
    </Form>
  );
}

export function UnknownLetterPage() {
  return (
    <PortalPage
      title={NAME}
      width="reading"
      breadcrumbs={[{ label: NAME, href: '/letters' }, { label: '没有查到' }]}
    >
      <Alert tone="danger" title="没有查到这份文书">
        <p>
          本站没有签发过使用这个验证码的文书。请核对验证码是否抄写正确；仍然查不到的，该文书可能是伪造的，请与信息公开工作机构联系。
        </p>
      </Alert>
      <CodeForm />
    </PortalPage>
  );
}

export function VerifyPage(props: {
  letter: VerifiedLetter;
  code: string;
  comparison: Comparison | null;
  error?: string;
}) {
  const { letter, code, comparison, error } = props;
  return (
    <PortalPage
      title={NAME}
      width="reading"
      breadcrumbs={[{ label: NAME, href: '/letters' }, { label: '核验结果' }]}
    >
      <Verdict letter={letter} />
      {comparison && <ComparisonVerdict letter={letter} comparison={comparison} />}
      <Facts
        items={[
          { label: '签发机关', value: letter.agencyName },
          { label: '文书', value: letterKinds[letter.kind as LetterKind].label },
          { label: '发文字号', value: letter.number },
          { label: '成文日期', value: formatDate(letter.issuedOn) },
          { label: '验证码', value: <code class="letter-code">{printedCode(code)}</code> },
          { label: '内容摘要（SM3）', value: <code class="digest">{letter.digest}</code> },
          {
            label: '电子文件摘要（SHA-256）',
            value: letter.pdfSha256 ? <code class="digest">{letter.pdfSha256}</code> : '尚未生成电子文件',
          },
        ]}
      />
      <p class="quiet">本页不显示收件人和文书内容。请逐项核对以上内容与您手中的文书是否一致。</p>
      <Card title="比对电子文件">
        <Form action={`/letters/${code}/comparison`} multipart>
          <FileField
            name="file"
            label="PDF 文件"
            accept="application/pdf,.pdf"
            error={error}
            help="选择您收到的 PDF 文件，最大 20 MB。文件只用来计算摘要，不会保存。"
          />
          <FormActions>
            <Button tone="primary">比对</Button>
            <LinkButton href="/letters">核验另一份文书</LinkButton>
          </FormActions>
        </Form>
      </Card>
    </PortalPage>
  );
}

function Verdict({ letter }: { letter: VerifiedLetter }) {
  if (letter.voidedAt) {
    return (
      <Alert tone="danger" title="这份文书已经作废" live>
        <p>
          本文书由{letter.agencyName}签发，已于{formatDateTime(letter.voidedAt)}作废，不再产生效力。
        </p>
      </Alert>
    );
  }
  return (
    <Alert tone="success" title={`这份文书由${letter.agencyName}签发`} live>
      <p>发文字号和验证码与签发记录一致，没有作废。</p>
    </Alert>
  );
}

function ComparisonVerdict({ letter, comparison }: { letter: VerifiedLetter; comparison: Comparison }) {
  if (comparison.same) {
    return (
      <Alert tone="success" title="与签发文本一致" live>
        <p>上传的文件与本机关签发的电子文件完全相同。</p>
      </Alert>
    );
  }
  return (
    <Alert tone="danger" title="与签发文本不一致" live>
      <p>
        {letter.pdfSha256
          ? '上传的文件不是本机关签发的电子文件，或者签发以后被改动过。'
          : '本机关还没有为这份文书生成过电子文件。'}
        打印后再扫描、另存或者转换过格式的文件也会显示不一致，这时请逐项核对纸面内容。
      </p>
      <p>
        上传文件的摘要（SHA-256）：<code class="digest">{comparison.digest}</code>
      </p>
    </Alert>
  );
}
