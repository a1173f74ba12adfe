/**
 * EGiB in the schema of 2021 (EGIB.XSD 1.10, Dz.U. 2021 poz. 1390). Owners, shares, register units and land-register
 * numbers are not in the twin, so they are in no file: JRG2 is missing by `nilReason`.
 */
import type { Feature } from '../../feature/feature.ts';
import type { RegisterElements } from '../register-gml/register-elements.ts';
import type { RegisterLinks } from '../register-gml/register-links.ts';
import type { Register, RegisterClass } from '../register-gml/write-register.ts';
import { type LandUse, landUsesOf } from './land-uses.ts';

const ONE_OR_TWO = ['1', '2'];
const MONUMENTS = ['1', '2', '3', '4', '5', '6'];
const KINDS = [...'mgtkzbhpsi'];
const OFU = 'R S Ł Ps Br Wsr W Lzr Ls Lz B Ba Bi Bp Bz K dr Tk Ti Tp N Wp Ws Wm Tr'.split(' ');
const OZU = 'R Ł Ps Ls Lz N'.split(' ');
/** The schema asks for three points of every boundary. */
const LEAST_POINTS = 3;

const textOf = ({ properties }: Feature, property: string): string[] => {
  const value = properties[property];
  return typeof value === 'string' && value !== '' ? [value] : [];
};
const listOf = (feature: Feature, property: string): string[] =>
  textOf(feature, property).flatMap((text) => text.split(/\s*,\s*/));

const UNITS: RegisterClass = {
  layer: 'cadastral_units',
  classOf: () => 'EGB_JednostkaEwidencyjna',
  batch: 1,
  prepare: (batch, links) => links.lookUpPoints(batch),
  noPlace: [],
  write(elements, feature, links) {
    elements.geometry('multi-surface', false);
    elements.demandedText('idJednostkiEwid', writtenId(feature));
    elements.demandedText('nazwaWlasna', elements.value('name'));
    elements.links('punktGranicyJednEwid', links.pointsOn(feature), LEAST_POINTS);
  },
};

const PRECINCTS: RegisterClass = {
  layer: 'precincts',
  classOf: () => 'EGB_ObrebEwidencyjny',
  batch: 1,
  async prepare(batch, links) {
    await links.lookUpPoints(batch);
    await links.lookUp(
      'cadastral_units',
      batch.flatMap((feature) => textOf(feature, 'unit_id')),
    );
  },
  noPlace: [],
  write(elements, feature, links) {
    elements.geometry('multi-surface', false);
    elements.demandedText('idObrebu', writtenId(feature));
    elements.demandedText('nazwaWlasna', elements.value('name'));
    elements.links('punktGranicyObrebu', links.pointsOn(feature), LEAST_POINTS);
    elements.links('lokalizacjaObrebu', linked(links, 'cadastral_units', feature, 'unit_id'), 1);
  },
};

const PARCELS: RegisterClass = {
  layer: 'parcels',
  classOf: () => 'EGB_DzialkaEwidencyjna',
  async prepare(batch, links) {
    await links.lookUpPoints(batch);
    await links.lookUp(
      'precincts',
      batch.flatMap((feature) => textOf(feature, 'precinct_id')),
    );
    await links.lookUpReferring(
      'addresses',
      'parcel_id',
      batch.map(({ id }) => id),
    );
  },
  noPlace: ['register_group'],
  write(elements, feature, links) {
    // Where the register wrote no TERYT id, what it wrote is kept as the number.
    elements.demandedText('idDzialki', writtenId(feature) ?? elements.value('parcel_number'));
    elements.geometry('surface');
    elements.demandedMeasure('poleEwidencyjne', elements.value('registered_area_ha'), 'ha');
    elements.demanded('dokladnoscReprezentacjiPola', elements.value('area_precision'), ONE_OR_TWO);
    writeLandUses(elements);
    elements.links('JRG2', [], 1);
    elements.links('adresDzialki', links.referringTo('addresses', feature.id));
    elements.links('punktGranicyDzialki', links.pointsOn(feature), LEAST_POINTS);
    elements.links('lokalizacjaDzialki', linked(links, 'precincts', feature, 'precinct_id'), 1);
  },
};

