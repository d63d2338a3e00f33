import { type CleanUp, cleanUpStates } from '../../areas/catalogue/index.ts';
import { Badge } from '../../ui/index.ts';
import { CLEAN_UPS } from './addresses.ts';

/** Where pages of clean-ups stand. */
export const underCleanUps = { label: '文件清理', href: CLEAN_UPS };

export function StateBadge({ cleanUp }: { cleanUp: CleanUp }) {
  const { label, tone } = cleanUpStates[cleanUp.state];
  return <Badge tone={tone}>{label}</Badge>;
}
