import { Button, ErrorSummary, Form, FormActions, LinkButton, TextField } from '../../ui/index.ts';
import type { Errors } from '../request.ts';
import { WorkbenchPage } from '../shell.tsx';
import { DESK, NEW } from './addresses.ts';

export function NewIssuePage({ name, errors }: { name: string; errors: Errors }) {
  return (
    <WorkbenchPage
      title="新编一期"
      current={DESK}
      breadcrumbs={[{ label: '政府公报', href: DESK }, { label: '新编一期' }]}
      lead="期号和总期号在出版时给出，这里的名称只供编辑时辨认，不印在公报上。"
    >
      <ErrorSummary errors={errors} />
      <Form action={NEW}>
        <TextField
          name="name"
          label="名称"
          value={name}
          error={errors.name}
          width={20}
          maxlength={60}
          required
          help="例如“2018年二季度”。"
        />
        <FormActions>
          <Button tone="primary">开始编辑</Button>
          <LinkButton href={DESK}>返回</LinkButton>
        </FormActions>
      </Form>
    </WorkbenchPage>
  );
}
