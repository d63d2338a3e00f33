import type { ChannelKind } from '../model.ts';
import type { Connector } from './model.ts';
import { wechatConnector } from './wechat.ts';
import { weiboConnector } from './weibo.ts';

export type Connectors = ReadonlyMap<ChannelKind, Connector>;

const TIMEOUT_MS = 20_000;

/** The platforms that the system can post to by itself. `at` is where they are, for trials. */
export function openConnectors(at: { wechat?: string; weibo?: string; timeoutMs?: number } = {}): Connectors {
  const timeoutMs = at.timeoutMs ?? TIMEOUT_MS;
  const connectors = [
    wechatConnector({ base: at.wechat ?? 'https://api.weixin.qq.com', timeoutMs }),
    weiboConnector({ base: at.weibo ?? 'https://api.weibo.com', timeoutMs }),
  ];
  return new Map(connectors.map((connector) => [connector.kind, connector]));
}
