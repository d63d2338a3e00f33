import { create, toBuffer } from 'qrcode';

/** The address as a QR picture in SVG, one path, with the quiet zone the standard asks for. */
export function qrSvg(address: string): string {
  const { modules } = create(address, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  let path = '';
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) if (modules.get(y, x)) path += `M${x + 4} ${y + 4}h1v1h-1z`;
  }
  const side = size + 8;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}"><rect width="${side}" height="${side}" fill="#fff"/><path d="${path}"/></svg>`;
}

export function qrPng(address: string): Promise<Buffer> {
  return toBuffer(address, { errorCorrectionLevel: 'M', margin: 4, scale: 8 });
}
