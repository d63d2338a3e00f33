import {
  type ComposedLetter,
  type FieldKey,
  fields,
  fieldsOf,
  type TemplateVersion,
  templateLabel,
  templateOf,
  type Wording,
} from '../../areas/letters/index.ts';
import {
  Alert,
  Button,
  Card,
  ErrorSummary,
  Form,
  FormActions,
  fieldId,
  formatDateTime,
  LinkButton,
  Table,
  TextArea,
  TextField,
} from '../../ui/index.ts';
import { TEMPLATES, templateAddress } from './addresses.ts';
import { RoomPage } from './room-page.tsx';

export interface TemplatePageProps {
  templateKey: string;
  wording: Wording;
  /** The version the editing began from. */
  base: number;
  /** An older version shown to be taken back; null for the current one. */
  shownVersion: number | null;
  versions: readonly TemplateVersion[];
  errors?: Readonly<Record<string, string>>;
  preview?: ComposedLetter;
  mayEdit: boolean;
}

export function TemplatePage(props: TemplatePageProps) {
  const { templateKey, wording, base, shownVersion, versions, errors, preview, mayEdit } = props;
  const label = templateLabel(templateKey);
  const own = versions[0]?.body != null;
  return (
    <RoomPage
      title={label}
      view={TEMPLATES}
      breadcrumbs={[{ label: '文书模板', href: TEMPLATES }, { label }]}
      lead={own ? '现在使用本机关修改过的措辞。' : '现在使用默认措辞。'}
    >
      <ErrorSummary errors={errors} />
      {shownVersion !== null && (
        <Alert tone="info" title={`下面是第${shownVersion}版的措辞，还没有启用`}>
          <p>
            核对后点“保存模板”，它就成为最新的版本。<a href={templateAddress(templateKey)}>回到现在的措辞</a>
          </p>
        </Alert>
      )}
      {preview && <Preview letter={preview} />}
      {mayEdit ? (
        <Form action={templateAddress(templateKey)} guard>
          <input type="hidden" name="base" value={base} />
          <TextField
            name="title"
            label="标题"
            value={wording.title}
            error={errors?.title}
            width={40}
            maxlength={60}
            required
          />
          <TextArea
            name="body"
            label="正文"
            value={wording.body}
            error={errors?.body}
            help="每段一行，段首不用空格。写成 {{名称}} 的地方在成文时换成这份申请的内容。发文字号、称呼、救济告知、落款和日期自动加上，不用写。"
            rows={12}
            song
            required
          />
          <FormActions>
            <Button tone="primary">保存模板</Button>
            <Button name="next" value="preview">
              预览
            </Button>
            <Button name="next" value="file" icon="download">
              下载 PDF 样张
            </Button>
            {own && <LinkButton href={templateAddress(templateKey, '/default')}>恢复默认</LinkButton>}
          </FormActions>
          <LiveFields templateKey={templateKey} />
        </Form>
      ) : (
        <Card title={wording.title}>
          <div class="letter-source">
            {wording.body.split('\n').map((line, index) => (
              <p key={index}>{line}</p>
            ))}
          </div>
        </Card>
      )}
      <Versions {...props} />
    </RoomPage>
  );
}

/** The closed list of live fields; a click puts one where the cursor stands, without script they are copied. */
function LiveFields({ templateKey }: { templateKey: string }) {
  const kind = templateOf(templateKey)?.kind;
  if (!kind) return null;
  return (
    <details class="letter-fields" open>
      <summary>可以使用的实时字段</summary>
      <ul>
        {fieldsOf(kind).map((key: FieldKey) => (
          <li key={key}>
            <code>{`{{${fields[key].name}}}`}</code>
            <button
              type="button"
              class="btn btn-plain btn-small"
              data-insert={`{{${fields[key].name}}}`}
              data-insert-into={fieldId('body')}
              aria-label={`插入${fields[key].name}`}
              hidden
            >
              插入
            </button>
            <span class="help">
              {fields[key].help}
              {fields[key].optional && '；没有内容时整段省略'}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The letter with sample data, as it will read. */
function Preview({ letter: { text, notes } }: { letter: ComposedLetter }) {
  return (
    <Card title="预览（示例数据，还没有保存）" id="preview">
      {notes.map((note) => (
        <Alert key={note} tone="warning">
          {note}
        </Alert>
      ))}
      <article class="letter-paper" aria-label="文书预览">
        <p class="letter-head">{text.head}</p>
        <p class="letter-serial">（发文字号）</p>
        <h3>{text.title}</h3>
        <p class="letter-salutation">{text.salutation}</p>
        {text.paragraphs.map((paragraph, index) => (
          <p key={index}>{paragraph}</p>
        ))}
        {text.remedy && <p>{text.remedy}</p>}
        <p class="letter-signature">{text.signature}</p>
        <p class="letter-signature">{text.dateText}</p>
      </article>
    </Card>
  );
}

function Versions({ templateKey, versions }: TemplatePageProps) {
  if (versions.length === 0) return null;
  return (
    <Card title="修改记录" flush>
      <Table
        caption="修改记录"
        stack
        columns={[
          { label: '版本', width: 'narrow' },
          { label: '时间' },
          { label: '修改人' },
          { label: '措辞' },
        ]}
      >
        {versions.map((version) => (
          <tr key={version.version}>
            <td data-label="版本">第{version.version}版</td>
            <td data-label="时间">{formatDateTime(version.at)}</td>
            <td data-label="修改人">{version.byName}</td>
            <td data-label="措辞">
              {version.body === null ? (
                '恢复默认'
              ) : (
                <a href={`${templateAddress(templateKey)}?version=${version.version}`}>查看和取回</a>
              )}
            </td>
          </tr>
        ))}
      </Table>
    </Card>
  );
}
