import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { figureRegistry, type ReportCtx } from './annual-report/index.ts';
import { reportJobs } from './annual-report/jobs.ts';
import { openReading, type Reading } from './annual-report/reading/thread/index.ts';
import {
  openRenderedFiles,
  openRendering,
  type RenderedFiles,
  type Rendering,
} from './annual-report/rendering/index.ts';
import { answerErrors } from './answer-errors.tsx';
import { apiFace, measureRequests } from './api/index.ts';
import { type Accounts, openAccounts } from './areas/accounts/index.ts';
import {
  type AttachmentReading,
  attachmentJobs,
  catalogueFigures,
  catalogueJobs,
  importJobs,
  openAttachmentReading,
} from './areas/catalogue/index.ts';
import { type Connectors, channelFigures, channelJobs, openConnectors } from './areas/channels/index.ts';
import { filedReportJobs } from './areas/filed-reports/index.ts';
import { type GazettePrinting, gazetteJobs, openGazettePrinting } from './areas/gazette/index.ts';
import { type LetterPrinting, openLetterPrinting } from './areas/letters/index.ts';
import { notificationJobs } from './areas/notifications/index.ts';
import { type Agency, portalAgency } from './areas/organisations/index.ts';
import { disposeRedactions, openRedactor, type Redactor, redactionJobs } from './areas/redactions/index.ts';
import { registerFigures } from './areas/registers/index.ts';
import { disposeReleases, type Inspecting, openInspecting } from './areas/releases/index.ts';
import { disposalJobs, draftJobs, mailJobs, requestFigures, requestJobs } from './areas/requests/index.ts';
import { monthlyReturns, returnEvidence, returnJobs, sumReturns } from './areas/returns/index.ts';
import { reviewJobs } from './areas/reviews/index.ts';
import type { Config } from './config.ts';
import { type Clock, instantOf, systemClock } from './core/clock.ts';
import { type Connection, connect } from './core/db.ts';
import type { Figure } from './core/figure.ts';
import { type FileStore, openFiles } from './core/files.ts';
import { buildHttpServer } from './core/http/server.ts';
import { type Job, type Jobs, openJobs } from './core/jobs.ts';
import { openLog } from './core/log.ts';
import { type Mailer, openMail } from './core/mail.ts';
import { openScanner, type Scanner } from './core/uploads/index.ts';
import {
  enrolKeys,
  openSealedFiles,
  openVault,
  type SealedFiles,
  type Vault,
  vaultJobs,
} from './core/vault/index.ts';
import { demonstrationJobs } from './demonstration/report-set/load.ts';
import { demonstrationRequestJobs } from './demonstration/requests/load.ts';
import { ledgerJobs } from './ledger/index.ts';
import { apiPage } from './portal/api/page.tsx';
import { portalFace } from './portal/face.tsx';
import { keptPortalPages } from './portal/kept.ts';
import { searchJobs } from './rebuild-search.ts';
import { type Assets, assetsRoutes, bundleAssets } from './ui/assets.ts';
import { decoratePages } from './ui/reply.tsx';
import { workbenchFace } from './workbench/face.tsx';

/** Everything opened once per process; faces and jobs are built from it. */
export interface App {
  config: Config;
  connection: Connection;
  clock: Clock;
  log: Logger;
  figures: ReadonlyMap<string, Figure>;
  /** Where the annual report counts and looks for evidence. */
  reportSources: ReportCtx['sources'];
  accounts: Accounts;
  files: FileStore;
  /** Seals personal data and finds equal values of it. */
  vault: Vault;
  /** Files of applicants: only sealed content reaches the disk. */
  sealedFiles: SealedFiles;
  /** What everybody sends passes it before it is kept. */
  scanner: Scanner;
  /** Renders reports in a thread of its own, so that no page waits for a Word document. */
  rendering: Rendering;
  /** What was rendered of signed reports, kept on disk. */
  renderedFiles: RenderedFiles;
  /** Reads published reports of other agencies in a thread of its own: their files may be anything. */
  reading: Reading;
  /** Draws and covers files that are disclosed in part, in a thread of its own: they may be anything. */
  redactor: Redactor;
  /** Inspects and cleans files before they leave, in a thread of its own: they may be anything. */
  inspecting: Inspecting;
  /** Reads what public attachments say, in a thread of its own: they may be anything. */
  attachmentReading: AttachmentReading;
  /** Lays out letters and forms in a thread of its own. */
  letterPrinting: LetterPrinting;
  /** Lays out issues of the gazette in a thread of its own: two hundred documents take their time. */
  gazettePrinting: GazettePrinting;
  /** Posts to accounts on other platforms. */
  connectors: Connectors;
  mail: Mailer;
  jobs: Jobs<App>;
  assets: Assets;
  /** The agency whose portal this host name shows. */
  portalAgency(host: string): Promise<Agency | null>;
  close(): Promise<void>;
}

