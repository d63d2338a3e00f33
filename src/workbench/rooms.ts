import type { App } from '../app.ts';
import { accountRoom } from './account/index.ts';
import { calendarRoom } from './calendar/index.tsx';
import { channelsRoom } from './channels/index.ts';
import { columnsRoom } from './columns/index.tsx';
import { dictionariesRoom } from './dictionaries/index.tsx';
import { dutiesRoom } from './duties/index.ts';
import { filedReportsRoom } from './filed-reports/index.ts';
import { galleryRoom } from './gallery/index.tsx';
import { gazetteRoom } from './gazette/index.ts';
import { importsRoom } from './imports/index.ts';
import { itemsRoom } from './items/index.ts';
import { ledgerRoom } from './ledger/index.tsx';
import { lettersRoom } from './letters/index.ts';
import { normativeRoom } from './normative/index.tsx';
import { operationsRoom } from './operations/index.tsx';
import { organisationsRoom } from './organisations/index.ts';
import { redactionsRoom } from './redactions/index.ts';
import { registersRoom } from './registers/index.ts';
import { releasesRoom } from './releases/index.ts';
import { reportsRoom } from './reports/index.ts';
import { requestsRoom } from './requests/index.ts';
import { returnsRoom } from './returns/index.ts';
import type { Room } from './room.ts';
import { searchDeskRoom } from './search-desk/index.tsx';
import { settingsRoom } from './settings/index.tsx';

/** The rooms of the workbench, in the order of its navigation. */
export function roomsOf(app: App): Room[] {
  return [
    requestsRoom(app),
    itemsRoom(app),
    dutiesRoom(app),
    normativeRoom(app),
    columnsRoom(app),
    dictionariesRoom(app),
    channelsRoom(app),
    gazetteRoom(app),
    importsRoom(app),
    searchDeskRoom(app),
    redactionsRoom(app),
    releasesRoom(app),
    lettersRoom(app),
    returnsRoom(app),
    registersRoom(app),
    reportsRoom(app),
    filedReportsRoom(app),
    calendarRoom(app),
    ledgerRoom(app),
    organisationsRoom(app),
    settingsRoom(app),
    operationsRoom(app),
    accountRoom(app),
    ...(app.config.environment === 'production' ? [] : [galleryRoom()]),
  ];
}
