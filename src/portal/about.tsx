import { Facts, usePage } from '../ui/index.ts';
import { PortalPage } from './shell.tsx';

export function AboutPage() {
  const { agency } = usePage();
  const { site } = agency;
  const contact = [
    { label: '主办单位', value: site.host ?? agency.name },
    { label: '承办单位', value: site.undertaker },
    { label: '联系电话', value: site.phone },
    { label: '电子邮箱', value: site.email && <a href={`mailto:${site.email}`}>{site.email}</a> },
    { label: '地址', value: site.address },
    { label: '邮政编码', value: site.postcode },
    { label: '办公时间', value: site.officeHours },
    { label: '网站标识码', value: site.idCode },
    { label: '网站域名', value: site.domain },
  ].filter((item) => item.value);
  return (
    <PortalPage
      title="关于我们"
      width="reading"
      breadcrumbs={[{ label: '关于我们' }]}
      labels={{
        column: {
          name: '关于我们',
          description: '主办单位、联系方式、版权和无障碍浏览说明',
          keywords: '主办单位,联系方式,版权,无障碍',
          type: '概况信息',
        },
      }}
    >
      <div class="prose">
        <p>本站是{agency.name}公开政府信息的平台，依据《中华人民共和国政府信息公开条例》设立和管理。</p>
        <h2>联系方式</h2>
        <Facts items={contact} />
        <h2>无障碍浏览</h2>
        <ul>
          <li>页面顶部可以切换“长者版”和“高对比度”，选择会保留在您的设备上。</li>
          <li>全部功能都可以只用键盘操作，也可以用屏幕朗读软件阅读。</li>
          <li>页面可放大到 200%，在手机上阅读不需要左右拖动。</li>
          <li>不开启浏览器脚本也能阅读和下载全部内容。</li>
        </ul>
        <h2>版权</h2>
        <p>
          本站公开的政府信息可以自由查阅、复制和转载。转载时请注明来源“{site.name ?? agency.name}
          ”，不得改变原意。
        </p>
        <h2>个人信息</h2>
        <p>
          浏览本站不需要注册，不使用统计跟踪。本站只在您的设备上保存阅读方式（字号、对比度）；提出申请时，另存一个只用来找回草稿的标记。
        </p>
        <p>
          申请公开时填写的个人信息加密保存，只用于办理申请，办理人员每次查看都有记录，保管期满后销毁；没有提交的草稿
          7 天后自动删除。
        </p>
      </div>
    </PortalPage>
  );
}