const jobs: readonly Job<App>[] = [
  ...ledgerJobs,
  ...notificationJobs,
  ...vaultJobs,
  ...returnJobs,
  ...reportJobs,
  ...filedReportJobs,
  ...draftJobs,
  ...requestJobs,
  ...mailJobs,
  ...disposalJobs([disposeRedactions, disposeReleases]),
  ...redactionJobs,
  ...catalogueJobs,
  ...importJobs,
  ...attachmentJobs,
  ...reviewJobs,
  ...channelJobs,
  ...gazetteJobs,
  ...searchJobs,
  ...demonstrationJobs,
  ...demonstrationRequestJobs,
];

/**
 * Opens the application on a migrated database. Close it before the database server is released.
 * @throws SetupFault when the database holds data sealed by a key that the settings lack
 */
export async function openApp(config: Config, databaseUrl: string, clock: Clock = systemClock): Promise<App> {
  const log = openLog(config);
  const connection = connect(databaseUrl);
  const vault = openVault(config.dataKeys);
  await enrolKeys(connection.db, vault, instantOf(clock)).catch(async (error) => {
    await connection.close();
    throw error;
  });
  const files = openFiles(`${config.varDir}/files`, { maxBytes: config.maxUploadBytes });
  const figures = figureRegistry([
    ...catalogueFigures,
    ...channelFigures,
    ...registerFigures,
    ...requestFigures,
  ]);
  const queue = openJobs<App>(connection, jobs, log);
  const mail = openMail(config);
  const rendering = openRendering();
  const reading = openReading();
  const redactor = openRedactor();
  const inspecting = openInspecting();
  const attachmentReading = openAttachmentReading();
  const letterPrinting = openLetterPrinting();
  const gazettePrinting = openGazettePrinting();
  return {
    config,
    connection,
    clock,
    log,
    figures,
    reportSources: { figures, sumReturns, returnEvidence, monthlyReturns },
    accounts: await openAccounts({ connection, config, clock }),
    files,
    vault,
    sealedFiles: openSealedFiles(files, vault),
    scanner: openScanner(config, log),
    rendering,
    renderedFiles: openRenderedFiles(`${config.varDir}/rendered`, rendering),
    reading,
    redactor,
    inspecting,
    attachmentReading,
    letterPrinting,
    gazettePrinting,
    connectors: openConnectors(),
    mail,
    jobs: queue,
    assets: await bundleAssets(),
    portalAgency: (host) => portalAgency(connection.db, host),
    async close() {
      // First, while pages can still be built for those who wait for a file.
      await Promise.all(
        [rendering, reading, redactor, inspecting, attachmentReading, letterPrinting, gazettePrinting].map(
          (thread) => thread.close(),
        ),
      );
      await queue.close();
      mail.close();
      await connection.close();
    },
  };
}

/** The HTTP server with all three faces on one application. */
export async function buildServer(app: App): Promise<FastifyInstance> {
  const { config } = app;
  const server = await buildHttpServer({
    secret: config.secret,
    https: config.publicUrl.startsWith('https://'),
    trustProxy: config.trustProxy,
    maxUploadBytes: config.maxUploadBytes,
    requestsPerMinute: config.environment === 'test' ? null : 600,
    logger: config.environment === 'test' ? false : app.log,
    keptPages: keptPortalPages(app),
  });
  await server.register(measureRequests);
  decoratePages(server);
  answerErrors(server, app);
  await server.register(assetsRoutes(app.assets));
  await server.register(apiFace(app, apiPage));
  await server.register(portalFace(app));
  await server.register(workbenchFace(app));
  return server;
}
