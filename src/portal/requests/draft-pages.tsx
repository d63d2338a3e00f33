import {
  type DraftAnswers,
  type DraftFile,
  type DraftStep,
  draftStepKeys,
  draftSteps,
  MAX_DRAFT_FILES,
  type Visit,
} from '../../areas/requests/index.ts';
import { ATTACHMENTS_ACCEPTED } from '../../core/uploads/index.ts';
import {
  Alert,
  Button,
  Confirm,
  FileField,
  Form,
  FormActions,
  formatBytes,
  formatDateTime,
  Icon,
  LinkButton,
  RadioField,
  usePage,
} from '../../ui/index.ts';
import type { PublicHit } from '../public-search.ts';
import { PortalPage } from '../shell.tsx';
import { AlreadyPublic } from './already-public.tsx';
import { FieldsOf } from './step-fields.tsx';
import { NEW, requestLabels, requestsCrumb, StepPage, stepHref } from './step-page.tsx';

type Errors = Readonly<Record<string, string>>;

/** Before the first question: what it takes, what happens then; and the way back to what was begun. */
export function StartPage({ visit, open }: { visit: Visit | null; open: DraftStep }) {
  const { agency } = usePage();
  return (
    <PortalPage
      title="申请公开政府信息"
      width="reading"
      labels={requestLabels}
      breadcrumbs={[requestsCrumb, { label: '提出申请' }]}
      lead={`向${agency.name}申请公开政府信息，网上填写，约 10 分钟，不用注册，提出申请不收费。`}
    >
      {visit?.stage === 'draft' && <Begun visit={visit} open={open} />}
      {visit?.stage === 'sent' && <Sent number={visit.receipt.number} />}
      <div class="prose">
        <h2>您需要准备</h2>
        <ul>
          <li>想要的信息的名称、文号，或者便于查找的描述；</li>
          <li>身份证件号码（个人）或者统一社会信用代码（单位）；</li>
          <li>电话、邮箱或者通信地址，至少一种。</li>
        </ul>
        <h2>提交以后</h2>
        <ol>
          <li>马上得到申请编号和查询码，可以保存、打印；</li>
          <li>写得不清楚的，7 个工作日内请您补正；</li>
          <li>收到申请之日起 20 个工作日内答复，需要延长的会提前告诉您，最多再延长 20 个工作日；</li>
          <li>随时可以凭编号和查询码查看进度、下载答复、撤回申请。</li>
        </ol>
        <p class="quiet">
          依据《中华人民共和国政府信息公开条例》（国务院令第711号）第二十七条、第二十九条至第三十三条。
        </p>
      </div>
      {visit?.stage !== 'draft' && visit?.stage !== 'sent' && (
        <FormActions>
          <LinkButton href={stepHref('what')} tone="primary" icon="arrow-right">
            开始填写
          </LinkButton>
          <LinkButton href="/requests/already">先查是否已经公开</LinkButton>
        </FormActions>
      )}
    </PortalPage>
  );
}

function Begun({ visit, open }: { visit: Extract<Visit, { stage: 'draft' }>; open: DraftStep }) {
  const { title } = visit.draft.answers;
  return (
    <section class="card request-begun" aria-labelledby="begun">
      <div class="card-body">
        <h2 id="begun">您有一份没有填完的申请</h2>
        <p>
          {title.trim() === '' ? '还没有写名称' : `“${title}”`}，{formatDateTime(visit.savedAt)} 保存。
        </p>
        <FormActions>
          <LinkButton href={stepHref(open)} tone="primary" icon="arrow-right">
            继续填写
          </LinkButton>
          <LinkButton href={`${NEW}/deletion`}>删除草稿</LinkButton>
        </FormActions>
      </div>
    </section>
  );
}

function Sent({ number }: { number: string }) {
  return (
    <section class="card request-begun" aria-labelledby="sent">
      <div class="card-body">
        <h2 id="sent">您刚提交了申请 {number}</h2>
        <p>回执还可以再看一会儿。要另提一份申请的，请先收好回执。</p>
        <Form action={`${NEW}/another`} layout="bare">
          <FormActions>
            <LinkButton href="/requests/receipt" tone="primary">
              查看回执
            </LinkButton>
            <Button>回执已收好，另提一份</Button>
          </FormActions>
        </Form>
      </div>
    </section>
  );
}

export function DeletionPage({ title }: { title: string }) {
  return (
    <PortalPage
      title="删除草稿"
      width="reading"
      labels={requestLabels}
      breadcrumbs={[requestsCrumb, { label: '删除草稿' }]}
    >
      <Confirm
        consequence={
          <p>
            {title.trim() === '' ? '您填写的内容' : `您填写的“${title}”`}
            和上传的文件会立即从服务器上删除，不能恢复。没有提交的申请不会被办理。
          </p>
        }
        action={`${NEW}/deletion`}
        label="删除草稿"
        tone="danger"
        backHref={NEW}
      />
    </PortalPage>
  );
}

