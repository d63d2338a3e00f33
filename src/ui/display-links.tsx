import { displayHref } from './display.ts';
import { Icon } from './icon.tsx';
import { usePage } from './page-context.ts';

/** Larger type and stronger contrast, on and off, without script. */
export function DisplayLinks() {
  const { display, path } = usePage();
  return (
    <>
      <a href={displayHref({ large: !display.large }, path)} rel="nofollow">
        <Icon name="text-size" />
        {display.large ? '退出长者版' : '长者版'}
      </a>
      <a href={displayHref({ contrast: !display.contrast }, path)} rel="nofollow">
        <Icon name="contrast" />
        {display.contrast ? '标准对比度' : '高对比度'}
      </a>
    </>
  );
}
