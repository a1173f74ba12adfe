/** Whose ground it is, by what the public is told of the register group. */
import { PARCELS } from '../../../catalogue/parcels.ts';
import type { ParcelFact } from '../facts.ts';
import { type Draft, notAssessedBecause, type Rule } from '../rule.ts';

const HOLDER_WORDS = new Map(
  PARCELS.properties
    .find(({ name }) => name === 'public_holder')
    ?.codelist?.map(({ code, label }) => [code, label]),
);

/** Whose ground it is, never whose by name: groups of others than public bodies are told together. */
function holderDraft({ id, isRegistered, publicHolder }: ParcelFact): Draft {
  if (!isRegistered) {
    return notAssessedBecause(
      'Narysowany obszar nie jest działką rejestru.',
      'A drawn area is no parcel of the register.',
    );
  }
  const holder = publicHolder === null ? undefined : HOLDER_WORDS.get(publicHolder);
  if (!holder) {
    return notAssessedBecause(
      'Rejestr nie podaje grupy rejestrowej tej działki.',
      'The register gives no register group of this parcel.',
    );
  }
  return {
    state: 'applies',
    reason: {
      pl: `Gruntem włada ${holder.pl}.`,
      en: `The ground is held by ${holder.en}.`,
    },
    objects: [id],
    reduced: {
      pl: 'Dokładną grupę (1–16) widzą pracownicy w karcie działki. Właścicieli nie pokazuje się nikomu.',
      en: 'Staff see the exact group (1–16) on the card of the parcel. Owners are shown to nobody.',
    },
  };
}

export const REGISTER_GROUP_RULES: readonly Rule[] = [
  {
    id: 'register-group',
    category: 'register',
    title: { pl: 'Grupa rejestrowa', en: 'Register group' },
    provisions: ['EG-GR'],
    needs: ['parcels'],
    find: ({ parcel }) => [holderDraft(parcel)],
  },
];
