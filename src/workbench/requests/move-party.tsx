import type { CaseView, ConsultedParty } from '../../areas/requests/index.ts';
import { TextField } from '../../ui/index.ts';
import type { Errors, Given } from '../request.ts';

/** To whom a letter of the case goes: name, address, contact. */
export function PartyFields({ given, errors }: { given: Given; errors: Errors }) {
  return (
    <>
      <TextField
        name="name"
        label="单位名称"
        value={given('name')}
        error={errors.name}
        maxlength={100}
        autocomplete="off"
        required
      />
      <div class="field-row field-row-wide">
        <TextField
          name="address"
          label="地址"
          value={given('address')}
          error={errors.address}
          maxlength={200}
          autocomplete="off"
        />
        <TextField
          name="postcode"
          label="邮政编码"
          value={given('postcode')}
          error={errors.postcode}
          maxlength={6}
          inputmode="numeric"
          autocomplete="off"
        />
      </div>
      <TextField
        name="contact"
        label="联系方式"
        value={given('contact')}
        error={errors.contact}
        maxlength={100}
        autocomplete="off"
      />
    </>
  );
}

/** What was typed into them, with what the letter is about. */
export const partyGiven = (given: Given): ConsultedParty => ({
  name: given('name'),
  address: given('address'),
  postcode: given('postcode'),
  contact: given('contact'),
  information: given('information'),
});

export const partyName = ({ parties: known }: CaseView, id: number): string =>
  known.get(id)?.party?.name ?? '已销毁的名称';
