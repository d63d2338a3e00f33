import { Button, Card, Form, FormActions, RadioField, TextArea } from '../../ui/index.ts';
import type { Errors, Given } from '../request.ts';

/** What a second person decides, on an issue or on a correction of one. */
export function ReviewForm(props: {
  action: string;
  results: Readonly<Record<'passed' | 'refused', string>>;
  help: string;
  given: Given;
  errors: Errors;
}) {
  const { action, results, help, given, errors } = props;
  return (
    <Card title="审核">
      <Form action={action}>
        <RadioField
          name="result"
          label="审核结果"
          value={given('result')}
          error={errors.result}
          required
          options={Object.entries(results).map(([value, label]) => ({ value, label }))}
        />
        <TextArea
          name="opinion"
          label="审核意见"
          value={given('opinion')}
          error={errors.opinion}
          rows={3}
          maxlength={1000}
          help={help}
        />
        <FormActions>
          <Button tone="primary">提交审核结果</Button>
        </FormActions>
      </Form>
    </Card>
  );
}
