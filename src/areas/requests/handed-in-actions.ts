import { InvalidForm, Refusal } from '../../core/refusal.ts';
import type { SealedFiles } from '../../core/vault/index.ts';
import { hold, type RequestCtx } from './case-actions.ts';
import { takeCorrection } from './check-actions.ts';
import type { DraftFile } from './draft-actions.ts';
import { MAX_DRAFT_FILES } from './draft-rules.ts';
import type { NewFile } from './model.ts';
import { takeReasons } from './reasons-actions.ts';
import { takeRectification } from './rectification-actions.ts';
import { type CheckedUpload, sealUpload } from './sealed-upload.ts';
import { caseOfForm } from './track-actions.ts';
import { awaitedOf, fileKindOf, type HandedIn } from './tracking.ts';
import { dropWaiting, keepWaiting, waitingFiles, withWaiting } from './waiting-files.ts';

/** What an applicant hands something in for: his own form, one of its requests, and what it answers. */
export interface HandInPlace {
  formId: number;
  requestId: number;
  what: HandedIn;
}

const keyOf = ({ formId, requestId, what }: HandInPlace) => `track/${formId}/${requestId}/${what}`;

/**
 * Keeps a file of what is being handed in, before anything else of the form is judged.
 * @throws NotFound for a request of another form; InvalidForm when nothing is awaited or there are enough files
 */
export async function keepForHandIn(
  ctx: RequestCtx,
  sealedFiles: SealedFiles,
  place: HandInPlace,
  file: Omit<CheckedUpload, 'kind'>,
): Promise<void> {
  const request = await caseOfForm(ctx, place.formId, place.requestId);
  if (!awaitedOf(await hold(ctx, request)).includes(place.what)) throw new InvalidForm({ '': NOT_AWAITED });
  const kept = await sealUpload(ctx, sealedFiles, { ...file, kind: fileKindOf[place.what] });
  try {
    await keepWaiting(ctx, { key: keyOf(place), field: 'file', most: MAX_DRAFT_FILES }, [kept]);
  } catch (error) {
    await sealedFiles.remove(kept.sealedDigest);
    throw error;
  }
}

const NOT_AWAITED = '现在不能提交这份材料：可能已经收到，或者办理情况有了变化。';

/** The files that wait with it. */
export async function keptForHandIn(ctx: RequestCtx, place: HandInPlace): Promise<DraftFile[]> {
  return waitingFiles(ctx, keyOf(place));
}

export async function dropFromHandIn(ctx: RequestCtx, place: HandInPlace, id: number): Promise<void> {
  await dropWaiting(ctx, keyOf(place), id);
}

/** Hands it in with the files that wait, received today. @throws NotFound; InvalidForm, also when it is not awaited (any more) */
export async function handIn(ctx: RequestCtx, place: HandInPlace, text: string): Promise<void> {
  const { id } = await caseOfForm(ctx, place.formId, place.requestId);
  try {
    await withWaiting(ctx, keyOf(place), async (inside, files) => {
      await acts[place.what](inside, id, text, files);
      return { fresh: true };
    });
  } catch (error) {
    // What hinders the office in its words is of no use to him.
    if (error instanceof Refusal && error.status !== 404) throw new InvalidForm({ '': NOT_AWAITED });
    throw error;
  }
}

type Act = (ctx: RequestCtx, id: number, text: string, files: readonly NewFile[]) => Promise<unknown>;

const acts: Readonly<Record<HandedIn, Act>> = {
  correction: (ctx, id, text, files) => takeCorrection(ctx, { id }, { text, files }),
  reasons: (ctx, id, text, files) =>
    takeReasons(ctx, { id }, { text, files, answeredOn: ctx.clock.today().toString() }),
  rectification: (ctx, id, asked, files) =>
    atField('asked', () =>
      takeRectification(ctx, { id }, { asked, files, askedOn: ctx.clock.today().toString() }),
    ),
};

/** The page calls what is written `text`, whatever the act calls it. */
async function atField<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InvalidForm) || !(name in error.fields)) throw error;
    const { [name]: message = '', ...others } = error.fields;
    throw new InvalidForm({ ...others, text: message });
  }
}
