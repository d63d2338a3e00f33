import type { Room } from '../room.ts';
import { GalleryDrawer } from './drawer.tsx';
import { GalleryPage } from './page.tsx';

/** Every part in each of its states, for those who build pages. Not listed in production. */
export function galleryRoom(): Room {
  return {
    key: 'gallery',
    nav: [],
    routes: async (server) => {
      server.get('/workbench/gallery', (_request, reply) => reply.page(<GalleryPage />));
      server.get('/workbench/gallery/drawer', (request, reply) =>
        request.headers['hx-request'] === 'true'
          ? reply.fragment(<GalleryDrawer fragment />)
          : reply.page(<GalleryDrawer />),
      );
    },
  };
}