/** A question with fields. */
export function QuestionPage(props: {
  step: DraftStep;
  answers: DraftAnswers;
  errors?: Errors;
  savedAt: Date | null;
  /** Back to the review after this one. */
  fromReview: boolean;
}) {
  const { step, answers, errors = {}, savedAt, fromReview } = props;
  const organisation = step === 'identity' && answers.kind !== 'natural-person';
  return (
    <StepPage
      step={step}
      errors={errors}
      savedAt={savedAt}
      {...(organisation && { question: '申请单位的名称和联系人' })}
    >
      <div data-request-checks={`${stepHref(step)}/check`}>
        <Form
          action={`${stepHref(step)}${fromReview ? '?from=review' : ''}`}
          autosave={`${stepHref(step)}/draft`}
        >
          <FieldsOf step={step} answers={answers} errors={errors} />
          <FormActions>
            <Button tone="primary">{fromReview ? '保存并返回核对' : '保存并继续'}</Button>
          </FormActions>
        </Form>
      </div>
    </StepPage>
  );
}

/** What is public already; one click leads to it. */
export function PublicStepPage(props: { title: string; hits: readonly PublicHit[]; savedAt: Date | null }) {
  const { title, hits, savedAt } = props;
  const none = hits.length === 0;
  return (
    <StepPage
      step="public"
      savedAt={savedAt}
      {...(none && { question: '没有找到已经公开的同类信息' })}
      lead={
        none
          ? `我们用“${title}”查了本站已经公开的信息，没有找到，请继续申请。`
          : '点开看看，有您要的就不用申请了；看完返回本页可以继续。'
      }
    >
      {!none && <AlreadyPublic hits={hits} />}
      <Form action={`${NEW}/found`} layout="bare">
        <FormActions>
          <LinkButton href={stepHref('who')} tone="primary" icon="arrow-right">
            {none ? '继续' : '没有我要的，继续申请'}
          </LinkButton>
          {!none && <Button>找到了，不用申请了</Button>}
        </FormActions>
      </Form>
    </StepPage>
  );
}

/** Files to go with the form; what is chosen is kept at once. */
export function FilesPage(props: {
  files: readonly DraftFile[];
  errors?: Errors;
  savedAt: Date | null;
  maxBytes: number;
}) {
  const { files, errors = {}, savedAt, maxBytes } = props;
  const full = files.length >= MAX_DRAFT_FILES;
  return (
    <StepPage step="files" errors={errors} savedAt={savedAt}>
      {files.length > 0 && (
        <ul class="request-files">
          {files.map((file) => (
            <li key={file.id}>
              <Icon name="paperclip" />
              <span class="request-file-name">{file.name}</span>
              <span class="quiet">
                {file.kind === 'identity' ? '身份证明' : '附件'}，{formatBytes(file.bytes)}
              </span>
              <Form action={`${stepHref('files')}/${file.id}/removal`} layout="bare">
                <Button small>
                  删除<span class="visually-hidden">“{file.name}”</span>
                </Button>
              </Form>
            </li>
          ))}
        </ul>
      )}
      <Form action={stepHref('files')} multipart>
        {full ? (
          <Alert>已有 {MAX_DRAFT_FILES} 个文件，不能再加。需要更换的，请先删除。</Alert>
        ) : (
          <>
            <RadioField
              name="kind"
              label="这是什么文件"
              value="attachment"
              inline
              options={[
                { value: 'attachment', label: '与申请有关的材料' },
                { value: 'identity', label: '身份证明' },
              ]}
            />
            <FileField
              name="file"
              label="选择文件（选填）"
              help={`可以上传${ATTACHMENTS_ACCEPTED}；一共最多 ${MAX_DRAFT_FILES} 个，每个不超过 ${formatBytes(maxBytes)}。文件加密保存。`}
              error={errors.file}
              multiple
            />
          </>
        )}
        <FormActions>
          <Button tone="primary" name="next" value="review">
            继续
          </Button>
          {!full && (
            <Button name="next" value="files" icon="upload">
              上传所选文件
            </Button>
          )}
        </FormActions>
      </Form>
    </StepPage>
  );
}

/** The questions after this one, or the review. */
export function stepAfter(step: DraftStep): DraftStep {
  return draftStepKeys[draftStepKeys.indexOf(step) + 1] ?? 'review';
}

export function isStep(name: string): name is DraftStep {
  return Object.hasOwn(draftSteps, name);
}
