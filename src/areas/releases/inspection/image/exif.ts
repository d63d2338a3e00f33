/** What the EXIF block of a picture tells, as kinds of tags; positions are bytes of the block. */
export interface ExifFacts {
  orientation: number;
  gps: boolean;
  thumbnail: boolean;
  /** Camera, time, program: names of tags in words. */
  camera: string[];
  /** Who took it, serial numbers, remarks. */
  personal: string[];
  damaged: boolean;
}

const CAMERA: Readonly<Record<number, string>> = {
  271: '厂商',
  272: '型号',
  305: '软件',
  306: '时间',
  36867: '拍摄时间',
  36868: '数字化时间',
  33434: '曝光',
  42036: '镜头',
};
const PERSONAL: Readonly<Record<number, string>> = {
  270: '说明',
  315: '作者',
  316: '计算机',
  33432: '版权',
  37510: '备注',
  37500: '厂商私有数据',
  40091: '标题',
  40092: '备注',
  40093: '作者',
  40094: '关键字',
  40095: '主题',
  42016: '图像编号',
  42032: '所有者',
  42033: '机身序列号',
  42037: '镜头序列号',
};
const ORIENTATION = 0x0112;
const GPS = 0x8825;
const MAX_TAGS = 2000;

/** `block` starts with the byte order of the TIFF header. */
export function readExif(block: Uint8Array): ExifFacts {
  const facts: ExifFacts = {
    orientation: 1,
    gps: false,
    thumbnail: false,
    camera: [],
    personal: [],
    damaged: false,
  };
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const little = block[0] === 0x49;
  const u16 = (at: number) => view.getUint16(at, little);
  const u32 = (at: number) => view.getUint32(at, little);
  let tags = 0;
  const seen = new Set<number>();
  const directory = (at: number): number => {
    if (seen.has(at)) return 0;
    seen.add(at);
    const count = u16(at);
    for (let index = 0; index < count; index++) {
      tags += 1;
      if (tags > MAX_TAGS) throw new RangeError('too many tags');
      const entry = at + 2 + index * 12;
      const tag = u16(entry);
      if (tag === ORIENTATION) facts.orientation = u16(entry + 8);
      else if (tag === GPS) facts.gps = u16(u32(entry + 8)) > 0;
      else if (tag === 0x8769 || tag === 0xa005) directory(u32(entry + 8));
      else if (CAMERA[tag]) facts.camera.push(CAMERA[tag]);
      else if (PERSONAL[tag]) facts.personal.push(PERSONAL[tag]);
    }
    return at + 2 + count * 12 + 4 <= block.length ? u32(at + 2 + count * 12) : 0;
  };
  try {
    const next = directory(u32(4));
    facts.thumbnail = next > 0;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    facts.damaged = true;
  }
  return facts;
}

/** An EXIF block that says how to turn the picture, and nothing else. */
export function orientationOnly(orientation: number): Uint8Array {
  const block = Buffer.alloc(26);
  block.write('MM', 0, 'latin1');
  block.writeUInt16BE(42, 2);
  block.writeUInt32BE(8, 4);
  block.writeUInt16BE(1, 8);
  block.writeUInt16BE(ORIENTATION, 10);
  block.writeUInt16BE(3, 12);
  block.writeUInt32BE(1, 14);
  block.writeUInt16BE(orientation, 18);
  return block;
}

/** What is found in an EXIF block. `mend` takes the whole block away but for its orientation. */
export function exifDiscoveries(block: Uint8Array, at: string, mend: () => void) {
  const facts = readExif(block);
  const found: {
    kind: 'gps-position' | 'camera-data' | 'image-metadata' | 'image-thumbnail';
    evidence: string[];
  }[] = [];
  if (facts.gps) found.push({ kind: 'gps-position', evidence: [] });
  if (facts.thumbnail) found.push({ kind: 'image-thumbnail', evidence: [] });
  if (facts.personal.length > 0 || facts.damaged) {
    found.push({ kind: 'image-metadata', evidence: [...new Set(facts.personal)].slice(0, 5) });
  }
  if (facts.camera.length > 0) {
    found.push({ kind: 'camera-data', evidence: [...new Set(facts.camera)].slice(0, 5) });
  }
  return { facts, discoveries: found.map((discovery) => ({ ...discovery, at, place: '图片', mend })) };
}
