import { readJpegHead } from './jpeg-head.ts';

export interface PictureSize {
  width: number;
  height: number;
  format: 'png' | 'jpg';
}

/** Size of a PNG or JPEG as its header tells it, before anything is unpacked; null for whatever else. */
export function pictureSize(type: string, bytes: Uint8Array): PictureSize | null {
  if (type === 'image/png') {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.length < 24 || view.getUint32(0) !== 0x89504e47) return null;
    return sound({ width: view.getUint32(16), height: view.getUint32(20), format: 'png' });
  }
  const head = type === 'image/jpeg' ? readJpegHead(bytes) : null;
  return head && { width: head.width, height: head.height, format: 'jpg' };
}

const sound = (size: PictureSize): PictureSize | null => (size.width > 0 && size.height > 0 ? size : null);
