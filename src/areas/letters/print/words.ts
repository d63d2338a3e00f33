import { printedCode } from '../content.ts';
import type { PrintableLetter } from './printable.ts';

/** What stands beside the QR picture. */
export function proofLines({ proof }: Pick<PrintableLetter, 'proof'>): string[] {
  if (proof === null) return ['草稿：没有编号，不产生效力。'];
  return [
    `核验真伪：扫描二维码，或者登录 ${proof.address.replace(/\/[^/]*$/, '')} 输入验证码。`,
    `验证码：${printedCode(proof.code)}`,
    `内容摘要（SM3）：${proof.digest}`,
  ];
}

/** At the foot of the second page and after. */
export function laterLine({ number, proof }: Pick<PrintableLetter, 'number' | 'proof'>): string {
  return proof === null ? '草稿' : `${number}　验证码 ${printedCode(proof.code)}`;
}
