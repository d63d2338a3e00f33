import type { ComponentChildren } from 'preact';
import {
  applicantKinds,
  type Challenge,
  type Draft,
  type DraftFile,
  type DraftStep,
  deliveryWays,
  wantedForms,
} from '../../areas/requests/index.ts';
import { Alert, Button, Facts, Form, FormActions, formatBytes, usePage } from '../../ui/index.ts';
import { StepPage, stepHref } from './step-page.tsx';

const identityKinds: Readonly<Record<string, string>> = {
  resident: '居民身份证',
  uscc: '统一社会信用代码',
  passport: '护照',
  other: '其他证件',
};

/** Everything once more, each part with its way back, and the one button that sends it. */
export function ReviewPage(props: {
  draft: Draft;
  files: readonly DraftFile[];
  savedAt: Date | null;
  challenge: Challenge;
  slowSeconds: number;
  /** Why it was not sent. */
  refusal?: string;
}) {
  const { draft, files, savedAt, challenge, slowSeconds, refusal } = props;
  const { assets } = usePage();
  const { answers } = draft;
  const person = answers.kind === 'natural-person';
  return (
    <StepPage step="review" savedAt={savedAt}>
      {refusal && (
        <Alert tone="warning" title="还没有提交" live>
          {refusal}
        </Alert>
      )}
      <Part title="要哪些信息" step="what">
        <Facts
          items={[
            { label: '名称', value: answers.title },
            { label: '具体描述', value: <span class="request-text">{answers.content}</span> },
            ...given('文号', answers.documentNumber),
            ...given('用途', answers.purpose),
          ]}
        />
      </Part>
      <Part title="申请人" step="identity">
        <Facts
          items={[
            { label: '类别', value: applicantKinds[answers.kind as keyof typeof applicantKinds] },
            { label: person ? '姓名' : '名称', value: answers.name },
            { label: identityKinds[answers.identityKind] ?? '证件', value: answers.identityNumber },
            ...given('代码说明', answers.identityNote),
            ...(person ? [] : given('法定代表人', answers.representative)),
            ...(person ? [] : given('联系人', answers.contactPerson)),
          ]}
        />
      </Part>
      <Part title="获取方式" step="delivery">
        <Facts
          items={[
            { label: '形式', value: wantedForms[answers.wantedForm as keyof typeof wantedForms] },
            { label: '方式', value: deliveryWays[answers.deliveryWay as keyof typeof deliveryWays] },
            ...given('需要的帮助', answers.needsHelp),
          ]}
        />
      </Part>
      <Part title="联系方式" step="contact">
        <Facts
          items={[
            ...given('电话', answers.phone),
            ...given('电子邮箱', answers.email),
            ...given('通信地址', answers.address),
            ...given('邮政编码', answers.postcode),
          ]}
        />
      </Part>
      <Part title="附件" step="files">
        {files.length === 0 ? (
          <p>没有附件</p>
        ) : (
          <ul class="request-files">
            {files.map((file) => (
              <li key={file.id}>
                <span class="request-file-name">{file.name}</span>
                <span class="quiet">
                  {file.kind === 'identity' ? '身份证明' : '附件'}，{formatBytes(file.bytes)}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Part>
      <section class="request-next">
        <h2>接下来</h2>
        <p>
          提交后马上得到申请编号和查询码。我们自收到申请之日起 20
          个工作日内答复，您可以随时查看进度、补正或者撤回。
        </p>
      </section>
      <Form action={stepHref('review')} id="request-send">
        <input
          type="hidden"
          name="challenge"
          value={challenge.text}
          data-request-challenge={challenge.bits}
          data-request-worker={`/assets/request-proof.js?v=${assets}`}
        />
        <input type="hidden" name="solution" value="" />
        <div data-request-slow>
          <Alert>
            您的浏览器没有运行脚本，也可以提交：为防止机器批量提交，从开始填写起满 {slowSeconds}{' '}
            秒才能提交，每小时每个网络地址最多 5 件。
          </Alert>
        </div>
        <FormActions>
          <Button tone="primary" icon="send">
            提交申请
          </Button>
          <span class="quiet" role="status" data-request-proof-note />
        </FormActions>
      </Form>
    </StepPage>
  );
}

const given = (label: string, value: string) => (value.trim() === '' ? [] : [{ label, value }]);

function Part(props: { title: string; step: DraftStep; children: ComponentChildren }) {
  return (
    <section class="request-part">
      <header>
        <h2>{props.title}</h2>
        <a href={`${stepHref(props.step)}?from=review`}>
          修改<span class="visually-hidden">{props.title}</span>
        </a>
      </header>
      {props.children}
    </section>
  );
}
