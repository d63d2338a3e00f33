import type { Vault } from '../../core/vault/index.ts';
import { maskIdentityNumber } from '../../law/index.ts';
import type { Applicant, FormContent } from './model.ts';

/** Digests by which an applicant is found again; without the key they tell nothing. */
export interface ApplicantDigests {
  name: string | null;
  identity: string | null;
  contacts: string[];
}

export const applicantPlace = (agencyId: number, number: string) => `request-applicant/${agencyId}/${number}`;
export const contentPlace = (agencyId: number, number: string) => `request-content/${agencyId}/${number}`;

export function sealApplicant(vault: Vault, agencyId: number, number: string, applicant: Applicant): string {
  return vault.seal(JSON.stringify(applicant), applicantPlace(agencyId, number));
}

export function openApplicant(vault: Vault, agencyId: number, number: string, sealed: string): Applicant {
  return JSON.parse(vault.open(sealed, applicantPlace(agencyId, number))) as Applicant;
}

export function sealContent(vault: Vault, agencyId: number, number: string, content: FormContent): string {
  return vault.seal(JSON.stringify(content), contentPlace(agencyId, number));
}

export function openContent(vault: Vault, agencyId: number, number: string, sealed: string): FormContent {
  return JSON.parse(vault.open(sealed, contentPlace(agencyId, number))) as FormContent;
}

/** A short text that belongs to one request, sealed: what was asked, an opinion, a finding. */
export function sealNote(vault: Vault, agencyId: number, place: string, text: string): string {
  return vault.seal(text, notePlace(agencyId, place));
}

export function openNote(vault: Vault, agencyId: number, place: string, sealed: string): string {
  return vault.open(sealed, notePlace(agencyId, place));
}

/** Where a short text belongs, e.g. `correction/17`. */
export const notePlace = (agencyId: number, place: string) => `request-note/${agencyId}/${place}`;

export function digestsOf(vault: Vault, applicant: Applicant): ApplicantDigests {
  const { name, identityNumber, phone, email } = applicant;
  const contacts = [
    ...(phone === '' ? [] : [vault.digest('phone', plainPhone(phone))]),
    ...(email === '' ? [] : [vault.digest('email', plainEmail(email))]),
  ];
  return {
    name: name === '' ? null : vault.digest('name', plainName(name)),
    identity: identityNumber === '' ? null : vault.digest('identity', plainIdentity(identityNumber)),
    contacts,
  };
}

/** Every digest that a name, number, phone or address typed into a search may have, under every known key. */
export function digestsToFind(vault: Vault, typed: string): string[] {
  return [
    ...vault.digests('name', plainName(typed)),
    ...vault.digests('identity', plainIdentity(typed)),
    ...vault.digests('phone', plainPhone(typed)),
    ...vault.digests('email', plainEmail(typed)),
  ];
}

const plainName = (text: string) =>
  text
    .normalize('NFKC')
    .replaceAll(/[\s·•]/gu, '')
    .toLowerCase();
const plainIdentity = (text: string) => text.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase();
const plainPhone = (text: string) =>
  text
    .normalize('NFKC')
    .replaceAll(/\D/g, '')
    .replace(/^86(?=1\d{10}$)/, '');
const plainEmail = (text: string) => text.normalize('NFKC').trim().toLowerCase();

/** As lists and screens show an applicant: 张*、昆明**公司, 530***********1234. */
export function maskedApplicant(applicant: Applicant): Applicant {
  return {
    ...applicant,
    name: maskName(applicant.name, applicant.kind === 'natural-person'),
    identityNumber: maskIdentityNumber(applicant.identityNumber),
    identityNote: '',
    representative: maskName(applicant.representative, true),
    contactPerson: maskName(applicant.contactPerson, true),
    phone: maskTail(applicant.phone),
    email: maskEmail(applicant.email),
    address: applicant.address === '' ? '' : `${[...applicant.address].slice(0, 3).join('')}***`,
    postcode: applicant.postcode === '' ? '' : '******',
  };
}

/** 张*; of an organisation a little of its beginning and end. */
export function maskName(name: string, person: boolean): string {
  const letters = [...name];
  if (letters.length === 0) return '';
  if (person) return `${letters[0]}${'*'.repeat(Math.max(1, letters.length - 1))}`;
  return letters.length <= 4
    ? `${letters[0]}***`
    : `${letters.slice(0, 2).join('')}***${letters.slice(-2).join('')}`;
}

export const maskEmail = (address: string) => address.replace(/^(.)[^@]*/u, '$1***');

const maskTail = (text: string) =>
  text.length < 7 ? '*'.repeat(text.length) : `${text.slice(0, 3)}****${text.slice(-4)}`;

const NUMBERS = /(?<!\d)(\d{17}[\dXx]|\d{15}|1[3-9]\d{9}|\d{16,19}|0\d{2,3}-?\d{7,8})(?!\d)/g;
const EMAILS = /[\w.+-]+@[\w-]+(\.[\w-]+)+/g;

/** A title as everybody may read it: the applicant's own name, numbers and addresses taken out. */
export function publicTitle(title: string, applicant: Applicant): string {
  let plain = title.replaceAll(NUMBERS, '***').replaceAll(EMAILS, '***');
  for (const own of [applicant.name, applicant.representative, applicant.contactPerson]) {
    if ([...own].length >= 2) plain = plain.replaceAll(own, '申请人');
  }
  return [...plain].slice(0, 200).join('');
}

/** Two-character pieces, for finding alike titles whatever their order; bounded. */
export function gramsOf(text: string): string[] {
  const letters = [
    ...text
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]/gu, ''),
  ].slice(0, 200);
  return [...new Set(letters.slice(1).map((letter, index) => `${letters[index]}${letter}`))];
}
