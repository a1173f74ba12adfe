/** Small EGiB files of 2021 for tests of loading, made of what each test needs. */

export interface FixtureParcel {
  /** Number of the parcel in precinct 306401_1.0021, and of its IIP id. */
  readonly n: number;
  readonly id?: string;
  readonly areaHa?: string;
  readonly since?: string;
  readonly until?: string;
  /** South-west corner: easting, northing in EPSG:2177. */
  readonly at?: readonly [number, number];
  /** Positions as in the file; replaces the square. */
  readonly posList?: string;
  /** Number of the register unit (JRG) that it belongs to. */
  readonly unit?: number;
}

export const fixtureParcelId = (n: number): string => `306401_1.0021.AR_10.${n}`;

function squareAt([easting, northing]: readonly [number, number]): string {
  const corner = (e: number, n: number) => `${northing + n} ${easting + e}`;
  return [corner(0, 0), corner(0, 20), corner(30, 20), corner(30, 0), corner(0, 0)].join(' ');
}

/** One `gml:featureMember` with an EGB_DzialkaEwidencyjna, northing first. */
export function parcelMember(parcel: FixtureParcel): string {
  const { n, areaHa = '0.06', since = '2024-11-14T11:31:36', until } = parcel;
  const id = parcel.id ?? fixtureParcelId(n);
  const posList = parcel.posList ?? squareAt(parcel.at ?? [6427000 + 40 * n, 5810000]);
  const localId = `04022323-1610-8636-2530-${String(n).padStart(12, '0')}`;
  return `<gml:featureMember><egb:EGB_DzialkaEwidencyjna gml:id="PL.PZGiK.3064.EGiB_${localId}">
  <egb:idIIP><egb:EGB_IdentyfikatorIIP><egb:lokalnyId>${localId}</egb:lokalnyId><egb:przestrzenNazw>PL.PZGiK.3064.EGiB</egb:przestrzenNazw><egb:wersjaId>${since}</egb:wersjaId></egb:EGB_IdentyfikatorIIP></egb:idIIP>
  <egb:startObiekt>2020-01-02T03:04:05</egb:startObiekt><egb:startWersjaObiekt>${since}</egb:startWersjaObiekt>${until === undefined ? '' : `<egb:koniecWersjaObiekt>${until}</egb:koniecWersjaObiekt>`}
  <egb:idDzialki>${id}</egb:idDzialki>
  <egb:geometria><gml:Polygon srsName="urn:ogc:def:crs:EPSG::2177"><gml:exterior><gml:LinearRing><gml:posList>${posList}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></egb:geometria>
  <egb:poleEwidencyjne uom="ha">${areaHa}</egb:poleEwidencyjne>${parcel.unit === undefined ? '' : `<egb:JRG2 xlink:href="PL.PZGiK.3064.EGiB_${unitId(parcel.unit)}_2024-11-14T11-31-36"/>`}<egb:lokalizacjaDzialki/>
</egb:EGB_DzialkaEwidencyjna></gml:featureMember>`;
}

const unitId = (n: number): string => `04022323-1610-8636-2531-${String(n).padStart(12, '0')}`;

const identity = (localId: string, more = ''): string =>
  `<egb:idIIP><egb:EGB_IdentyfikatorIIP><egb:lokalnyId>${localId}</egb:lokalnyId><egb:przestrzenNazw>PL.PZGiK.3064.EGiB</egb:przestrzenNazw></egb:EGB_IdentyfikatorIIP></egb:idIIP>${more}`;

/** EGB_JednostkaRejestrowaGruntow of 2021 as `gml:featureMember`. */
export const unitMember = (n: number, group: string, more = ''): string =>
  `<gml:featureMember><egb:EGB_JednostkaRejestrowaGruntow>${identity(unitId(n), more)}<egb:idJednostkiRejestrowej>306401_1.0021.G${n}</egb:idJednostkiRejestrowej>
  <egb:grupaRejestrowa>${group}</egb:grupaRejestrowa></egb:EGB_JednostkaRejestrowaGruntow></gml:featureMember>`;

/** EGB_UdzialWlasnosci of 2015, a share of a person in a unit, as `gml:featureMember`. */
export const shareMember = (unit: number, groupXml: string): string =>
  `<gml:featureMember><egb:EGB_UdzialWlasnosci>${identity(`04022323-1610-8636-2532-${String(unit).padStart(12, '0')}`)}
  ${groupXml}<egb:przedmiotUdzialuWlasnosci><egb:EGB_JednostkaRejestrowa><egb:JRG xlink:href="urn:pzgik:id:PL.PZGiK.3064.EGiB:${unitId(unit)}"/></egb:EGB_JednostkaRejestrowa></egb:przedmiotUdzialuWlasnosci>
  <egb:podmiotUdzialuWlasnosci><egb:EGB_Podmiot><egb:osobaFizyczna5 xlink:href="urn:pzgik:id:PL.PZGiK.3064.EGiB:KOWALSKI"/></egb:EGB_Podmiot></egb:podmiotUdzialuWlasnosci></egb:EGB_UdzialWlasnosci></gml:featureMember>`;

/** A whole file: a comment with Polish letters, then the members. */
export function registerFile(
  members: readonly string[],
  prolog = '<?xml version="1.0" encoding="UTF-8"?>',
): string {
  return `${prolog}
<!-- Działki: źródło próbne -->
<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:egb="ewidencjaGruntowIBudynkow:1.0" xmlns:xlink="http://www.w3.org/1999/xlink">
${members.join('\n')}
</gml:FeatureCollection>
`;
}
