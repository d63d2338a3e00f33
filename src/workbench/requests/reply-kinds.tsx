import { cite, type ReplyKind } from '../../law/index.ts';
import { shortened } from './case-law.ts';

export interface KindChoice {
  kind: ReplyKind;
  problem: string | null;
}

/** Every kind of reply the law of the request knows, by group; those not open now say why. */
export function KindChoices({
  choices,
  chosen,
  error,
}: {
  choices: readonly KindChoice[];
  chosen: string;
  error?: string;
}) {
  return (
    <fieldset class={error ? 'field field-invalid kind-choices' : 'field kind-choices'} id="field-kindCode">
      <legend class="label">这件申请怎样答复</legend>
      <p class="help">一件申请只有一个结果，统计时只计入这一类。</p>
      {error && <p class="field-error">{error}</p>}
      {[...Map.groupBy(choices, ({ kind }) => kind.group)].map(([group, members]) => (
        <div key={group} class="kind-group">
          {(members.length > 1 || members[0]?.kind.label !== group) && <p class="kind-group-name">{group}</p>}
          {members.map(({ kind, problem }) => (
            <div key={kind.code} class={problem ? 'choice kind-closed' : 'choice'}>
              <input
                id={`kind-${kind.code}`}
                type="radio"
                name="kindCode"
                value={kind.code}
                checked={chosen === kind.code && problem === null}
                disabled={problem !== null}
              />
              <label for={`kind-${kind.code}`}>
                {kind.label}
                <span class="help">{problem ?? groundsOf(kind)}</span>
              </label>
            </div>
          ))}
        </div>
      ))}
    </fieldset>
  );
}

/** The articles of a kind, without the name of the statute every one of them shares. */
export function groundsOf(kind: ReplyKind): string {
  const places = kind.cites.map((citation) => shortened(cite(citation)));
  const may = kind.discretionary ? '，可以不予公开' : '';
  return places.length > 0 ? `${places.join('、')}${may}` : '';
}
