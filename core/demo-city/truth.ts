/** What is so in a demo city, counted from the plan and from what is written, never by the code under test. */
import type { Feature } from '../feature/feature.ts';
import type { Position } from '../geo/geometry.ts';
import type { Defect } from './defects.ts';
import type { LayerDefect } from './layers/layer-defect.ts';
import { LAYERS_OF_TOWN } from './layers/town-layers.ts';
import { areaM2Of } from './registers.ts';
import { MUNICIPALITY, type PlannedParcel } from './town-plan.ts';

/** Registers that the demo city has; those derived from others are made by the store. */
export const DEMO_LAYERS = ['parcels', 'buildings', 'buildings_3d', ...LAYERS_OF_TOWN] as const;
export type DemoLayer = (typeof DEMO_LAYERS)[number];

/** Sums of residents, by the names of the register's properties. */
export const RESIDENT_SUMS = [
  'residents',
  'age_0_2',
  'age_3_6',
  'age_7_14',
  'age_15_18',
  'age_19_64',
  'age_65_plus',
  'households',
] as const;
export type ResidentSums = Readonly<Record<(typeof RESIDENT_SUMS)[number], number>>;

export interface PrecinctTruth {
  readonly precinctId: string;
  readonly parcels: number;
  readonly buildings: number;
  /** Sum of the exact areas of its parcels, before planted faults. */
  readonly areaM2: number;
  readonly residents: ResidentSums;
}

/** All lines of one kind. */
export interface NetworkTruth {
  readonly network: string;
  readonly lineType: string | null;
  readonly role: string;
  readonly course: string;
  readonly lines: number;
  /** Sum of their lengths on the plane. */
  readonly lengthM: number;
}

export interface DemoTruth {
  /** Exact number of features of each layer. */
  readonly counts: Readonly<Record<DemoLayer, number>>;
  readonly precincts: readonly PrecinctTruth[];
  readonly networks: readonly NetworkTruth[];
  /** The area of the whole town from its outline alone. */
  readonly outlineAreaM2: number;
  readonly parcelsAreaM2: number;
  /** Faults planted on purpose, with the objects concerned. */
  readonly defects: readonly (Defect | LayerDefect)[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type PrecinctSums = Mutable<Omit<PrecinctTruth, 'residents'>> & { readonly residents: Mutable<ResidentSums> };

/** Adds up what a run through a town writes. */
export class TruthTally {
  readonly #counts = Object.fromEntries(DEMO_LAYERS.map((layer) => [layer, 0])) as Record<DemoLayer, number>;
  readonly #precincts = new Map<string, PrecinctSums>();
  readonly #networks = new Map<string, Mutable<NetworkTruth>>();

  parcel({ precinct, buildings, ringCm }: PlannedParcel): void {
    const sums = this.#precinct(`${MUNICIPALITY}.${precinct}`);
    sums.parcels++;
    sums.buildings += buildings.length;
    sums.areaM2 += areaM2Of(ringCm);
  }

  feature({ layer, id, geometry, properties }: Feature): void {
    this.#counts[layer as DemoLayer]++;
    if (layer === 'building_residents') {
      const [unit, precinct] = id.split('.');
      const { residents } = this.#precinct(`${unit}.${precinct}`);
      for (const name of RESIDENT_SUMS) residents[name] += properties[name] as number;
    }
    if (layer === 'utility_lines' && geometry?.type === 'LineString') {
      const text = (name: string) => properties[name] as string;
      const [network, role, course] = [text('network'), text('role'), text('course')];
      const lineType = properties['line_type'] as string | null;
      const key = `${network} ${lineType} ${role} ${course}`;
      const sums = this.#networks.get(key) ?? { network, lineType, role, course, lines: 0, lengthM: 0 };
      sums.lines++;
      sums.lengthM += lengthM(geometry.coordinates);
      this.#networks.set(key, sums);
    }
  }

  truth(outlineAreaM2: number, defects: DemoTruth['defects']): DemoTruth {
    const precincts = [...this.#precincts.values()].sort((a, b) => (a.precinctId < b.precinctId ? -1 : 1));
    const networks = [...this.#networks].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sums]) => sums);
    return {
      counts: this.#counts,
      precincts,
      networks,
      outlineAreaM2,
      parcelsAreaM2: precincts.reduce((sum, { areaM2 }) => sum + areaM2, 0),
      defects,
    };
  }

  #precinct(precinctId: string): PrecinctSums {
    const known = this.#precincts.get(precinctId);
    if (known) return known;
    const residents = Object.fromEntries(RESIDENT_SUMS.map((name) => [name, 0])) as Mutable<ResidentSums>;
    const fresh = { precinctId, parcels: 0, buildings: 0, areaM2: 0, residents };
    this.#precincts.set(precinctId, fresh);
    return fresh;
  }
}

const lengthM = (line: readonly Position[]): number =>
  line.slice(1).reduce((sum, [x, y], i) => {
    const [u, v] = line[i] as Position;
    return sum + Math.hypot(x - u, y - v);
  }, 0);
