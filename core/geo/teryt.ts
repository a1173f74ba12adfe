/**
 * Identifiers of TERYT and of the land register (rozporządzenie w sprawie ewidencji gruntów i budynków, annex 1):
 * `306401_1.0021.AR_10.169/4` is voivodeship 30, county 3064, commune 306401_1, precinct 306401_1.0021, parcel 169/4.
 */
const COMMUNE = /^\d{6}_\d/;
const PRECINCT = /^\d{6}_\d\.\d{4}/;
/** From here on, counties are cities with the rights of a county. */
const FIRST_CITY_COUNTY = 61;

export interface TerytPlace {
  readonly voivodeship: string;
  readonly county: string;
  readonly commune: string;
  /** Absent in the id of a commune. */
  readonly precinct: string | undefined;
}

/** Where an object of the register lies, by its identifier; undefined for an identifier of another kind. */
export function terytPlace(id: string): TerytPlace | undefined {
  const commune = COMMUNE.exec(id)?.[0];
  if (commune === undefined) return undefined;
  return {
    voivodeship: commune.slice(0, 2),
    county: commune.slice(0, 4),
    commune,
    precinct: PRECINCT.exec(id)?.[0],
  };
}

/** A county that is one city, whose commune is all of it: `3064` is Poznań. */
export const isCityCounty = (county: string): boolean => Number(county.slice(2, 4)) >= FIRST_CITY_COUNTY;

/** Names by number of TERC (GUS). */
export const VOIVODESHIPS: Readonly<Record<string, string>> = {
  '02': 'dolnośląskie',
  '04': 'kujawsko-pomorskie',
  '06': 'lubelskie',
  '08': 'lubuskie',
  10: 'łódzkie',
  12: 'małopolskie',
  14: 'mazowieckie',
  16: 'opolskie',
  18: 'podkarpackie',
  20: 'podlaskie',
  22: 'pomorskie',
  24: 'śląskie',
  26: 'świętokrzyskie',
  28: 'warmińsko-mazurskie',
  30: 'wielkopolskie',
  32: 'zachodniopomorskie',
};
