/** Planning acts in the schema of the ministry, APP 2.0 (Dz.U. 2020 poz. 1916 with 2023 poz. 2409). */
import type { Feature, PropertyValue } from '../../feature/feature.ts';
import { crsUri } from '../../geo/crs.ts';
import { codeOfZoneName, type ZoneKind, zoneKind } from '../../plan/zone-kinds.ts';
import { escapeText } from '../../xml/writer.ts';
import type { RegisterElements } from '../register-gml/register-elements.ts';
import { registerGmlId, XML_DATE_TIME } from '../register-gml/register-ids.ts';
import type { Register, RegisterClass, RegisterEnvelope } from '../register-gml/write-register.ts';
import { ADDED_STANDARDS, AREA_CLASSES, OWN_STANDARDS } from './plan-standards.ts';

const PLACE = 'https://www.gov.pl/static/zagospodarowanieprzestrzenne';
const NAMESPACE = `${PLACE}/schemas/app/2.0`;
const IDENTIFIERS = 'https://www.gov.pl/zagospodarowanieprzestrzenne/app';
const INSPIRE = 'http://inspire.ec.europa.eu/codelist';
const ISO_DATE_TYPES = 'http://standards.iso.org/iso/19139/resources/gmxCodelists.xml#CI_DateTypeCode';

/** The triple of INSPIRE that every object of a plan carries. */
interface Iip {
  readonly namespace: string;
  readonly localId: string;
  readonly version: string | undefined;
}

/** Of an object; undefined when it came from elsewhere and has none. */
function iipOf({ properties }: Feature): Iip | undefined {
  const { iip_namespace: namespace, iip_local_id: localId, iip_version: version } = properties;
  if (typeof namespace !== 'string' || typeof localId !== 'string') return undefined;
  return { namespace, localId, version: typeof version === 'string' ? version : undefined };
}

/** Of a document that its act names: `PL.ZIPPZP.1/306401-POG/1POG-U/20250101T000000`. */
function iipIn(text: PropertyValue | undefined): Iip | undefined {
  const [kept, dataset, localId, version] = typeof text === 'string' ? text.split('/') : [];
  if (localId === undefined) return undefined;
  return { namespace: `${kept}/${dataset}`, localId, version };
}

const pathOf = (className: string, { namespace, localId }: Iip): string =>
  `${IDENTIFIERS}/${className}/${namespace}/${localId}`;

/** `PL.ZIPPZP.1_306401-POG_1POG_20250101T000000`. */
const gmlIdOf = ({ namespace, localId, version }: Iip): string =>
  [namespace, localId, ...(version === undefined ? [] : [version])]
    .join('_')
    .replaceAll('/', '_')
    .replaceAll(/[^A-Za-z0-9._-]/g, '-');

const ENVELOPE: RegisterEnvelope = {
  ...{ prefix: 'wfs', namespace: 'http://www.opengis.net/wfs/2.0', member: 'member', srsName: crsUri },
  attributes: (objects, writtenAt) =>
    ` timeStamp="${writtenAt.toISOString().slice(0, 19)}Z" numberMatched="unknown" numberReturned="${objects}"`,
};

type Begin = NonNullable<RegisterClass['begin']>;

/** Opens an object: its identifier as an address, then the triple of INSPIRE. */
const beginAs =
  (iipIn: (feature: Feature) => Iip | undefined): Begin =>
  (elements, feature, className) => {
    const iip = iipIn(feature);
    elements.open(feature, className, iip ? gmlIdOf(iip) : registerGmlId(feature));
    if (!iip) {
      elements.lack('idIIP');
      return;
    }
    const path = pathOf(className, iip) + (iip.version === undefined ? '' : `/${iip.version}`);
    elements.foreign(`<gml:identifier codeSpace="${IDENTIFIERS}">${escapeText(path)}</gml:identifier>`);
    elements.inside('idIIP', () =>
      elements.inside('Identyfikator', () => {
        elements.text('przestrzenNazw', iip.namespace);
        elements.text('lokalnyId', iip.localId);
        elements.text('wersjaId', iip.version ?? null);
      }),
    );
  };

/** Documents and drawings are words of the row of their act, which keeps their identifiers. */
const named =
  (property: string) =>
  ({ properties }: Feature): Iip | undefined =>
    iipIn(properties[property]);

const DRAWING = 'RysunekAktuPlanowaniaPrzestrzennego';
const DOCUMENT = 'DokumentFormalny';
const ACT = 'AktPlanowaniaPrzestrzennego';

/** `…/codelist/TypAktuPlanowaniaPrzestrzennegoKod/planOgolnyGminy`. */
const ministry = (list: string, code: string): string => `${PLACE}/codelist/${list}/${code}`;

/** Moments of plans are in UTC and say so. */
function moment(elements: RegisterElements, name: string, property: string, isDemanded: boolean): void {
  const text =
    elements
      .textOf(property)
      ?.replace(' ', 'T')
      .replace(/(?:\.0+)?(?:Z|\+00(?::?00)?)?$/, '') ?? '';
  if (XML_DATE_TIME.test(text)) elements.text(name, /[+-]\d{2}:\d{2}$/.test(text) ? text : `${text}Z`);
  else if (isDemanded) elements.lack(name);
}

