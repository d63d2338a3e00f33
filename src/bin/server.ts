import { type App, buildServer } from '../app.ts';
import type { Config } from '../config.ts';
import { SetupFault } from '../core/setup-fault.ts';
import { anchorMovedHeads } from '../ledger/index.ts';
import { openInstallation } from './installation.ts';

export interface RunningServer {
  /** Where it listens, e.g. `http://127.0.0.1:8080`. */
  address: string;
  app: App;
  close(): Promise<void>;
}

/** Portal, workbench, API and jobs in one process. `prepare` runs before the first visitor is let in. */
export async function startServer(
  config: Config,
  prepare: (app: App) => Promise<void>,
): Promise<RunningServer> {
  const { app, close: closeInstallation } = await openInstallation(config);
  try {
    await prepare(app);
    await anchorMovedHeads(app);
    const http = await buildServer(app);
    const address = await http.listen({ host: config.host, port: config.port }).catch((error) => {
      throw listenFault(error, config);
    });
    await app.jobs.start(app);
    const close = async () => {
      await http
        .close()
        .then(() => anchorMovedHeads(app))
        .finally(closeInstallation);
    };
    return { address, app, close };
  } catch (error) {
    await closeInstallation();
    throw error;
  }
}

function listenFault(error: NodeJS.ErrnoException, { host, port }: Config): unknown {
  switch (error.code) {
    case 'EADDRINUSE':
      return new SetupFault(
        `端口 ${port} 已被占用：请先停止占用它的程序，或用 --port 换一个端口。 Port ${port} is in use; stop the program that holds it or choose another with --port.`,
      );
    case 'EACCES':
      return new SetupFault(
        `没有权限使用端口 ${port}：请用 --port 选 1024 以上的端口。 Port ${port} needs more rights; choose one above 1024 with --port.`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new SetupFault(
        `本机没有地址 ${host}：请用 --host 改为本机地址。 This machine has no address ${host}; choose another with --host.`,
      );
    default:
      return error;
  }
}
