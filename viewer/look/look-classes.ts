/** Into which classes buildings fall by an attribute, and in which colours. */
import { BUILDING_STATES } from '../../core/catalogue/buildings-3d.ts';
import { formatQuantity } from '../format/number.ts';
import type { LookAttribute } from '../state/building-look.ts';
import { said, t } from '../text/text.ts';

export interface LookClass {
  /** `none` = the attribute is not known; `other` = a value that no class names. */
  readonly key: string;
  readonly ink: string;
  readonly say: () => string;
  readonly holds: (value: unknown) => boolean;
  /** The same condition as CQL2; undefined for what the other classes leave. */
  readonly cql?: string;
}

/** Okabe and Ito, Color Universal Design (2008): told apart with any kind of colour vision. */
const KINDS = ['#56b4e9', '#e69f00', '#009e73', '#f0e442', '#0072b2', '#d55e00', '#cc79a7'] as const;
/** ColorBrewer YlGnBu, five steps: lighter is less, also in grey. */
const STEPS = ['#ffffcc', '#a1dab4', '#41b6c4', '#2c7fb8', '#253494'] as const;
const NONE_INK = '#9a9a9a';
const OTHER_INK = '#5e5e5e';

/** Heights of buildings in law: low, medium, high and very high (§ 8 WT), and the lower half of the low ones. */
const HEIGHT_BREAKS_M = [6, 12, 25, 55];
/** Storeys of § 8 WT (4, 9, 18), and single-storey buildings apart. */
const STOREY_BREAKS = [1, 4, 9, 18];

/** @returns the classes in the order of a legend, `other` and `none` last */
export function classesOf(attribute: LookAttribute): readonly LookClass[] {
  return [
    ...KNOWN[attribute](),
    ...(BY_STEPS.includes(attribute)
      ? []
      : [{ key: 'other', ink: OTHER_INK, say: () => t('lookOther'), holds: isKnown }]),
    {
      ...{ key: 'none', ink: NONE_INK, say: () => t('lookNone') },
      holds: (value) => !isKnown(value),
      cql: `${attribute} IS NULL`,
    },
  ];
}

const BY_STEPS: readonly LookAttribute[] = ['height_m', 'storeys_above'];

/** The class of a value: the first that holds it. */
export const classFor = (classes: readonly LookClass[], value: unknown): LookClass | undefined =>
  classes.find(({ holds }) => holds(value));

const isKnown = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

const KNOWN: Readonly<Record<LookAttribute, () => readonly LookClass[]>> = {
  function: () =>
    USES.map(({ codes, word }, n) => ({
      ...{ key: codes.join('-'), ink: KINDS[n] ?? OTHER_INK, say: () => t(word) },
      holds: (value) => typeof value === 'string' && codes.some((code) => value.startsWith(code)),
      cql: codes.map((code) => `function LIKE '${code}%'`).join(' OR '),
    })),
  height_m: () => steps('height_m', HEIGHT_BREAKS_M, saidHeights),
  storeys_above: () => steps('storeys_above', STOREY_BREAKS, saidStoreys),
  roof_type: () =>
    ROOFS.map(({ code, word }, n) => ({
      ...exactly('roof_type', code, KINDS[n] ?? OTHER_INK),
      say: () => t(word),
    })),
  state: () =>
    BUILDING_STATES.filter(({ code }) => code !== 'demolished').map(({ code, label }, n) => ({
      ...exactly('state', code, KINDS[n] ?? OTHER_INK),
      say: () => said(label),
    })),
  lod: () =>
    [1, 2, 3].map((lod) => ({
      ...{ key: String(lod), ink: KINDS[lod - 1] ?? OTHER_INK, say: () => `LOD${lod}`, cql: `lod = ${lod}` },
      holds: (value) => value === lod,
    })),
};

/** Groups of the Polish classification of construction works (PKOB, Dz.U. 1999 nr 112 poz. 1316). */
const USES = [
  { codes: ['111'], word: 'lookUseHouse' },
  { codes: ['112', '113'], word: 'lookUseFlats' },
  { codes: ['121', '122', '123'], word: 'lookUseServices' },
  { codes: ['124'], word: 'lookUseTransport' },
  { codes: ['125'], word: 'lookUseIndustry' },
  { codes: ['126'], word: 'lookUsePublic' },
  { codes: ['127'], word: 'lookUseOther' },
] as const;

const ROOFS = [
  { code: 'gabled', word: 'lookRoofGabled' },
  { code: 'flat', word: 'lookRoofFlat' },
  { code: 'hipped', word: 'lookRoofHipped' },
  { code: 'half-hipped', word: 'lookRoofHalfHipped' },
  { code: 'mansard', word: 'lookRoofMansard' },
  { code: 'shed', word: 'lookRoofShed' },
  { code: 'combined', word: 'lookRoofCombined' },
] as const;

const exactly = (attribute: LookAttribute, code: string, ink: string) => ({
  ...{ key: code, ink, cql: `${attribute} = '${code}'` },
  holds: (value: unknown) => value === code,
});

/** Up to and with each break, and above the last. */
function steps(
  attribute: LookAttribute,
  breaks: readonly number[],
  say: (over: number | undefined, upTo: number | undefined) => string,
): readonly LookClass[] {
  return STEPS.map((ink, n) => {
    const [over, upTo] = [breaks[n - 1], breaks[n]];
    return {
      ...{ key: String(upTo ?? `over-${over}`), ink, say: () => say(over, upTo) },
      holds: (value) =>
        typeof value === 'number' &&
        (over === undefined || value > over) &&
        (upTo === undefined || value <= upTo),
      cql: [
        ...(over === undefined ? [] : [`${attribute} > ${over}`]),
        ...(upTo === undefined ? [] : [`${attribute} <= ${upTo}`]),
      ].join(' AND '),
    };
  });
}

function saidHeights(over: number | undefined, upTo: number | undefined): string {
  const [from, to] = [over, upTo].map((heightM) => formatQuantity(heightM ?? 0, 'm'));
  if (upTo === undefined) return t('lookOver', { from: from ?? '' });
  return over === undefined
    ? t('lookUpTo', { to: to ?? '' })
    : t('lookBetween', { from: from ?? '', to: to ?? '' });
}

/** Storeys are whole: 1, 2–4, more than 18. */
function saidStoreys(over: number | undefined, upTo: number | undefined): string {
  if (upTo === undefined) return t('lookOver', { from: over ?? 0 });
  return over === undefined ? t('lookUpTo', { to: upTo }) : `${over + 1}–${upTo}`;
}
