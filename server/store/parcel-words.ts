/** What somebody typed who looks for a parcel by its number; undefined parts were not said. */
export interface ParcelWords {
  /** `306401_1` */
  readonly unit: string | undefined;
  /** Four digits. */
  readonly precinctNumber: string | undefined;
  /** The beginning of a precinct's name, as typed. */
  readonly precinctName: string | undefined;
  /** Digits of the map sheet. */
  readonly sheet: string | undefined;
  /** `169` or `169/4` */
  readonly number: string;
}

/** `Jeżyce 161`, `obr. 21, dz. 169/4`, `306401_1.0021 161`, `0021 10.161`, `AR_10.161`, `161`. */
const WORDS = new RegExp(
  [
    /^(?:(?:obręb\s+|obr\.?\s*)?(?:(?:(?<unit>\d{6}_\d)\.)?(?<digits>\d{1,4})|(?<name>\p{L}[\p{L}\s-]*?))(?:[\s,]+|\.(?=AR_)))?/u,
    /(?:działka\s+|dz\.?\s*|nr\.?\s*)*(?:(?:AR_|ark(?:usz)?\.?\s*)?(?<sheet>\d+)[.,\s]\s*)?(?<number>\d+(?:\/\d+)?)$/u,
  ]
    .map(({ source }) => source)
    .join(''),
  'iu',
);

export function parcelWords(text: string): ParcelWords | undefined {
  const found = WORDS.exec(text.trim())?.groups;
  if (!found?.['number']) return undefined;
  return {
    unit: found['unit'],
    precinctNumber: found['digits']?.padStart(4, '0'),
    precinctName: found['name'],
    sheet: found['sheet'],
    number: found['number'],
  };
}
