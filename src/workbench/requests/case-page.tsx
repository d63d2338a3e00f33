import { type Applicant, type CaseView, requestStates } from '../../areas/requests/index.ts';
import type { Timeliness } from '../../law/index.ts';
import { Alert, ErrorSummary, formatDate, LinkButton } from '../../ui/index.ts';
import type { Errors } from '../request.ts';
import { bundleAddress, caseAddress, receiptAddress } from './case-addresses.ts';
import { CaseApplicant } from './case-applicant.tsx';
import { CaseClock, DueLight } from './case-clock.tsx';
import { Asked, Consultations, Extension, FeePart, ReasonsPart, Searches } from './case-documents.tsx';
import { CaseFiles, type FilesAdded } from './case-files.tsx';
import { CaseFrame, StateBadge } from './case-frame.tsx';
import { CaseHistory } from './case-history.tsx';
import { CaseLetters } from './case-letters.tsx';
import { CaseMoves } from './case-moves.tsx';
import type { OfficeNames } from './case-names.ts';
import type { GateStates } from './case-release.tsx';
import { CasePrecedents, Disputes, Feedback, Rectifications, ReplyPart } from './case-reply.tsx';
import { resultWords } from './case-results.ts';

export interface CasePageProps {
  view: CaseView;
  names: OfficeNames;
  /** Working days to the due date; null while none is counted. */
  left: number | null;
  timeliness: Timeliness | null;
  gate: GateStates;
  revealed: Applicant | null;
  may: Readonly<Record<'reveal' | 'add' | 'remove' | 'redact' | 'dispatch', boolean>>;
  revealErrors?: Errors;
  adding: FilesAdded;
}

/** The case: what can be done on top, the facts at the left, documents in the middle, the acts at the right. */
export function CasePage(props: CasePageProps) {
  const { view, names, left, may } = props;
  const { id, title, number, resultCode } = view.case;
  const parts = { view, names };
  return (
    <CaseFrame
      view={view}
      title={title}
      state={
        <>
          <StateBadge view={view} />
          <DueLight view={view} left={left} />
        </>
      }
      lead={
        <>
          申请 {number}，{names.unit(view.case.unitId)}
          {view.case.handlerId !== null && ` ${names.person(view.case.handlerId)}`}
          {resultCode !== null && `，${resultWords(resultCode)}`}
        </>
      }
      actions={
        <>
          <LinkButton href={receiptAddress(id)} icon="receipt">
            回执
          </LinkButton>
          {may.reveal && (
            <LinkButton href={bundleAddress(id)} icon="file-zip">
              案卷 PDF
            </LinkButton>
          )}
        </>
      }
    >
      {Object.keys(props.adding.errors).length > 0 && <ErrorSummary errors={props.adding.errors} />}
      {view.disposal ? <Disposed disposal={view.disposal} /> : <CaseMoves view={view} />}
      <div class="case-columns">
        <div class="case-facts">
          <CaseClock view={view} timeliness={props.timeliness} />
          <CaseApplicant
            view={view}
            revealed={props.revealed}
            mayReveal={may.reveal}
            errors={props.revealErrors ?? {}}
          />
          <Related view={view} />
        </div>
        <div class="case-documents">
          <Asked {...parts} />
          <ReasonsPart {...parts} />
          <Searches {...parts} />
          <Consultations {...parts} />
          <Extension {...parts} />
          <FeePart {...parts} />
          <ReplyPart {...parts} />
          <CaseLetters view={view} mayDispatch={may.dispatch} />
          <CaseFiles
            view={view}
            mayAdd={may.add}
            mayRemove={may.remove}
            mayRedact={may.redact}
            mayCheck={may.remove}
            gate={props.gate}
            adding={props.adding}
          />
          <Rectifications {...parts} />
          <Disputes {...parts} />
          <Feedback {...parts} />
          <CasePrecedents {...parts} />
        </div>
        <section class="case-timeline" aria-labelledby="timeline-title">
          <h2 id="timeline-title">办理经过</h2>
          <CaseHistory items={view.timeline} />
        </section>
      </div>
    </CaseFrame>
  );
}

/** Says plainly that what was here is gone, since when, and who approved it. */
function Disposed({ disposal: { id, decidedByName, on } }: { disposal: NonNullable<CaseView['disposal']> }) {
  return (
    <Alert title={`本件材料已于${formatDate(on)}按保管期限销毁`}>
      申请人信息、申请内容、附件和文书内容已经销毁，由{decidedByName}批准（处置清单第 {id}{' '}
      号）；编号、日期、种类和结果保留。
    </Alert>
  );
}

/** Share of the titles that must agree before a request is called a repeat. */
const ALIKE = 0.3;

function Related({ view }: { view: CaseView }) {
  const repeats = view.repeats.filter(({ likeness }) => likeness >= ALIKE);
  if (view.siblings.length === 0 && repeats.length === 0) return null;
  return (
    <section class="case-part" aria-labelledby="related-title">
      <h2 id="related-title">相关申请</h2>
      {view.siblings.length > 0 && (
        <>
          <h3>同一申请表</h3>
          <ul class="related">
            {view.siblings.map((sibling) => (
              <li key={sibling.id}>
                <a href={caseAddress(sibling.id)}>{sibling.title}</a>
                <span class="help">
                  {sibling.number}，{requestStates[sibling.state].label}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {repeats.length > 0 && (
        <Alert tone="warning" title="可能是重复申请">
          <ul class="related">
            {repeats.map((repeat) => (
              <li key={repeat.id}>
                <a href={caseAddress(repeat.id)}>{repeat.title}</a>
                <span class="help">
                  {repeat.number}，{formatDate(repeat.submittedOn)}提交；{repeat.reasons.join('；')}
                </span>
              </li>
            ))}
          </ul>
        </Alert>
      )}
    </section>
  );
}
