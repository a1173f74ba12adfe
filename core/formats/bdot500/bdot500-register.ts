/** BDOT500 in the schema of 2021 (BDOT500.XSD 1.3). */
import type { Feature } from '../../feature/feature.ts';
import type { RegisterElements } from '../register-gml/register-elements.ts';
import type { RegisterLinks } from '../register-gml/register-links.ts';
import type { Register, RegisterClass } from '../register-gml/write-register.ts';
import {
  AREAS,
  BUILDING_CLASS,
  BUILDING_KIND_CODES,
  BUILDING_STATE,
  CLASSES,
  HEIGHT_CLASS,
  HEIGHT_KIND,
  LINES,
  type OwnElement,
  POINTS,
  SOURCE_NOT_STATED,
  SOURCES,
  SURFACE,
  type TopographicClass,
} from './topographic-codes.ts';

/** What every object has before its geometry. */
function writeShared(elements: RegisterElements): void {
  elements.substitute('zrodlo', elements.value('position_source'), SOURCES, SOURCE_NOT_STATED);
  elements.text('dataPrzyjeciaDoZasobu', elements.value('accepted_on'));
  elements.text('informacjaDodatkowa', elements.value('remark'));
  elements.text('numerOperatu', elements.value('survey_file'));
}

const BUILDINGS: RegisterClass = {
  layer: 'unregistered_buildings',
  classOf: () => BUILDING_CLASS,
  noPlace: [],
  write(elements) {
    writeShared(elements);
    elements.geometry('multi-surface');
    elements.demanded('rodzajKST', elements.value('kind'), BUILDING_KIND_CODES);
    elements.demandedCode('status', 'state', BUILDING_STATE);
    elements.text('liczbaKondygnacjiNadziemnych', elements.value('storeys_above'));
    elements.text('liczbaKondygnacjiPodziemnych', elements.value('storeys_below'));
  },
};

const HEIGHTS: RegisterClass = {
  layer: 'topographic_heights',
  classOf: () => HEIGHT_CLASS,
  noPlace: [],
  write(elements) {
    writeShared(elements);
    elements.geometry('any');
    elements.demandedCode('rodzajRzednej', 'kind', HEIGHT_KIND);
    elements.demanded('rzedna', elements.value('height_m'));
  },
};

/** A class that the schema does not draw so has none there. */
const classOf = ({ layer, properties }: Feature): TopographicClass | undefined => {
  const found = CLASSES[String(properties['class'])];
  return found?.shapes === undefined || found.shapes.some((shape) => layer.endsWith(shape))
    ? found
    : undefined;
};

const ofShape = (layer: string): RegisterClass => ({
  layer,
  classOf: (feature) => classOf(feature)?.className,
  prepare: (batch, links) =>
    links.lookUp(
      'unregistered_buildings',
      batch.flatMap(({ properties: { building_id: id } }) => (typeof id === 'string' ? [id] : [])),
    ),
  noPlace: [],
  write(elements, feature, links) {
    const one = classOf(feature);
    if (one === undefined) return;
    writeShared(elements);
    elements.geometry(one.geometry ?? 'any');
    elements.demandedCode(one.kind, 'kind', one.codes);
    for (const [own, write] of Object.entries(WRITE_OWN)) {
      if (one.own?.includes(own as OwnElement)) write(elements, one, links);
      else for (const property of PROPERTIES_OF[own as OwnElement]) elements.noPlace(property);
    }
  },
});

/** In the order of the schema, whatever the class. */
const WRITE_OWN: Readonly<
  Record<OwnElement, (elements: RegisterElements, one: TopographicClass, links: RegisterLinks) => void>
> = {
  block(elements) {
    elements.text('oznaczenieBloku', elements.value('block_name'));
    elements.text('numerNajwyzszejKondygnacji', elements.value('highest_storey'));
    elements.text('numerNajnizszejKondygnacji', elements.value('lowest_storey'));
  },
  surface: (elements) => elements.code('rodzajNawierzchni', 'surface', SURFACE),
  level: (elements) => elements.text('polozenie', elements.value('level')),
  direction_line: (elements) => elements.placed('poliliniaKierunkowa', elements.value('direction_line')),
  slope_starts: (elements) => elements.placed('poczatekGorySkarpy', elements.value('slope_starts')),
  slope_ends: (elements) => elements.placed('koniecGorySkarpy', elements.value('slope_ends')),
  name: (elements) => elements.text('nazwaWlasna', elements.value('name')),
  building_id(elements, { building = '' }, links) {
    const id = elements.textOf('building_id');
    elements.links(building, id === null ? [] : links.idOf('unregistered_buildings', id), 1);
  },
};

const PROPERTIES_OF: Readonly<Record<OwnElement, readonly string[]>> = {
  block: ['block_name', 'highest_storey', 'lowest_storey'],
  surface: ['surface'],
  level: ['level'],
  direction_line: ['direction_line'],
  slope_starts: ['slope_starts'],
  slope_ends: ['slope_ends'],
  name: ['name'],
  building_id: ['building_id'],
};

export const BDOT500: Register = {
  name: 'bdot500',
  namespace: 'bazaDanychObiektowTopograficznych500:1.0',
  prefix: 'ot',
  schemaFile: 'BDOT500.XSD',
  classes: [BUILDINGS, ofShape(AREAS), ofShape(LINES), ofShape(POINTS), HEIGHTS],
};
