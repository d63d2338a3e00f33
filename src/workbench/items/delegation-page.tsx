import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import type { App } from '../../app.ts';
import {
  type Delegation,
  delegationsInSight,
  lendReviews,
  mayLend,
  revokeReviews,
} from '../../areas/catalogue/index.ts';
import { listStaff, may } from '../../areas/organisations/index.ts';
import { InvalidForm } from '../../core/refusal.ts';
import {
  Badge,
  Button,
  Card,
  DateField,
  Empty,
  ErrorSummary,
  Form,
  formatDate,
  type Option,
  SelectField,
  Table,
} from '../../ui/index.ts';
import type { Errors, Given } from '../request.ts';
import { WorkbenchPage } from '../shell.tsx';
import { DELEGATIONS, ITEMS } from './addresses.ts';
import { doing, type ItemCtx, idIn, itemCtx, numberOrNull, postedIn } from './request.ts';

/** 代为审查: who reviews for whom while somebody is away. */
export const delegationRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(DELEGATIONS, (request, reply) => show(itemCtx(app, request), reply));

    server.post(DELEGATIONS, async (request, reply) => {
      const ctx = itemCtx(app, request);
      const { given } = postedIn(request);
      try {
        await lendReviews(ctx, {
          toId: numberOrNull(given('toId')),
          fromOn: given('fromOn'),
          toOn: given('toOn'),
        });
      } catch (error) {
        if (!(error instanceof InvalidForm)) throw error;
        return show(ctx, reply, { given, errors: error.fields });
      }
      reply.flash('success', '已委托，对方会收到通知。');
      return reply.redirect(DELEGATIONS, 303);
    });

    server.post(`${DELEGATIONS}/:delegation/revocation`, (request, reply) =>
      doing(
        reply,
        0,
        async () => {
          await revokeReviews(itemCtx(app, request), idIn(request, 'delegation'));
          return '已收回委托。';
        },
        DELEGATIONS,
      ),
    );
  };

async function show(ctx: ItemCtx, reply: FastifyReply, refused?: { given: Given; errors: Errors }) {
  const { actor } = ctx;
  const own = actor.kind === 'staff' ? actor.staffId : 0;
  const [delegations, people] = await Promise.all([
    delegationsInSight(ctx),
    listStaff(ctx.db, ctx.agencyId, { on: ctx.clock.today().toString() }),
  ]);
  const options = people
    .filter(({ id }) => id !== own)
    .map(({ id, name, unitName }) => ({ value: String(id), label: `${name}（${unitName}）` }));
  const page = (
    <DelegationPage
      delegations={delegations}
      people={options}
      own={own}
      everybody={may(actor, 'catalogue.review-final')}
      mayLend={mayLend(ctx)}
      today={ctx.clock.today().toString()}
      {...refused}
    />
  );
  return reply.page(page, refused ? 422 : 200);
}

function DelegationPage(props: {
  delegations: readonly Delegation[];
  people: Option[];
  own: number;
  everybody: boolean;
  mayLend: boolean;
  today: string;
  given?: Given;
  errors?: Errors;
}) {
  const { delegations, today, given, errors } = props;
  return (
    <WorkbenchPage
      title="代为审查"
      current={ITEMS}
      lead="不在岗的日子，请同事代为审查。对方自己写过的、您自己写过的稿件仍由别人审查；每次代审都注明。"
      breadcrumbs={[{ label: '公开信息', href: ITEMS }, { label: '代为审查' }]}
    >
      <ErrorSummary errors={errors} />
      {props.mayLend && (
        <Card title="委托同事">
          <Form action={DELEGATIONS}>
            <SelectField
              name="toId"
              label="代为审查的同事"
              blank="请选择"
              value={given?.('toId')}
              options={props.people}
              error={errors?.toId}
              required
            />
            <DateField
              name="fromOn"
              label="从"
              value={given?.('fromOn') ?? today}
              error={errors?.fromOn}
              required
            />
            <DateField
              name="toOn"
              label="到"
              value={given?.('toOn')}
              min={today}
              error={errors?.toOn}
              required
            />
            <Button tone="primary">委托</Button>
          </Form>
        </Card>
      )}
      {delegations.length === 0 ? (
        <Empty title="没有委托" />
      ) : (
        <Table
          caption="委托"
          captionHidden={false}
          stack
          columns={[
            { label: '委托人' },
            { label: '代审人' },
            { label: '日期' },
            { label: '状态' },
            { label: '操作', labelHidden: true },
          ]}
        >
          {delegations.map((one) => (
            <tr key={one.id}>
              <td data-label="委托人">{one.fromName}</td>
              <td data-label="代审人">{one.toName}</td>
              <td data-label="日期">{`${formatDate(one.fromOn)}至${formatDate(one.toOn)}`}</td>
              <td data-label="状态">
                <State one={one} today={today} />
              </td>
              <td>
                {one.revokedOn === null &&
                  one.toOn >= today &&
                  (props.everybody || one.fromId === props.own) && (
                    <Form action={`${DELEGATIONS}/${one.id}/revocation`} layout="bare">
                      <Button small>{`收回${one.toName}的代审`}</Button>
                    </Form>
                  )}
              </td>
            </tr>
          ))}
        </Table>
      )}
    </WorkbenchPage>
  );
}

function State({ one, today }: { one: Delegation; today: string }) {
  if (one.revokedOn !== null) return <Badge>{`${formatDate(one.revokedOn)}收回`}</Badge>;
  if (one.toOn < today) return <Badge>已结束</Badge>;
  return one.fromOn > today ? <Badge tone="info">未开始</Badge> : <Badge tone="success">进行中</Badge>;
}
