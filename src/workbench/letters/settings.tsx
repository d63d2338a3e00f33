import { type Series, series } from '../../areas/letters/index.ts';
import {
  Alert,
  Button,
  Card,
  CheckField,
  ErrorSummary,
  FieldGroup,
  Form,
  FormActions,
  RadioField,
  TextField,
} from '../../ui/index.ts';
import { LETTER_SETTINGS } from './addresses.ts';
import { RoomPage } from './room-page.tsx';

export type LetterSettingsFields = Record<
  'prefix' | 'reconsideration' | 'court' | 'bodiesRequired' | 'dateForm' | `word-${Series}`,
  string
>;

export function LetterSettingsPage(props: {
  given: LetterSettingsFields;
  year: number;
  errors?: Readonly<Record<string, string>>;
  mayWrite: boolean;
}) {
  const { given, year, errors, mayWrite } = props;
  const field = <Name extends keyof LetterSettingsFields>(name: Name) => ({
    name,
    value: given[name],
    error: errors?.[name],
    disabled: !mayWrite,
  });
  return (
    <RoomPage
      title="文书设置"
      view={LETTER_SETTINGS}
      lead="文书怎样编号、落款，答复书告知申请人向哪里申请复议和起诉。修改只影响此后签发的文书。"
    >
      <ErrorSummary errors={errors} />
      {(!given.reconsideration || !given.court) && (
        <Alert tone="warning" title="还没有写明复议机关或者管辖法院">
          <p>
            答复书现在只能写“有管辖权的行政复议机关”“有管辖权的人民法院”。没有告知复议机关和期限的，申请人申请复议的期限从其知道之日起计算，最长一年（《行政复议法》第二十条）。
          </p>
        </Alert>
      )}
      <Form action={LETTER_SETTINGS} guard>
        <Card title="救济告知">
          <div class="form-stacked">
            <TextField
              {...field('reconsideration')}
              label="行政复议机关"
              width={40}
              maxlength={100}
              help="受理对本机关行政复议申请的人民政府，写全称。"
            />
            <TextField
              {...field('court')}
              label="管辖法院"
              width={40}
              maxlength={100}
              help="一审管辖法院，写全称；当地实行集中管辖的，写集中管辖的法院。"
            />
            <CheckField
              name="bodiesRequired"
              label="没有写明这两个机关时，不能签发答复书"
              checked={given.bodiesRequired === '1'}
              disabled={!mayWrite}
              help="不勾选的，签发前只作提示。"
            />
          </div>
        </Card>
        <Card title="发文字号">
          <div class="form-stacked">
            <TextField
              {...field('prefix')}
              label="机关代字"
              width={20}
              maxlength={15}
              help={`例如“昆高政公开”，文号就是“昆高政公开告〔${year}〕1号”。`}
            />
            <FieldGroup legend="各类文书的代字" help="接在机关代字后面，每类不同，各自从1号起编。">
              {(Object.keys(series) as Series[]).map((key) => (
                <TextField
                  key={key}
                  {...field(`word-${key}`)}
                  label={series[key].label}
                  width={4}
                  maxlength={4}
                />
              ))}
            </FieldGroup>
            <RadioField
              {...field('dateForm')}
              label="成文日期的写法"
              options={[
                { value: 'digits', label: '2026年11月27日（GB/T 9704-2012）' },
                { value: 'han', label: '二〇二六年十一月二十七日' },
              ]}
            />
          </div>
        </Card>
        {mayWrite && (
          <FormActions>
            <Button tone="primary">保存文书设置</Button>
          </FormActions>
        )}
      </Form>
    </RoomPage>
  );
}
