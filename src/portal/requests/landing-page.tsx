import type { PublishedAnswer } from '../../areas/requests/index.ts';
import { Facts, formatDate, Icon, usePage } from '../../ui/index.ts';
import { PortalPage } from '../shell.tsx';
import { NEW, requestLabels } from './step-page.tsx';

/** How to ask for what is not public yet: two doors, every channel, the law in plain words, what others asked. */
export function LandingPage({ answers }: { answers: readonly PublishedAnswer[] }) {
  const { agency } = usePage();
  return (
    <PortalPage
      title="依申请公开"
      labels={requestLabels}
      breadcrumbs={[{ label: '依申请公开' }]}
      lead={`网站上没有的政府信息，可以向${agency.name}申请公开。`}
    >
      <ul class="doors request-doors">
        <Door href={NEW} icon="file-pencil" name="提出申请">
          网上填写，约 10 分钟，不用注册，提出申请不收费。
        </Door>
        <Door href="/requests/track" icon="list-search" name="查询进度">
          凭申请编号和查询码查看进度、下载答复、补正或者撤回。
        </Door>
        <Door href="/requests/answered" icon="messages" name="已公开的答复">
          别人申请过、已经向社会公开的内容，可以直接看。
        </Door>
      </ul>
      <div class="split request-landing">
        <div class="prose">
          <Channels />
          <LawInPlainWords />
        </div>
        <aside class="stack">
          <Office />
          {answers.length > 0 && <Recent answers={answers} />}
        </aside>
      </div>
    </PortalPage>
  );
}

function Door(props: { href: string; icon: string; name: string; children: string }) {
  return (
    <li>
      <a class="door" href={props.href}>
        <Icon name={props.icon} />
        <span class="door-words">
          <span class="door-name">{props.name}</span>
          <span class="door-note">{props.children}</span>
        </span>
      </a>
    </li>
  );
}

function Channels() {
  const { agency } = usePage();
  const { address, postcode, email, phone } = agency.site;
  return (
    <>
      <h2>申请的渠道</h2>
      <p>各种渠道效力相同，哪一种方便用哪一种。收到申请的日期按《条例》第三十一条确定：</p>
      <ul>
        <li>
          <strong>网上提交</strong>：在本站填写，双方确认之日为收到申请之日。
        </li>
        <li>
          <strong>当面提交</strong>
          ：到受理窗口提交或者口头申请，提交之日为收到申请之日。书写有困难的，工作人员代为填写。
        </li>
        <li>
          <strong>邮寄</strong>：
          {address
            ? `寄至${address}${postcode ? `（邮编${postcode}）` : ''}，信封注明“政府信息公开申请”。`
            : '信封注明“政府信息公开申请”。'}
          用挂号信或者邮政特快的，签收之日为收到申请之日；平信以双方确认之日为准。
        </li>
        <li>
          <strong>传真、电子邮件</strong>：{email ? `发至 ${email}，` : ''}
          双方确认之日为收到申请之日，发出后请来电确认{phone ? `（${phone}）` : ''}。
        </li>
      </ul>
    </>
  );
}

function LawInPlainWords() {
  return (
    <>
      <h2>法律怎么规定</h2>
      <dl class="request-law">
        <div>
          <dt>谁可以申请</dt>
          <dd>公民、法人和其他组织都可以，不需要说明用途，也不需要证明与自己有关。（第二十七条）</dd>
        </div>
        <div>
          <dt>要写什么</dt>
          <dd>
            姓名或者名称、身份证明、联系方式，想要的信息的名称、文号或者特征，以及想要的形式和方式。（第二十九条）
          </dd>
        </div>
        <div>
          <dt>写得不清楚怎么办</dt>
          <dd>
            7
            个工作日内一次性告知您补正，答复期限从收到补正起重新计算；没有正当理由逾期不补正的，视为放弃申请。（第三十条）
          </dd>
        </div>
        <div>
          <dt>多久答复</dt>
          <dd>
            能当场答复的当场答复；不能的，自收到申请之日起 20
            个工作日内答复。需要延长的，期限届满前告知您，最多延长 20
            个工作日。征求第三方和其他机关意见的时间不计算在内。（第三十三条）
          </dd>
        </div>
        <div>
          <dt>要不要钱</dt>
          <dd>不收费。申请的数量、频次明显超过合理范围的，可以按国家规定收取信息处理费。（第四十二条）</dd>
        </div>
        <div>
          <dt>什么情况不公开</dt>
          <dd>
            国家秘密，法律、行政法规禁止公开的，公开后危及国家安全、公共安全、经济安全、社会稳定的，不公开；公开会损害他人合法权益的，他人不同意且不涉及公共利益的不公开；内部事务、过程性信息和执法案卷可以不公开。不公开的要说明理由和依据；能区分处理的，其余部分照样公开。（第十四条至第十六条、第三十六条、第三十七条）
          </dd>
        </div>
        <div>
          <dt>对答复不服怎么办</dt>
          <dd>
            可以向上一级行政机关或者政府信息公开工作主管部门投诉、举报，也可以依法申请行政复议或者提起行政诉讼。答复书会写明途径和期限。（第五十一条）
          </dd>
        </div>
      </dl>
      <p class="quiet">
        条文出自《中华人民共和国政府信息公开条例》（国务院令第711号，2019年5月15日起施行）。
      </p>
    </>
  );
}

function Office() {
  const { agency } = usePage();
  const { site } = agency;
  const items = [
    { label: '受理机构', value: site.undertaker ?? site.host ?? agency.name },
    { label: '地址', value: site.address },
    { label: '办公时间', value: site.officeHours },
    {
      label: '电话',
      value: site.phone && <a href={`tel:${site.phone.replaceAll(/[^\d+-]/g, '')}`}>{site.phone}</a>,
    },
    { label: '电子邮箱', value: site.email && <a href={`mailto:${site.email}`}>{site.email}</a> },
  ].filter((item) => item.value);
  return (
    <section class="card" aria-labelledby="office">
      <header class="card-head">
        <h2 id="office">受理窗口</h2>
      </header>
      <div class="card-body">
        <Facts items={items} />
      </div>
    </section>
  );
}

function Recent({ answers }: { answers: readonly PublishedAnswer[] }) {
  return (
    <section class="card" aria-labelledby="recent">
      <header class="card-head">
        <h2 id="recent">最近公开的答复</h2>
        <a href="/requests/answered">全部</a>
      </header>
      <div class="card-body">
        <ul class="dated-list">
          {answers.map((answer) => (
            <li key={answer.id}>
              <a href={`/requests/answered/${answer.id}`}>{answer.title}</a>
              <time dateTime={answer.publishedOn}>{formatDate(answer.publishedOn)}</time>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
