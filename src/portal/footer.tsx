import { Icon, Once, usePage } from '../ui/index.ts';
import type { PageContext } from '../ui/page-context.ts';
import { FEED } from './feed.ts';
import { portalNavigation, sitePages } from './navigation.ts';

/** The bottom area that 国办发〔2017〕47号 requires. An identifier nobody has entered yet is left out, never invented. */
export function PortalFooter() {
  const { agency } = usePage();
  return (
    <footer class="portal-footer">
      <Once of={agency} name="footer" class="frame">
        {() => <FooterContent agency={agency} />}
      </Once>
    </footer>
  );
}

function FooterContent({ agency }: Pick<PageContext, 'agency'>) {
  const { site } = agency;
  const identifiers = [
    site.idCode && `网站标识码：${site.idCode}`,
    site.icp && `ICP备案：${site.icp}`,
    site.police && `公安备案：${site.police}`,
  ].filter((text) => text !== undefined && text !== '');
  return (
    <>
      <nav aria-label="页脚导航" class="footer-links">
        {[...sitePages, ...portalNavigation.slice(1)].map((page) => (
          <a key={page.href} href={page.href}>
            {page.label}
          </a>
        ))}
        <a href={FEED}>订阅更新（Atom）</a>
        {site.reportErrorUrl && <a href={site.reportErrorUrl}>我为政府网站找错</a>}
        <a href="/workbench">工作人员登录</a>
      </nav>
      <div class="footer-columns">
        <address class="footer-host">
          <p>主办单位：{site.host ?? agency.name}</p>
          {site.undertaker && <p>承办单位：{site.undertaker}</p>}
          {site.address && (
            <p>
              地址：{site.address}
              {site.postcode && `（邮编 ${site.postcode}）`}
            </p>
          )}
          {site.phone && <p>联系电话：{site.phone}</p>}
          {site.email && (
            <p>
              电子邮箱：<a href={`mailto:${site.email}`}>{site.email}</a>
            </p>
          )}
          {site.officeHours && <p>办公时间：{site.officeHours}</p>}
        </address>
        <div class="footer-identifiers">
          {identifiers.map((text) => (
            <p key={text}>{text}</p>
          ))}
          {site.partyMarkUrl && (
            <p>
              <a class="party-mark" href={site.partyMarkUrl}>
                <Icon name="shield-check" />
                党政机关网站标识
              </a>
            </p>
          )}
          {agency.demonstration && <p>本站为系统示例，页面中的人员与标题均为虚构。</p>}
        </div>
      </div>
    </>
  );
}
