import { stat } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { type Accounts, openAccounts } from './areas/accounts/index.ts';
import { type Agency, portalAgency } from './areas/organisations/index.ts';
import { registerFigures } from './areas/registers/index.ts';
import { monthlyReturns, returnEvidence, sumReturns } from './areas/returns/index.ts';
import type { ReportCtx } from './annual-report/index.ts';
import { figureRegistry } from './annual-report/index.ts';
import { apiFace } from './api/index.ts';
import type { Config } from './config.ts';
import { type Clock, systemClock } from './core/clock.ts';
import { type Connection, connect } from './core/db.ts';
import type { Figure } from './core/figure.ts';
import { type FileStore, openFiles } from './core/files.ts';
import { explain } from './core/http/errors.ts';
import { buildHttpServer } from './core/http/server.ts';
import { type Jobs, openJobs } from './core/jobs.ts';
import { openLog } from './core/log.ts';
import { type Mailer, openMail } from './core/mail.ts';
import { allJobs } from './jobs.ts';
import { portalFace } from './portal/face.tsx';
import { type Assets, assetsRoutes, bundleAssets } from './ui/assets.ts';
import { ErrorPage } from './ui/error-page.tsx';
import { decoratePages } from './ui/reply.tsx';
import { workbenchFace } from './workbench/face.tsx';

/** Everything opened once per process; the faces and jobs are built from it. */
export interface App {
  config: Config;
  connection: Connection;
  clock: Clock;
  figures: ReadonlyMap<string, Figure>;
  /** Where the annual report counts and looks for evidence. */
  reportSources: ReportCtx['sources'];
  accounts: Accounts;
  files: FileStore;
  mail: Mailer;
  jobs: Jobs;
  assets: Assets;
  portalAgency(host: string): Promise<Agency | null>;
  close(): Promise<void>;
}
