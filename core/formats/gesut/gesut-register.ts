/** GESUT in the schema of 2021 (GESUT.XSD 1.3). */
import type { Feature } from '../../feature/feature.ts';
import type { RegisterElements } from '../register-gml/register-elements.ts';
import type { RegisterLinks } from '../register-gml/register-links.ts';
import type { Register, RegisterClass } from '../register-gml/write-register.ts';
import {
  ACCOMPANYING,
  ACCOMPANYING_CLASS,
  COURSE,
  DEVICE_CLASSES,
  ELEVATION_CLASS,
  FLOW,
  LINE_CLASSES,
  NETWORK,
  OPERATION,
  ROLE,
  SOURCE_NOT_STATED,
  SOURCES,
  STATUS,
} from './gesut-codes.ts';

const LINES: RegisterClass = {
  layer: 'utility_lines',
  classOf: ({ properties }) => LINE_CLASSES[String(properties['network'])]?.className,
  prepare: lookUpElevations,
  noPlace: ['material', 'depth_m', 'start_height_m', 'end_height_m', 'built_year'],
  write(elements, feature, links) {
    const network = elements.textOf('network') ?? '';
    writeShared(elements, feature, links);
    elements.geometry('any');
    elements.code('funkcja', 'role', ROLE);
    elements.code('przebieg', 'course', COURSE);
    if (network !== 'unidentified') {
      elements.code('typPrzewodu', 'line_type', LINE_CLASSES[network]?.codes ?? {});
    }
    if (network === 'sewer') elements.code('rodzaj', 'flow', FLOW);
    if (network === 'telecom') elements.demanded('wiazka', elements.value('is_bundle'));
    else if (network !== 'power') elements.text('srednica', elements.value('diameter_mm'));
    if (network !== 'sewer') return;
    elements.text('wymiarPoziomy', elements.value('width_mm'));
    elements.text('wymiarPionowy', elements.value('height_mm'));
  },
};

const isAccompanying = ({ properties }: Feature): boolean => String(properties['kind']) in ACCOMPANYING;

const DEVICES: RegisterClass = {
  layer: 'utility_devices',
  classOf: (device) =>
    isAccompanying(device)
      ? ACCOMPANYING_CLASS
      : DEVICE_CLASSES[String(device.properties['network'])]?.className,
  prepare: lookUpElevations,
  noPlace: ['top_height_m', 'bottom_height_m'],
  write(elements, feature, links) {
    const network = elements.textOf('network') ?? '';
    writeShared(elements, feature, links);
    elements.geometry('any');
    if (isAccompanying(feature)) {
      elements.demandedCode('rodzajUrzadzenia', 'kind', ACCOMPANYING);
      elements.code('rodzajSieci', 'network', NETWORK);
    } else if (network !== 'unidentified') {
      elements.demandedCode('rodzajUrzadzenia', 'kind', DEVICE_CLASSES[network]?.codes ?? {});
    }
  },
};

/** The twin keeps no source of a measured height: the schema's own "not stated". */
const ELEVATIONS: RegisterClass = {
  layer: 'utility_elevations',
  classOf: () => ELEVATION_CLASS,
  noPlace: ['network'],
  write(elements) {
    elements.substitute('zrodlo', null, SOURCES, SOURCE_NOT_STATED);
    elements.geometry('any');
    elements.text('rzednaGory', elements.value('top_height_m'));
    elements.text('rzednaDolu', elements.value('bottom_height_m'));
    elements.text('rzedna', elements.value('ground_height_m'));
  },
};

function lookUpElevations(batch: readonly Feature[], links: RegisterLinks): Promise<void> {
  return links.lookUpReferring(
    'utility_elevations',
    'object_id',
    batch.map(({ id }) => id),
  );
}

/** What every line and device has before its geometry. Who runs it is written where the reader may see it. */
function writeShared(elements: RegisterElements, { id }: Feature, links: RegisterLinks): void {
  elements.substitute('zrodlo', elements.value('position_source'), SOURCES, SOURCE_NOT_STATED);
  elements.demandedCode('status', 'state', STATUS);
  elements.code('eksploatacja', 'operation', OPERATION);
  elements.text('wladajacy', elements.value('operator'));
  elements.text('idBranzowy', elements.value('operator_id'));
  elements.links('rzednaObiektu', links.referringTo('utility_elevations', id));
}

export const GESUT: Register = {
  name: 'gesut',
  namespace: 'geodezyjnaEwidencjaSieciUzbrojeniaTerenu:1.0',
  prefix: 'ges',
  schemaFile: 'GESUT.XSD',
  classes: [LINES, DEVICES, ELEVATIONS],
};
