/** EGiB GML of 2021 in the size and manner of a county's file: per parcel three boundary points, a building on every second. */

export const egibHead = `<?xml version="1.0" encoding="UTF-8"?>
<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:egb="ewidencjaGruntowIBudynkow:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" gml:id="bench">
`;
export const egibTail = '\n</gml:FeatureCollection>\n';

const NAMESPACE = 'PL.PZGiK.3064.EGiB';
const SRS = 'srsName="urn:ogc:def:crs:EPSG::2177"';
const SINCE = '2024-11-14T11:31:36';
const COLUMNS = 600;
const [WEST, SOUTH] = [6_414_000, 5_796_000] as const;

const localId = (kind: number, n: number): string =>
  `0402232${kind}-1610-8636-2530-${String(n).padStart(12, '0')}`;

function member(name: string, id: string, inner: string): string {
  return `<gml:featureMember>
  <egb:${name} gml:id="${NAMESPACE}_${id}_${SINCE}">
    <gml:identifier codeSpace="http://geoportal.gov.pl/PZGiK/dane">http://geoportal.gov.pl/PZGiK/dane/${NAMESPACE}/${id}/${SINCE}</gml:identifier>
    <egb:idIIP>
      <egb:EGB_IdentyfikatorIIP>
        <egb:lokalnyId>${id}</egb:lokalnyId>
        <egb:przestrzenNazw>${NAMESPACE}</egb:przestrzenNazw>
        <egb:wersjaId>${SINCE}</egb:wersjaId>
      </egb:EGB_IdentyfikatorIIP>
    </egb:idIIP>
    <egb:startObiekt>2010-05-06T07:08:09</egb:startObiekt>
    <egb:startWersjaObiekt>${SINCE}</egb:startWersjaObiekt>
    ${inner}
  </egb:${name}>
</gml:featureMember>`;
}

const surface = (positions: readonly (readonly [e: number, n: number])[]): string =>
  `<egb:geometria>
      <gml:Polygon ${SRS}><gml:exterior><gml:LinearRing><gml:posList srsDimension="2">${[
        ...positions,
        ...positions.slice(0, 1),
      ]
        .map(([e, n]) => `${n.toFixed(2)} ${e.toFixed(2)}`)
        .join(' ')}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>
    </egb:geometria>`;

/** The objects around parcel `n`: northing first, as the URN asks. */
export function egibMembers(n: number): readonly string[] {
  const [e, north] = [WEST + 36 * (n % COLUMNS), SOUTH + 26 * Math.floor(n / COLUMNS)];
  const parcel = `306401_1.${String(1 + (n % 60)).padStart(4, '0')}.AR_10.${n + 1}`;
  const outline = [
    [0, 0],
    [17.31, 0.4],
    [34.12, 0],
    [34.5, 12.27],
    [34.12, 24],
    [20.02, 24.21],
    [9.77, 24.05],
    [0, 24],
    [-0.35, 11.84],
  ].map(([de = 0, dn = 0]) => [e + de, north + dn] as const);
  const objects = [
    member(
      'EGB_DzialkaEwidencyjna',
      localId(1, n),
      `<egb:idDzialki>${parcel}</egb:idDzialki>
    <egb:numerKW>PO1P/${String(n).padStart(8, '0')}/6</egb:numerKW>
    ${surface(outline)}
    <egb:poleEwidencyjne uom="ha">0.0826</egb:poleEwidencyjne>
    <egb:dokladnoscReprezentacjiPola>1</egb:dokladnoscReprezentacjiPola>
    <egb:klasouzytek><egb:EGB_Klasouzytek><egb:OFU>R</egb:OFU><egb:OZU>R</egb:OZU><egb:OZK>IVa</egb:OZK><egb:powierzchnia uom="ha">0.06</egb:powierzchnia></egb:EGB_Klasouzytek></egb:klasouzytek>
    <egb:klasouzytek><egb:EGB_Klasouzytek><egb:OFU>B</egb:OFU><egb:powierzchnia uom="ha">0.0226</egb:powierzchnia></egb:EGB_Klasouzytek></egb:klasouzytek>
    <egb:lokalizacjaDzialki xlink:href="#${NAMESPACE}_${localId(1, n)}"/>`,
    ),
    ...[0, 3, 6].map((corner, index) => {
      const [pe, pn] = outline[corner] ?? [e, north];
      return member(
        'EGB_PunktGraniczny',
        localId(2 + index, n),
        `<egb:geometria><gml:Point ${SRS}><gml:pos>${pn.toFixed(2)} ${pe.toFixed(2)}</gml:pos></gml:Point></egb:geometria>
    <egb:idPunktu>3064.1.${n}.${corner}</egb:idPunktu>
    <egb:sposobPozyskania>1</egb:sposobPozyskania>
    <egb:spelnienieWarunkowDokl>1</egb:spelnienieWarunkowDokl>
    <egb:rodzajStabilizacji>3</egb:rodzajStabilizacji>`,
      );
    }),
  ];
  if (n % 2 === 1) return objects;
  const house = [
    [10, 6],
    [22, 6],
    [22, 15.5],
    [16.4, 15.5],
    [16.4, 17],
    [10, 17],
  ].map(([de = 0, dn = 0]) => [e + de, north + dn] as const);
  const building = member(
    'EGB_Budynek',
    localId(5, n),
    `<egb:idBudynku>${parcel}.1_BUD</egb:idBudynku>
    ${surface(house)}
    <egb:rodzajWgKST>m</egb:rodzajWgKST>
    <egb:liczbaKondygnacjiNadziemnych>2</egb:liczbaKondygnacjiNadziemnych>
    <egb:liczbaKondygnacjiPodziemnych>1</egb:liczbaKondygnacjiPodziemnych>
    <egb:powZabudowy uom="m2">122</egb:powZabudowy>
    <egb:dzialkaZabudowana xlink:href="#${NAMESPACE}_${localId(1, n)}_${SINCE}"/>`,
  );
  return [...objects, building];
}