/** One use without an area covers all of the parcel; the areas of several are not divided by guess. */
function writeLandUses(elements: RegisterElements): void {
  const uses = landUsesOf(elements.textOf('land_use') ?? '');
  if (uses.length === 0) elements.lack('klasouzytek');
  for (const use of uses) {
    const areaHa = use.areaHa ?? (uses.length === 1 ? elements.value('registered_area_ha') : null);
    elements.inside('klasouzytek', () =>
      elements.inside('EGB_Klasouzytek', () => writeLandUse(elements, use, areaHa)),
    );
  }
}

function writeLandUse(
  elements: RegisterElements,
  { ofu, ozu, ozk }: LandUse,
  areaHa: ReturnType<RegisterElements['value']>,
): void {
  elements.demanded('OFU', ofu, OFU);
  if (ozu !== null) elements.demanded('OZU', ozu, OZU);
  elements.text('OZK', ozk);
  elements.demandedMeasure('powierzchnia', areaHa, 'ha');
}

const BUILDINGS: RegisterClass = {
  layer: 'buildings',
  classOf: () => 'EGB_Budynek',
  async prepare(batch, links) {
    await links.lookUp(
      'parcels',
      batch.flatMap((feature) => listOf(feature, 'parcel_ids')),
    );
    await links.lookUpReferring(
      'addresses',
      'building_id',
      batch.map(({ id }) => id),
    );
  },
  noPlace: [],
  write(elements, feature, links) {
    elements.demandedText('idBudynku', writtenId(feature));
    elements.geometry('multi-surface', false);
    elements.demanded('rodzajWgKST', elements.value('kind'), KINDS);
    elements.demandedInteger('liczbaKondygnacjiNadziemnych', elements.value('storeys_above'));
    elements.demandedInteger('liczbaKondygnacjiPodziemnych', elements.value('storeys_below'));
    elements.demandedMeasure('powZabudowy', elements.value('built_area_m2'), 'm2');
    const parcels = listOf(feature, 'parcel_ids').flatMap((id) => links.idOf('parcels', id));
    elements.links('dzialkaZabudowana', parcels, 1);
    elements.links('adresBudynku', links.referringTo('addresses', feature.id));
  },
};

const ADDRESSES: RegisterClass = {
  layer: 'addresses',
  classOf: () => 'EGB_AdresNieruchomosci',
  noPlace: ['postal_code'],
  write(elements) {
    elements.demandedText('nazwaMiejscowosci', elements.value('town'));
    elements.text('idMiejscowosci', elements.value('town_code'));
    elements.text('nazwaUlicy', elements.value('street'));
    elements.text('idNazwyUlicy', elements.value('street_code'));
    elements.text('numerPorzadkowy', elements.value('house_number'));
    elements.geometry('any', false);
  },
};

const BOUNDARY_POINTS: RegisterClass = {
  layer: 'boundary_points',
  classOf: () => 'EGB_PunktGraniczny',
  noPlace: ['position_error'],
  write(elements) {
    elements.geometry('any');
    elements.demandedText('idPunktu', elements.value('point_number'));
    elements.text('sposobPozyskania', elements.value('origin'));
    elements.demanded('spelnienieWarunkowDokl', elements.value('meets_accuracy'), ONE_OR_TWO);
    elements.demanded('rodzajStabilizacji', elements.value('monument'), MONUMENTS);
    elements.text('oznWMaterialeZrodlowym', elements.value('source_designation'));
    elements.text('numerOperatuTechnicznego', elements.value('survey_file'));
  },
};

/** The id of the register, or null for an object that is kept under its identifier of the infrastructure. */
const writtenId = ({ id, properties }: Feature): string | null =>
  id === properties['iip_local_id'] ? null : id;

const linked = (links: RegisterLinks, layer: string, feature: Feature, property: string): readonly string[] =>
  textOf(feature, property).flatMap((id) => links.idOf(layer, id));

export const EGIB: Register = {
  name: 'egib',
  namespace: 'ewidencjaGruntowIBudynkow:1.0',
  prefix: 'egb',
  schemaFile: 'EGIB.XSD',
  classes: [UNITS, PRECINCTS, PARCELS, BUILDINGS, ADDRESSES, BOUNDARY_POINTS],
};
