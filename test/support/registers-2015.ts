/** Small files of GESUT and BDOT500 in the schemas of 2015: no real one is to be had. Northing first, EPSG:2177. */

const GML = 'xmlns:gml="http://www.opengis.net/gml/3.2"';
const SPECIFICATION = 'urn:gugik:specyfikacje:gmlas';
const NAMESPACES = {
  ges: `${SPECIFICATION}:geodezyjnaEwidencjaSieciUzbrojeniaTerenu:1.0`,
  bdz: `${SPECIFICATION}:bazaDanychObiektowTopograficznych500:1.0`,
} as const;

export const localId = (n: number): string => `20150000-1610-8636-2530-${String(n).padStart(12, '0')}`;

/** One `gml:featureMember`; `more` comes after what every object of the register has; elements without a prefix are of the register. */
function member(
  prefix: keyof typeof NAMESPACES,
  className: string,
  n: number,
  shared: string,
  more: string,
): string {
  const register = prefix === 'ges' ? 'GESUT' : 'BDOT500';
  const own = (shared + more).replaceAll(/<(\/?)(?=[a-zA-Z_]+[\s>/])/g, `<$1${prefix}:`);
  return `<gml:featureMember><${prefix}:${className} gml:id="o${prefix}${n}">
<${prefix}:idIIP><bt:BT_Identyfikator><bt:lokalnyId>${localId(n)}</bt:lokalnyId><bt:przestrzenNazw>PL.PZGiK.3064.${register}</bt:przestrzenNazw><bt:wersjaId>2014-05-06T07:08:09</bt:wersjaId></bt:BT_Identyfikator></${prefix}:idIIP>
<${prefix}:startObiekt>2013-02-01</${prefix}:startObiekt>
<${prefix}:cyklZyciaObiektu><bt:BT_CyklZyciaInfo><bt:poczatekWersjiObiektu>2014-05-06T07:08:09</bt:poczatekWersjiObiektu></bt:BT_CyklZyciaInfo></${prefix}:cyklZyciaObiektu>
${own}</${prefix}:${className}></gml:featureMember>`;
}

let ids = 0;
const srs = () => `gml:id="g${++ids}" srsName="urn:ogc:def:crs:EPSG::2177" srsDimension="2"`;
const point = (x: number, y: number) =>
  `<geometria><gml:Point ${srs()}><gml:pos>${5810000 + y} ${6427000 + x}</gml:pos></gml:Point></geometria>`;
const line = (x: number, y: number) =>
  `<geometria><gml:LineString ${srs()}><gml:posList>${5810000 + y} ${6427000 + x} ${5810010 + y} ${6427020.5 + x}</gml:posList></gml:LineString></geometria>`;
const area = (x: number, y: number) => {
  const corner = (e: number, n: number) => `${5810000 + y + n} ${6427000 + x + e}`;
  const ring = [corner(0, 0), corner(20, 0), corner(20, 10), corner(0, 10), corner(0, 0)].join(' ');
  return `<geometria><gml:Polygon ${srs()}><gml:exterior><gml:LinearRing><gml:posList>${ring}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></geometria>`;
};

const nil = (name: string) =>
  `<${name} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true" nilReason="unknown"/>`;

const utility = (state = 'istniejacy') =>
  `<zrodlo>pomiarNaOsnowe</zrodlo><istnienie>${state}</istnienie><eksploatacja>czynny</eksploatacja>${nil('przedstawiciel')}<wladajacy><GES_DaneOsoby><nazwaPelna>Wodociągi Próbne</nazwaPelna><imieNazwisko>Jan Kowalski</imieNazwisko><telefon>600100200</telefon></GES_DaneOsoby></wladajacy><idBranzowy>W-17</idBranzowy>${nil('idUzgodnienia')}`;
const laid =
  '<funkcja>rozdzielczy</funkcja><przebieg>podziemny</przebieg><rodzajPrzewodu>rurowy</rodzajPrzewodu>';

export const GESUT_2015: readonly string[] = [
  member(
    'ges',
    'GES_PrzewodKanalizacyjny',
    1,
    utility(),
    `${line(0, 0)}${laid}<srednica>300</srednica><typKanal>deszczowy</typKanal><tloczny>false</tloczny>`,
  ),
  member(
    'ges',
    'GES_PrzewodNaftowy',
    2,
    utility('wBudowie'),
    `${line(0, 20)}${laid}<srednica>200</srednica>`,
  ),
  member(
    'ges',
    'GES_UrzadzenieTechniczneZwiazaneZSiecia',
    3,
    utility(),
    `${point(0, 40)}<rodzajSieci>kanalizacyjny</rodzajSieci><rodzajUrzadz>studzienka</rodzajUrzadz><przebieg>podziemny</przebieg>`,
  ),
  member(
    'ges',
    'GES_SlupIMaszt',
    4,
    utility(),
    `${point(5, 40)}<rodzajSieci>elektroenergetyczny</rodzajSieci><rodzajSlup>slupKratowy</rodzajSlup>`,
  ),
  member(
    'ges',
    'GES_PunktOOkreslonejWysokosci',
    5,
    utility(),
    `<rzednaGory>71.5</rzednaGory><rzednaDolu>69.25</rzednaDolu>${point(0, 40)}`,
  ),
];

const surveyed = '<zrodlo>fotogrametria</zrodlo><informacja>do sprawdzenia</informacja>';
const positions = (name: string, x: number) =>
  `<${name} srsName="urn:ogc:def:crs:EPSG::2177">5810060 ${6427000 + x}</${name}>`;

export const BDOT500_2015: readonly string[] = [
  member(
    'bdz',
    'BDZ_Jezdnia',
    11,
    surveyed,
    `${area(0, 60)}<materialNaw>masaBitumiczna</materialNaw><rodzajKomun>ruchDrogowy</rodzajKomun><poziom>pierwszyPoziomPonadPowierzchniaGruntu</poziom>`,
  ),
  member('bdz', 'BDZ_Kraweznik', 12, surveyed, line(0, 80)),
  member(
    'bdz',
    'BDZ_ObiektZwiazanyZKomunikacja',
    13,
    surveyed,
    `${line(0, 100)}<rodzajObKomun>furtka</rodzajObKomun>`,
  ),
  member('bdz', 'BDZ_BudowlaInzynierska', 14, surveyed, `<rodzajBudInz>kladka</rodzajBudInz>${area(30, 60)}`),
  member(
    'bdz',
    'BDZ_BudowlaZiemna',
    15,
    surveyed,
    `${area(60, 60)}<rodzajBudZiemn>skarpaUmocniona</rodzajBudZiemn>${nil('rodzajMatBudZiemn')}${positions('poczatekGorySkarpy', 60)}${positions('koniecGorySkarpy', 80)}`,
  ),
  member(
    'bdz',
    'BDZ_PunktOOkreslonejWysokosci',
    16,
    surveyed,
    `${point(0, 120)}<rodzajPunktu>punktWysokosciowyNaturalny</rodzajPunktu><rzednaGory>75.25</rzednaGory>`,
  ),
];

/** A file of these members, also of both registers. */
export const fileOf2015 = (members: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<gml:FeatureCollection ${GML} xmlns:ges="${NAMESPACES.ges}" xmlns:bdz="${NAMESPACES.bdz}" xmlns:bt="${SPECIFICATION}:modelPodstawowy:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" gml:id="proba">
${members.join('\n')}
</gml:FeatureCollection>
`;
