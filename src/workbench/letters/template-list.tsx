import {
  defaultWording,
  type TemplateVersion,
  templateKeys,
  templateLabel,
} from '../../areas/letters/index.ts';
import { Badge, Card, formatDateTime, Table } from '../../ui/index.ts';
import { TEMPLATES, templateAddress } from './addresses.ts';
import { RoomPage } from './room-page.tsx';

const groups = [
  { title: '通知和告知', of: (key: string) => !key.startsWith('reply:') },
  { title: '答复书（2019年5月15日以后收到的申请）', of: (key: string) => key.startsWith('reply:B') },
  { title: '答复书（2019年5月14日以前收到的申请）', of: (key: string) => key.startsWith('reply:A') },
];

export function TemplateListPage({ changed }: { changed: ReadonlyMap<string, TemplateVersion> }) {
  return (
    <RoomPage
      title="文书模板"
      view={TEMPLATES}
      lead="每种文书的默认措辞都可以改成本机关的措辞。已经签发的文书不会随之改变。"
    >
      {groups.map((group) => (
        <Card key={group.title} title={group.title} flush>
          <Table
            caption={group.title}
            stack
            columns={[{ label: '文书' }, { label: '标题' }, { label: '现用措辞' }]}
          >
            {templateKeys.filter(group.of).map((key) => (
              <tr key={key}>
                <td data-label="文书">
                  <a href={templateAddress(key)}>{templateLabel(key)}</a>
                </td>
                <td data-label="标题">{changed.get(key)?.title ?? defaultWording(key).title}</td>
                <td data-label="现用措辞">
                  <Standing version={changed.get(key)} />
                </td>
              </tr>
            ))}
          </Table>
        </Card>
      ))}
    </RoomPage>
  );
}

function Standing({ version }: { version: TemplateVersion | undefined }) {
  if (!version || version.body === null) return <Badge>默认</Badge>;
  return (
    <>
      <Badge tone="info">第{version.version}版</Badge>{' '}
      <span class="quiet">
        {version.byName}，{formatDateTime(version.at)}
      </span>
    </>
  );
}
