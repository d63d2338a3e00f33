import { type Finding, severities, wordHeadings } from '../../areas/reviews/index.ts';
import {
  Badge,
  Button,
  Card,
  ErrorSummary,
  FileField,
  Form,
  FormActions,
  LinkButton,
  TextArea,
} from '../../ui/index.ts';
import type { Errors } from '../request.ts';
import { WorkbenchPage } from '../shell.tsx';
import { DICTIONARIES, IMPORT, TRIAL, wordAddress } from './request.ts';

const crumbs = (label: string) => [{ label: '内容检查词典', href: DICTIONARIES }, { label }];

/** A text tried against the dictionaries; nothing of it is kept. `findings` is null before anything was tried. */
export function TrialPage(props: { text: string; findings: readonly Finding[] | null; errors?: Errors }) {
  const { text, findings, errors } = props;
  const told = (findings ?? []).filter(({ kind }) => kind !== 'rest').length;
  return (
    <WorkbenchPage
      title="试查"
      current={DICTIONARIES}
      breadcrumbs={crumbs('试查')}
      lead="贴一段文字，看词典会查出什么。文字不保存。"
    >
      <ErrorSummary errors={errors} />
      <Form action={TRIAL} label="试查">
        <TextArea
          name="text"
          label="文字"
          value={text}
          error={errors?.text}
          rows={8}
          maxlength={20_000}
          required
        />
        <FormActions>
          <Button tone="primary">查一查</Button>
          <LinkButton href={DICTIONARIES}>返回</LinkButton>
        </FormActions>
      </Form>
      {findings !== null && (
        <Card title="查出的内容">
          <p role="status">
            {findings.length === 0
              ? '没有查出问题。'
              : `查出 ${told} 处${findings.length > told ? '以上' : ''}。`}
          </p>
          {findings.length > 0 && (
            <ol class="scan-findings">
              {findings.map((finding) => (
                <li key={finding.key} class={`scan-finding scan-${finding.severity}`}>
                  <p class="scan-head">
                    <Badge tone={severities[finding.severity].tone}>
                      {severities[finding.severity].label}
                    </Badge>{' '}
                    {/^[da]:/.test(finding.entry) ? (
                      <a href={wordAddress(finding.entry)}>{finding.label}</a>
                    ) : (
                      finding.label
                    )}
                  </p>
                  <p>
                    <q class="scan-excerpt">
                      {finding.excerpt.before}
                      <mark>{finding.excerpt.found}</mark>
                      {finding.excerpt.after}
                    </q>
                  </p>
                  {finding.fixes.length > 0 && (
                    <p>{`建议：${finding.fixes.map(({ label }) => label).join('；')}`}</p>
                  )}
                  <p class="help">{finding.explanation}</p>
                </li>
              ))}
            </ol>
          )}
        </Card>
      )}
    </WorkbenchPage>
  );
}

/** Words from a file. */
export function ImportPage({ error }: { error?: string }) {
  return (
    <WorkbenchPage
      title="导入词典"
      current={DICTIONARIES}
      breadcrumbs={crumbs('导入')}
      lead="已有的词按文件修改，没有的增加；有一行不合格就全部不导入。"
      actions={
        <LinkButton href={`${DICTIONARIES}/words.csv`} icon="download" download>
          导出现有词典作模板
        </LinkButton>
      }
    >
      <ErrorSummary errors={error ? { file: error } : {}} />
      <Form action={IMPORT} multipart>
        <FileField
          name="file"
          label="XLSX 或 CSV 文件"
          help={`表头：${Object.values(wordHeadings).join('、')}，次序不限，至少有“类别”和“错误写法”。多个词用顿号隔开，最多 5000 行。`}
          error={error}
          accept=".xlsx,.csv"
          required
        />
        <FormActions>
          <Button tone="primary">导入</Button>
          <LinkButton href={DICTIONARIES}>返回</LinkButton>
        </FormActions>
      </Form>
    </WorkbenchPage>
  );
}
