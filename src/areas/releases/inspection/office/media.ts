import type { Discovery, OpenedFile } from '../finding.ts';
import { openImage } from '../image/index.ts';
import type { OfficePackage } from './package.ts';

/** What the pictures of an Office file carry along. */
export function mediaDiscoveries(pkg: OfficePackage): Discovery[] {
  return pkg
    .names()
    .filter((name) => /\.(jpe?g|png|gif|webp)$/i.test(name))
    .flatMap((name) => {
      const image = openImage(pkg.bytes(name));
      return image ? ofPicture(pkg, name, image) : [];
    });
}

function ofPicture(pkg: OfficePackage, name: string, image: OpenedFile): Discovery[] {
  return image.discoveries.map((discovery) => ({
    ...discovery,
    at: `${name}!${discovery.at}`,
    place: `图片“${name.split('/').at(-1)}”`,
    mend:
      discovery.mend &&
      (async () => {
        await discovery.mend?.();
        // It may have gone with the sheet or the shape that showed it.
        if (pkg.has(name)) pkg.setBytes(name, await image.save());
      }),
  }));
}
