import { listStaff, listUnits, type StaffMember, type Unit } from '../../areas/organisations/index.ts';
import type { RequestCtx } from '../../areas/requests/index.ts';
import { type Option, SelectField } from '../../ui/index.ts';
import type { Given } from '../request.ts';

/** The units that can be put to work, and who handles cases in them. */
export interface Office {
  units: Unit[];
  handlers: StaffMember[];
}

export async function officeOf({ db, agencyId, clock }: RequestCtx): Promise<Office> {
  const today = clock.today().toString();
  const [units, staff] = await Promise.all([
    listUnits(db, agencyId, { openOn: today }),
    listStaff(db, agencyId, { on: today }),
  ]);
  const handlers = staff.filter(
    ({ roles, unitId }) => unitId !== null && roles.some(({ role }) => handles(role)),
  );
  return { units, handlers };
}

const handles = (role: string) => role === 'case-handler' || role === 'disclosure-officer';

const unitOptions = ({ units }: Office): Option[] =>
  units.map(({ id, name }) => ({ value: String(id), label: name }));

/** Everybody who may handle, with the unit before the name; without script the server asks that they fit. */
const handlerOptions = ({ units, handlers }: Office): Option[] =>
  handlers
    .map(({ id, name, unitId }) => ({
      value: String(id),
      label: `${units.find((unit) => unit.id === unitId)?.name ?? ''} ${name}`,
    }))
    .sort((a, b) => a.label.localeCompare(b.label, 'zh-CN'));

/** A unit and who of it handles the case. `suffix` tells the rows of one form apart. */
export function UnitFields(props: {
  office: Office;
  given: Given;
  errors: Readonly<Record<string, string>>;
  suffix?: string;
  unitLabel?: string;
  blank?: string;
  required?: boolean;
}) {
  const { office, given, errors, suffix = '', unitLabel = '承办部门', required } = props;
  return (
    <div class="field-row">
      <SelectField
        name={`unitId${suffix}`}
        label={unitLabel}
        blank={props.blank ?? '请选择部门'}
        value={given(`unitId${suffix}`)}
        error={errors[`unitId${suffix}`]}
        options={unitOptions(office)}
        required={required}
      />
      <SelectField
        name={`handlerId${suffix}`}
        label="承办人"
        blank="由部门自行确定"
        value={given(`handlerId${suffix}`)}
        error={errors[`handlerId${suffix}`]}
        options={handlerOptions(office)}
      />
    </div>
  );
}
