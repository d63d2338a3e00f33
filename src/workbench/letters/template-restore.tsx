import { defaultWording, templateLabel } from '../../areas/letters/index.ts';
import { Confirm } from '../../ui/index.ts';
import { TEMPLATES, templateAddress } from './addresses.ts';
import { RoomPage } from './room-page.tsx';

export function RestorePage({ templateKey, version }: { templateKey: string; version: number }) {
  const label = templateLabel(templateKey);
  const { title, body } = defaultWording(templateKey);
  return (
    <RoomPage
      title="恢复默认模板"
      view={TEMPLATES}
      breadcrumbs={[
        { label: '文书模板', href: TEMPLATES },
        { label, href: templateAddress(templateKey) },
        { label: '恢复默认' },
      ]}
    >
      <Confirm
        action={templateAddress(templateKey, '/default')}
        label="恢复默认"
        backHref={templateAddress(templateKey)}
        consequence={
          <>
            <p>“{label}”此后使用下面的默认措辞。本机关修改过的各个版本仍然保留，可以随时取回。</p>
            <div class="letter-source">
              <strong>{title}</strong>
              {body.split('\n').map((line, index) => (
                <p key={index}>{line}</p>
              ))}
            </div>
          </>
        }
      >
        <input type="hidden" name="base" value={version} />
      </Confirm>
    </RoomPage>
  );
}
