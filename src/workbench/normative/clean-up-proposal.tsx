import { type CleanUp, type CleanUpDocument, cleanUpProposals } from '../../areas/catalogue/index.ts';
import {
  Button,
  Card,
  Confirm,
  ErrorSummary,
  Form,
  FormActions,
  formatDate,
  LinkButton,
  RadioField,
  TextArea,
  TextField,
} from '../../ui/index.ts';
import type { Errors, Given } from '../request.ts';
import { cleanUpAddress } from './addresses.ts';
import { NormativePage, ValidityBadge } from './frame.tsx';

/** What is to become of one document. */
export function ProposalPage(props: {
  cleanUp: CleanUp;
  document: CleanUpDocument;
  given?: Given;
  errors?: Errors;
}) {
  const { cleanUp, document, given, errors } = props;
  return (
    <NormativePage
      title={document.title}
      under={{ label: cleanUp.name, href: cleanUpAddress(cleanUp.id) }}
      lead={`${document.documentNumber}，${document.unitName}，${formatDate(document.formedOn)}成文`}
      state={<ValidityBadge validity={document.validity} />}
    >
      <ErrorSummary errors={errors} />
      <Card title="清理意见">
        <Form action={cleanUpAddress(cleanUp.id, `/documents/${document.itemId}`)}>
          <RadioField
            name="proposal"
            label="建议"
            required
            value={given?.('proposal') ?? document.proposal}
            error={errors?.proposal}
            options={[
              { value: 'keep', label: cleanUpProposals.keep, help: '继续有效。' },
              {
                value: 'amend',
                label: cleanUpProposals.amend,
                help: '由这次清理的决定修改个别条款，继续有效。',
              },
              {
                value: 'repeal',
                label: cleanUpProposals.repeal,
                help: '与上位法抵触、被新文件代替或者不适应实际。',
              },
              {
                value: 'expire',
                label: cleanUpProposals.expire,
                help: '适用期已过、调整对象消失或者任务已经完成。',
              },
            ]}
          />
          <TextArea
            name="ground"
            label="理由（保留的可以不写）"
            rows={3}
            maxlength={500}
            value={given?.('ground') ?? document.ground}
            error={errors?.ground}
          />
          <TextField
            name="replacement"
            label="代替它的文件"
            width={40}
            maxlength={100}
            help="已公开文件的索引号或者发文字号；没有的留空。"
            value={given?.('replacement') ?? document.replacementNumber}
            error={errors?.replacement}
          />
          <FormActions>
            <Button tone="primary">保存清理意见</Button>
            <LinkButton href={cleanUpAddress(cleanUp.id)}>返回清单</LinkButton>
          </FormActions>
        </Form>
      </Card>
    </NormativePage>
  );
}

export function CancelCleanUpPage({ cleanUp }: { cleanUp: CleanUp }) {
  return (
    <NormativePage title="取消清理" under={{ label: cleanUp.name, href: cleanUpAddress(cleanUp.id) }}>
      <Confirm
        tone="danger"
        consequence={<p>{`取消“${cleanUp.name}”后，已经提出的意见不再办理，各文件的有效性不变。`}</p>}
        action={cleanUpAddress(cleanUp.id, '/cancellation')}
        label="取消清理"
        backHref={cleanUpAddress(cleanUp.id)}
      />
    </NormativePage>
  );
}
