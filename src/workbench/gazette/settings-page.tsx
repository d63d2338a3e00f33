import type { GazetteSettingsForm } from '../../areas/gazette/index.ts';
import {
  Alert,
  Button,
  Card,
  ErrorSummary,
  Form,
  FormActions,
  LinkButton,
  TextArea,
  TextField,
} from '../../ui/index.ts';
import type { Errors } from '../request.ts';
import { WorkbenchPage } from '../shell.tsx';
import { DESK, SETTINGS } from './addresses.ts';

/** How the gazette is named, divided and numbered. */
export function SettingsPage(props: {
  form: GazetteSettingsForm;
  errors: Errors;
  /** An issue came out: first numbers count for nothing any more. */
  begun: boolean;
  mayWrite: boolean;
}) {
  const { form, errors, begun, mayWrite } = props;
  const field = (name: keyof GazetteSettingsForm, locked = false) => ({
    name,
    value: form[name],
    error: errors[name],
    disabled: !mayWrite || locked,
  });
  return (
    <WorkbenchPage
      title="公报规则"
      current={DESK}
      breadcrumbs={[{ label: '政府公报', href: DESK }, { label: '公报规则' }]}
      lead="对今后出版的各期生效；已经出版的保持原样。"
    >
      <ErrorSummary errors={errors} />
      <Form action={SETTINGS} guard>
        <Card title="名称和栏目">
          <div class="form-stacked">
            <TextField
              {...field('title')}
              label="公报名称"
              width={40}
              maxlength={40}
              required
              help="印在封面上的红色大字，例如“昆明市人民政府公报”。"
            />
            <TextField {...field('host')} label="主办" width={40} maxlength={60} />
            <TextField {...field('editor')} label="编辑" width={40} maxlength={60} />
            <TextArea
              {...field('sections')}
              label="栏目"
              rows={8}
              maxlength={1000}
              required
              help="每行一个，按这里的顺序编排和刊登。"
            />
          </div>
        </Card>
        <Card title="期号">
          {begun ? (
            <Alert>已经出版过公报，期号和总期号从上一期接着编，不能再改起始号。</Alert>
          ) : (
            <div class="form-stacked">
              <TextField
                {...field('firstYear', begun)}
                label="第一期的年份"
                inputmode="numeric"
                width={8}
                maxlength={4}
                suffix="年"
                help="以前已有公报的，填写在本系统出版的第一期的年份和号数；新办的公报从第 1 期、总第 1 号开始。"
              />
              <TextField
                {...field('firstNumber', begun)}
                label="第一期的期号"
                inputmode="numeric"
                width={8}
                maxlength={3}
                suffix="期"
              />
              <TextField
                {...field('firstTotal', begun)}
                label="第一期的总期号"
                inputmode="numeric"
                width={8}
                maxlength={5}
                suffix="号"
              />
            </div>
          )}
        </Card>
        {mayWrite && (
          <FormActions>
            <Button tone="primary">保存公报规则</Button>
            <LinkButton href={DESK}>返回</LinkButton>
          </FormActions>
        )}
      </Form>
    </WorkbenchPage>
  );
}
