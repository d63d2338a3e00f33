export interface PictureSize {
  width: number;
  height: number;
  format: 'png' | 'jpg';
}

/** Size of a PNG or JPEG as its header tells it, before anything is unpacked; null for whatever else. */
export function pictureSize(type: string, bytes: Uint8Array): PictureSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (type === 'image/png') {
    if (bytes.length < 24 || view.getUint32(0) !== 0x89504e47) return null;
    return sound({ width: view.getUint32(16), height: view.getUint32(20), format: 'png' });
  }
  return type === 'image/jpeg' ? jpegSize(view) : null;
}

/** From the first frame header (ITU-T T.81, B.2.2). */
function jpegSize(view: DataView): PictureSize | null {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 < view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const frame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (frame) return sound({ height: view.getUint16(at + 5), width: view.getUint16(at + 7), format: 'jpg' });
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

const sound = (size: PictureSize): PictureSize | null => (size.width > 0 && size.height > 0 ? size : null);
