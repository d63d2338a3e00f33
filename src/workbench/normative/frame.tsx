import type { ComponentChildren } from 'preact';
import { type Validity, validities } from '../../areas/catalogue/index.ts';
import { Badge, Tabs, type Tone } from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { CHANGES, CLEAN_UPS, ENDING, NORMATIVE } from './addresses.ts';

const views = [
  { label: '登记簿', href: NORMATIVE },
  { label: '待审核的变更', href: CHANGES },
  { label: '有效期届满', href: ENDING },
  { label: '文件清理', href: CLEAN_UPS },
];

/** One of the views of the room. */
export function NormativeView(props: {
  view: string;
  lead?: string;
  actions?: ComponentChildren;
  /** How many changes wait for a decision. */
  waiting: number;
  children: ComponentChildren;
}) {
  const { view, lead, actions, waiting, children } = props;
  return (
    <WorkbenchPage title="规范性文件" current={NORMATIVE} lead={lead} actions={actions} wide>
      <Tabs
        label="规范性文件"
        items={views.map((one) => ({
          ...one,
          current: one.href === view,
          ...(one.href === CHANGES && waiting > 0 && { count: waiting }),
        }))}
      />
      {children}
    </WorkbenchPage>
  );
}

/** A page about one thing of the room. */
export function NormativePage(props: {
  title: string;
  under?: { label: string; href: string };
  lead?: string;
  state?: ComponentChildren;
  actions?: ComponentChildren;
  children: ComponentChildren;
}) {
  const { under, children, ...rest } = props;
  return (
    <WorkbenchPage
      current={NORMATIVE}
      breadcrumbs={[
        { label: '规范性文件', href: NORMATIVE },
        ...(under ? [under] : []),
        { label: props.title },
      ]}
      wide
      {...rest}
    >
      {children}
    </WorkbenchPage>
  );
}

const tones: Readonly<Record<Validity, Tone>> = {
  'in-force': 'success',
  amended: 'info',
  repealed: 'danger',
  expired: 'warning',
};

export function ValidityBadge({ validity }: { validity: Validity }) {
  return <Badge tone={tones[validity]}>{validities[validity]}</Badge>;
}
