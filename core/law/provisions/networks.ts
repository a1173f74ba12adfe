/** Strips along networks. Only gas has statutory ones; the rest is practice or guidelines of operators. */
import { type Provision, provision } from '../provision.ts';

const GAS_UNIT = '§ 10(1)–(3), zał. 1';
/** Pipelines designed after this came into force. */
const GAS_SINCE = '2013-09-05';

const gas = (letter: string, pl: string, en: string, widthM: number): Provision =>
  provision(
    `GAZ-10-${letter}`,
    'GAZ',
    GAS_UNIT,
    `Strefa kontrolowana gazociągu ${pl}: ${widthM} m szerokości, bez budynków i składów.`,
    `Control zone of a gas pipeline ${en}: ${widthM} m wide, no buildings or stores.`,
    { from: GAS_SINCE, values: { widthM, halfWidthM: widthM / 2 } },
  );

const practice = (id: string, act: string, pl: string, en: string, halfWidthM: number): Provision =>
  provision(id, act, 'praktyka', pl, en, {
    strength: 'advisory',
    certainty: 'to-verify',
    values: { halfWidthM },
  });

const guideline = (id: string, act: string, pl: string, en: string, halfWidthM: number): Provision =>
  provision(id, act, 'wytyczne operatora', pl, en, {
    strength: 'guideline',
    certainty: 'to-verify',
    values: { halfWidthM },
  });

export const NETWORK_STRIPS: readonly Provision[] = [
  gas('a', 'do 0,5 MPa', 'up to 0.5 MPa', 1),
  gas('b', 'powyżej 0,5 do 1,6 MPa', 'above 0.5 to 1.6 MPa', 2),
  gas('c', 'powyżej 1,6 MPa, do DN150', 'above 1.6 MPa, up to DN150', 4),
  gas('d', 'powyżej 1,6 MPa, DN150–300', 'above 1.6 MPa, DN150–300', 6),
  gas('e', 'powyżej 1,6 MPa, DN300–500', 'above 1.6 MPa, DN300–500', 8),
  gas('f', 'powyżej 1,6 MPa, ponad DN500', 'above 1.6 MPa, above DN500', 12),
  provision(
    'GAZ-110',
    'GAZ',
    '§ 110, zał. 2',
    'Starsze gazociągi mają większe strefy z załącznika 2.',
    'Older pipelines have larger zones, of annex 2.',
    { from: GAS_SINCE },
  ),
  provision(
    'GAZ-10-4',
    'GAZ',
    '§ 10(4)–(5)',
    'Pień drzewa 2 m od osi gazociągu, 3 m powyżej DN300.',
    'Trunks 2 m from the axis, 3 m above DN300.',
    { from: GAS_SINCE, values: { distanceM: 2, largeM: 3 } },
  ),
  practice(
    'EL-400',
    'EL',
    'Pas linii najwyższych napięć bywa szeroki na 70 m; o jego szerokości decyduje operator.',
    'The strip of an extra high voltage line is often 70 m wide; the operator decides.',
    35,
  ),
  practice(
    'EL-110',
    'EL',
    'Pas linii 110 kV bywa szeroki na 30–40 m; decyduje operator.',
    'The strip of a 110 kV line is often 30–40 m wide; the operator decides.',
    20,
  ),
  practice(
    'EL-SN',
    'EL',
    'Pas napowietrznej linii średniego napięcia bywa szeroki na 10–15 m; decyduje operator.',
    'The strip of an overhead medium voltage line is often 10–15 m wide; the operator decides.',
    7.5,
  ),
  practice(
    'EL-nn',
    'EL',
    'Pas napowietrznej linii niskiego napięcia bywa szeroki na 2–6 m; decyduje operator.',
    'The strip of an overhead low voltage line is often 2–6 m wide; the operator decides.',
    3,
  ),
  practice(
    'EL-kb',
    'EL',
    'Nad kablem zostawia się zwykle po 0,5–1 m z każdej strony.',
    'Cables usually keep 0.5–1 m on either side.',
    1,
  ),
  guideline(
    'WK-1-100',
    'WK',
    'Wodociąg do DN100: 1 m do budynku.',
    'Water main up to DN100: 1 m to buildings.',
    1,
  ),
  guideline(
    'WK-1-300',
    'WK',
    'Wodociąg DN100–300: 1,5 m do budynku.',
    'Water main DN100–300: 1.5 m to buildings.',
    1.5,
  ),
  guideline(
    'WK-1-500',
    'WK',
    'Wodociąg DN300–500: 3 m do budynku.',
    'Water main DN300–500: 3 m to buildings.',
    3,
  ),
  guideline(
    'WK-1-max',
    'WK',
    'Wodociąg powyżej DN500: 5 m do budynku.',
    'Water main above DN500: 5 m to buildings.',
    5,
  ),
  guideline('WK-3', 'WK', 'Kanalizacja grawitacyjna: 4 m do budynku.', 'Gravity sewer: 4 m to buildings.', 4),
  guideline(
    'WK-4',
    'WK',
    'Kanalizacja tłoczna: 1,5 m do budynku.',
    'Pressure sewer: 1.5 m to buildings.',
    1.5,
  ),
  guideline('CO-1-150', 'CO', 'Sieć cieplna do DN150: 2 m do budynku.', 'Heat pipe up to DN150: 2 m.', 2),
  guideline('CO-1-500', 'CO', 'Sieć cieplna DN150–500: 3 m do budynku.', 'Heat pipe DN150–500: 3 m.', 3),
  guideline(
    'CO-1-max',
    'CO',
    'Sieć cieplna powyżej DN500: 5 m do budynku.',
    'Heat pipe above DN500: 5 m.',
    5,
  ),
  provision(
    'TEL',
    'TEL',
    'uzgodnienie',
    'Odległość od kabli i kanałów telekomunikacyjnych ustala operator; nie ma ogólnej.',
    'The distance to telecom cables and ducts is agreed with the operator; there is no general one.',
    { strength: 'guideline', certainty: 'to-verify' },
  ),
  provision(
    'PEM',
    'PEM',
    'zał. 1',
    'Na terenie pod zabudowę mieszkaniową pole 50 Hz nie przekracza 1 kV/m.',
    'On land for housing the 50 Hz field does not exceed 1 kV/m.',
    { from: '2020-01-01', certainty: 'to-verify', values: { kvPerM: 1 } },
  ),
];
