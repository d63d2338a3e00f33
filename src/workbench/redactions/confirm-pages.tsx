import { grounds, patterns, type RedactionView, type StillLegible } from '../../areas/redactions/index.ts';
import { Alert, bookTitle, Card, Confirm, Table } from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { deskAddress, REDACTIONS, redactionAddress } from './addresses.ts';
import { pageNumbers } from './words.ts';

const crumbs = (view: RedactionView, label: string) => [
  { label: '区分处理', href: REDACTIONS },
  { label: `第 ${view.id} 号`, href: redactionAddress(view.id) },
  { label },
];

/** A last look before the file is made: what is covered, what is still legible, what could not be searched. */
export function ExportPage({ view, left }: { view: RedactionView; left: readonly StillLegible[] }) {
  const byGround = [...Map.groupBy(view.boxes, ({ ground }) => ground)];
  const pictures = view.pages.flatMap(({ characters }, index) => (characters === 0 ? [index + 1] : []));
  return (
    <WorkbenchPage title="导出前检查" current={REDACTIONS} breadcrumbs={crumbs(view, '导出')}>
      {left.length > 0 && (
        <Alert tone="danger" title="还有疑似个人信息没有遮盖">
          <ul>
            {left.map(({ pattern, count, pages }) => (
              <li key={pattern}>
                {`${patterns[pattern]} ${count} 处：`}
                {pages.map((page) => (
                  <a key={page} class="redaction-page-link" href={deskAddress(view.id, page)}>
                    {`第 ${page} 页`}
                  </a>
                ))}
              </li>
            ))}
          </ul>
          依法应当公开的可以保留；继续导出将连同这一提示记入操作台账。
        </Alert>
      )}
      {pictures.length > 0 && (
        <Alert tone="warning" title="有的页没有经过文字检查">
          {`第 ${pageNumbers(pictures)} 页是图片，系统看不到其中的文字，请确认已经逐页看过。`}
        </Alert>
      )}
      {left.length === 0 && pictures.length === 0 && (
        <Alert tone="success" title="没有发现遗漏的证件号码、电话、银行卡号、邮箱和标明的姓名" />
      )}
      {view.boxes.length === 0 ? (
        <Alert tone="warning" title="这份文件没有遮盖任何内容" />
      ) : (
        <Card title={`共遮盖 ${view.boxes.length} 处`} flush>
          <Table
            caption="按依据统计"
            columns={[{ label: '依据' }, { label: '处数', numeric: true }, { label: '所在页' }]}
          >
            {byGround.map(([ground, boxes]) => (
              <tr key={ground}>
                <td>{`${grounds[ground].mark}　${grounds[ground].label}`}</td>
                <td class="numeric">{boxes.length}</td>
                <td>{pageNumbers(boxes.map(({ page }) => page))}</td>
              </tr>
            ))}
          </Table>
        </Card>
      )}
      <Confirm
        action={redactionAddress(view.id, '/export')}
        label="导出"
        backHref={redactionAddress(view.id)}
        consequence={`将生成一份新的 PDF，共 ${view.pages.length} 页和遮盖索引。每页都是重新绘制的图像，被遮盖的文字和图像不在其中，也不能恢复；原件不变。`}
      >
        <input type="hidden" name="version" value={view.version} />
      </Confirm>
    </WorkbenchPage>
  );
}

export function DisposalPage({ view }: { view: RedactionView }) {
  return (
    <WorkbenchPage title="销毁原件" current={REDACTIONS} breadcrumbs={crumbs(view, '销毁')}>
      <Confirm
        action={redactionAddress(view.id, '/disposal')}
        label="销毁"
        tone="danger"
        backHref={redactionAddress(view.id)}
        consequence={`${bookTitle(view.name)}的原件、遮盖结果和这里保存的 ${view.exports.length} 份处理后文件将从系统中删除，不能恢复。已放入案卷的文件和操作台账保留。`}
      >
        <input type="hidden" name="version" value={view.version} />
      </Confirm>
    </WorkbenchPage>
  );
}