function versionDates(elements: RegisterElements): void {
  moment(elements, 'poczatekWersjiObiektu', 'version_since', true);
  moment(elements, 'koniecWersjiObiektu', 'version_until', false);
}

function code(elements: RegisterElements, name: string, list: string, property: string): void {
  const value = elements.textOf(property);
  if (value === null) elements.lack(name);
  else elements.reference(name, `${list}/${value}`);
}

function force(elements: RegisterElements, isDemanded: boolean): void {
  if (isDemanded) elements.demanded('obowiazujeOd', elements.value('in_force_since'));
  else elements.text('obowiazujeOd', elements.value('in_force_since'));
  elements.text('obowiazujeDo', elements.value('in_force_until'));
}

const ACTS: RegisterClass = {
  layer: 'plan_acts',
  classOf: () => ACT,
  begin: beginAs(iipOf),
  noPlace: [],
  write(elements, feature) {
    versionDates(elements);
    elements.demanded('tytul', elements.value('title'));
    elements.text('tytulAlternatywny', elements.value('alternative_title'));
    const type =
      elements.textOf('plan_type') ?? (elements.value('plan_kind') === 'general' ? 'planOgolnyGminy' : null);
    if (type === null) elements.lack('typPlanu');
    else elements.reference('typPlanu', ministry('TypAktuPlanowaniaPrzestrzennegoKod', type));
    elements.reference('poziomHierarchii', `${INSPIRE}/LevelOfSpatialPlanValue/local`, 'lokalny');
    force(elements, false);
    code(elements, 'status', `${INSPIRE}/ProcessStepGeneralValue`, 'status');
    elements.text('zmiana', elements.value('change_number'));
    elements.text('modyfikacja', elements.value('is_modification'));
    if (elements.value('base_map_date') !== null) {
      elements.inside('mapaPodkladowa', () =>
        elements.inside('MapaPodkladowa', () => {
          elements.text('data', elements.value('base_map_date'));
          elements.demandedText('referencja', elements.value('base_map_reference'));
          elements.text('lacze', elements.value('base_map_url'));
        }),
      );
    }
    elements.geometry('multi-surface', true, 'zasiegPrzestrzenny');
    for (const [name, property, className] of [
      ['dokumentPrzystepujacy', 'beginning_iip', DOCUMENT],
      ['dokumentUchwalajacy', 'resolution_iip', DOCUMENT],
      ['rysunek', 'drawing_iip', DRAWING],
    ] as const) {
      const iip = iipIn(feature.properties[property]);
      if (iip) elements.reference(name, pathOf(className, iip));
    }
  },
};

function actReference(elements: RegisterElements, name: string, feature: Feature): void {
  const iip = iipOf(feature);
  if (iip) elements.reference(name, pathOf(ACT, iip));
  else elements.lack(name);
}

/** `data` of a document; INSPIRE and ISO 19139 ask what kind of date it is. */
function documentDate(elements: RegisterElements, property: string): void {
  const date = elements.textOf(property);
  if (date === null) {
    elements.lack('data');
    return;
  }
  elements.inside('data', () =>
    elements.foreign(
      `<gmd:CI_Date xmlns:gmd="http://www.isotc211.org/2005/gmd"><gmd:date><gco:Date xmlns:gco="http://www.isotc211.org/2005/gco">${escapeText(date)}</gco:Date></gmd:date><gmd:dateType><gmd:CI_DateTypeCode codeList="${ISO_DATE_TYPES}" codeListValue="creation">creation</gmd:CI_DateTypeCode></gmd:dateType></gmd:CI_Date>`,
    ),
  );
}

/** The document whose identifier a property of the act holds. */
const documentOf = (property: string, className: string): Omit<RegisterClass, 'write'> => ({
  layer: 'plan_acts',
  classOf: () => className,
  applies: (act) => named(property)(act) !== undefined,
  begin: beginAs(named(property)),
  noPlace: [],
});

const RESOLUTIONS: RegisterClass = {
  ...documentOf('resolution_iip', DOCUMENT),
  write(elements, feature) {
    elements.demanded('tytul', elements.value('resolution_title'));
    elements.text('numerIdentyfikacyjny', elements.value('number'));
    documentDate(elements, 'adopted_on');
    elements.text('szczegoloweOdniesienie', elements.value('publication'));
    elements.text('lacze', elements.value('text_url'));
    actReference(elements, 'uchwala', feature);
  },
};

const BEGINNINGS: RegisterClass = {
  ...documentOf('beginning_iip', DOCUMENT),
  write(elements, feature) {
    elements.demanded('tytul', elements.value('beginning_title'));
    documentDate(elements, 'begun_on');
    actReference(elements, 'przystapienie', feature);
  },
};

