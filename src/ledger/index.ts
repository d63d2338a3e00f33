export { canonicalJson, GENESIS, sm3 } from './chain.ts';
export { type Act, record } from './record.ts';
