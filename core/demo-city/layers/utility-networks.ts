/** Which networks lie under and over the streets of a demo town, where, and how deep. */
import type { Xy } from '../../geo/plane.ts';
import type { QuarterKind } from '../skeleton.ts';
import type { Section } from './street-network.ts';

export type NetworkName =
  | 'water'
  | 'sewer'
  | 'gas'
  | 'power'
  | 'heat'
  | 'telecom'
  | 'special'
  | 'unidentified';

export interface Pipe {
  readonly type: string | null;
  readonly diameterMm: number | null;
  readonly material: string | null;
}

export interface Network {
  /** Tells networks of one kind apart: sewage and rain. */
  readonly key: string;
  readonly name: NetworkName;
  /** Left of the middle of the street, as a share of half its land. */
  readonly beside: number;
  /** Where all mains of this network meet at a junction, metres from it. */
  readonly hub: Xy;
  readonly depthM: number;
  readonly main: Pipe;
  /** Undefined where no building is connected. */
  readonly connection?: Pipe;
  readonly operator: string | null;
  /** Whether it runs on poles along a street. */
  readonly overhead?: (section: Section) => boolean;
  /** Whether it lies in a street. */
  readonly inStreet: (section: Section) => boolean;
}

const pipe = (type: string | null, diameterMm: number | null, material: string | null): Pipe => ({
  type,
  diameterMm,
  material,
});

const isKind = ({ quarterKind }: Section, kinds: readonly QuarterKind[]): boolean =>
  quarterKind !== undefined && kinds.includes(quarterKind);
const isWide = ({ class: roadClass }: Section): boolean => roadClass === 'main' || roadClass === 'collector';
const isBuilt = ({ class: roadClass }: Section): boolean => roadClass !== 'service';

const HEATED: readonly QuarterKind[] = [
  'slab-estate',
  'new-estate',
  'tenements',
  'inner-blocks',
  'campus',
  'old-town',
];
/** Built before cables went underground everywhere. */
const WIRED: readonly QuarterKind[] = ['older-houses', 'village'];
const WITHOUT_DRAINS: readonly QuarterKind[] = ['village', 'older-houses', 'allotments', 'old-town'];

export const isHeated = (section: Section): boolean => section.class === 'main' || isKind(section, HEATED);

const WATERWORKS = 'Wodociągi Pokazowe S.A.';
const POWER = 'Energia Pokazowa S.A.';

export const NETWORKS: readonly Network[] = [
  {
    key: 'sewer',
    name: 'sewer',
    beside: 0.06,
    hub: [0, 0],
    depthM: 2.6,
    main: pipe('sewer_sanitary', 250, 'kamionka'),
    connection: pipe('sewer_local', 160, 'PVC'),
    operator: WATERWORKS,
    inStreet: isBuilt,
  },
  {
    key: 'storm',
    name: 'sewer',
    beside: -0.16,
    hub: [-0.6, -0.5],
    depthM: 1.9,
    main: pipe('sewer_storm', 400, 'beton'),
    operator: 'Zarząd Dróg Miejskich',
    inStreet: (section) => isWide(section) || (isBuilt(section) && !isKind(section, WITHOUT_DRAINS)),
  },
  {
    key: 'water',
    name: 'water',
    beside: -0.42,
    hub: [-1.4, 0.9],
    depthM: 1.6,
    main: pipe('water_general', 150, 'żeliwo'),
    connection: pipe('water_local', 40, 'PE'),
    operator: WATERWORKS,
    inStreet: isBuilt,
  },
  {
    key: 'gas',
    name: 'gas',
    beside: 0.48,
    hub: [1.3, 1.1],
    depthM: 1,
    main: pipe('gas_low', 110, 'PE'),
    connection: pipe('gas_low', 40, 'PE'),
    operator: 'Gazownia Pokazowa Sp. z o.o.',
    inStreet: isBuilt,
  },
  {
    key: 'power',
    name: 'power',
    beside: -0.8,
    hub: [-1.2, -1.3],
    depthM: 0.7,
    main: pipe('power_low', null, 'YAKY 4x240'),
    connection: pipe('power_low', null, 'YAKY 4x35'),
    operator: POWER,
    overhead: (section) => isKind(section, WIRED),
    inStreet: isBuilt,
  },
  {
    key: 'medium voltage',
    name: 'power',
    beside: -0.68,
    hub: [-2, 0.2],
    depthM: 0.9,
    main: pipe('power_medium', null, '3xXRUHAKXS 1x240'),
    operator: POWER,
    overhead: ({ class: roadClass }) => roadClass === 'service',
    inStreet: (section) => isWide(section) || section.class === 'service',
  },
  {
    key: 'telecom',
    name: 'telecom',
    beside: 0.82,
    hub: [1.6, -1],
    depthM: 0.8,
    main: pipe('telecom_fibre', 110, 'HDPE'),
    connection: pipe('telecom_fibre', 40, 'HDPE'),
    operator: 'Światłowody Pokazowe Sp. z o.o.',
    inStreet: isBuilt,
  },
  {
    key: 'heat',
    name: 'heat',
    beside: 0.28,
    hub: [0.5, 1.8],
    depthM: 1.2,
    main: pipe('heat_high', 219, 'preizolowane'),
    connection: pipe('heat_low', 89, 'preizolowane'),
    operator: 'Ciepło Pokazowe S.A.',
    inStreet: (section) => isBuilt(section) && isHeated(section),
  },
  {
    key: 'special',
    name: 'special',
    beside: 0.66,
    hub: [2.2, 0.4],
    depthM: 1.4,
    main: pipe('special_oil', 200, 'stal'),
    operator: 'Paliwa Pokazowe S.A.',
    inStreet: (section) => isBuilt(section) && isKind(section, ['industry']),
  },
];

/** What a detector finds and nobody knows: a piece of a line, out of use. */
export const UNIDENTIFIED: Network = {
  key: 'unidentified',
  name: 'unidentified',
  beside: -0.3,
  hub: [0, 0],
  depthM: 1.1,
  main: pipe(null, null, null),
  operator: null,
  inStreet: (section) => isKind(section, ['old-town', 'tenements', 'inner-blocks', 'industry']),
};