const DRAWINGS: RegisterClass = {
  ...documentOf('drawing_iip', DRAWING),
  write(elements, feature) {
    const version = named('drawing_iip')(feature)?.version;
    const digits = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})$/.exec(version ?? '')?.slice(1);
    if (digits) elements.text('poczatekWersjiObiektu', momentOf(digits));
    else elements.lack('poczatekWersjiObiektu');
    elements.demanded('tytul', elements.value('drawing_title'));
    elements.demanded('lacze', elements.value('drawing_url'));
    elements.demanded('ukladOdniesieniaPrzestrzennego', elements.value('drawing_crs'));
    elements.demandedInteger('rozdzielczoscPrzestrzenna', elements.value('drawing_scale'));
    actReference(elements, 'plan', feature);
  },
};

const momentOf = (digits: readonly string[]): string =>
  `${digits.slice(0, 3).join('-')}T${digits.slice(3).join(':')}Z`;

/** What zones and areas have in common: `act_id` is the data set and lokalnyId of the act, in the same name space. */
function partOfAct(elements: RegisterElements, feature: Feature, symbol: string | null): void {
  elements.demanded('oznaczenie', elements.value('designation'));
  elements.demanded('symbol', symbol);
  versionDates(elements);
  force(elements, true);
  code(elements, 'status', `${INSPIRE}/ProcessStepGeneralValue`, 'status');
  code(elements, 'charakterUstalenia', `${INSPIRE}/RegulationNatureValue`, 'strength');
  elements.geometry('surface');
  const [, dataset, localId] = /^([^_]+)_(.+)$/.exec(elements.textOf('act_id') ?? '') ?? [];
  const kept = iipOf(feature)?.namespace.split('/')[0];
  if (kept === undefined || dataset === undefined || localId === undefined) elements.lack('plan');
  else
    elements.reference('plan', pathOf(ACT, { namespace: `${kept}/${dataset}`, localId, version: undefined }));
}

/** Areas of local plans have no class in APP 2.0. */
const ZONES: RegisterClass = {
  layer: 'plan_zones',
  classOf: ({ properties }) => (zoneKind(String(properties['symbol'])) ? 'StrefaPlanistyczna' : undefined),
  begin: beginAs(iipOf),
  noPlace: [
    'max_storeys',
    'min_intensity',
    'min_parcel_area_m2',
    'min_parking_per_dwelling',
    'min_parking_per_100m2',
    'roof_shape',
  ],
  write(elements, feature) {
    const kind = zoneKind(elements.textOf('symbol') ?? '') as ZoneKind;
    partOfAct(elements, feature, kind.code);
    elements.reference(
      'nazwa',
      ministry('RodzajStrefyPlanistycznejKod', codeOfZoneName(kind)),
      `strefa ${kind.pl}`,
    );
    elements.text('nazwaAlternatywna', elements.value('provisions'));
    uses(elements, 'profilPodstawowy', 'base_profile', true);
    uses(elements, 'profilDodatkowy', 'additional_profile', false);
    elements.text('maksNadziemnaIntensywnoscZabudowy', elements.value('max_intensity'));
    elements.text('maksUdzialPowierzchniZabudowy', elements.value('max_built_share_pct'));
    elements.measure('maksWysokoscZabudowy', elements.value('max_height_m'), 'm');
    elements.text('minUdzialPowierzchniBiologicznieCzynnej', elements.value('min_bioactive_share_pct'));
  },
};

function uses(elements: RegisterElements, name: string, property: string, isDemanded: boolean): void {
  const list = elements.textOf(property)?.split(', ') ?? [];
  for (const use of list) elements.reference(name, `${PLACE}/ontology/KPT#KPT-MPZP-${use}`);
  if (isDemanded && list.length === 0) elements.lack(name);
}

const AREAS: RegisterClass = {
  layer: 'plan_areas',
  classOf: ({ properties }) => AREA_CLASSES[String(properties['kind'])],
  begin: beginAs(iipOf),
  noPlace: [],
  write(elements, feature) {
    const kind = elements.textOf('kind');
    elements.text('nazwa', elements.value('name'));
    partOfAct(elements, feature, kind);
    if (kind !== 'OSD') return;
    elements.demanded('wylaczenieZabudowyZagrodowej', elements.value('excludes_farmsteads'));
    for (const { local, property, uom } of OWN_STANDARDS)
      elements.demandedMeasure(local, elements.value(property), uom);
    const others = elements.textOf('other_standards') ?? '';
    for (const name of ADDED_STANDARDS) {
      const metres = new RegExp(`(?:^|; )${name} (\\d+(?:\\.\\d+)?) m(?=;|$)`).exec(others)?.[1];
      if (metres !== undefined) elements.measure(`odlegloscDo${name}`, metres, 'm');
    }
  },
};

/** Acts with their documents and drawings, zones and areas of general plans. */
export const PLANNING_ACTS: Register = {
  name: 'app',
  namespace: NAMESPACE,
  prefix: 'app',
  schemaFile: `${NAMESPACE}/planowaniePrzestrzenne_2_0.xsd`,
  classes: [ACTS, RESOLUTIONS, BEGINNINGS, DRAWINGS, ZONES, AREAS],
  envelope: ENVELOPE,
};
