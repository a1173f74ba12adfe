/** Utility networks as 3D Tiles: tubes at their depth and shafts of their devices, coloured by network. */
import type { HeightSource, LaidLine } from '../../core/analysis/dig/laid-line.ts';
import { HEIGHT_SOURCE_PROPERTY } from '../../core/catalogue/laid-networks.ts';
import { UTILITY_LINES } from '../../core/catalogue/utilities.ts';
import type { PropertyValue } from '../../core/feature/feature.ts';
import type { Layer, PropertyDeclaration } from '../../core/feature/layer.ts';
import type { Undulation } from '../../core/geo/geoid.ts';
import { writeFeatureGlb } from '../mesh/building-glb.ts';
import type { MeshGroup } from '../mesh/building-mesh.ts';
import { addPipe, addShaft, type Shaft } from '../mesh/pipe-mesh.ts';
import type { DocumentSource } from '../source.ts';
import type { LevelSizes } from './building-grid.ts';
import type { TiledStore } from './building-store.ts';
import { type TilesetKind, tilesetOf } from './tileset-source.ts';

/** A line or a device; without a shape where nothing tells its height. */
export interface NetworkRow {
  readonly id: string;
  readonly network: string | null;
  readonly pipe?: LaidLine | undefined;
  readonly shaft?: Shaft | undefined;
  readonly heightSource: HeightSource | 'unknown';
  readonly properties: Readonly<Record<string, PropertyValue>>;
}

/** What a globe needs to name and style them. */
const PUBLISHED = ['network', 'line_type', 'kind', 'role', 'state', 'course', 'diameter_mm', 'depth_m'];

const carried = ({ properties }: Layer): readonly PropertyDeclaration[] => [
  ...properties.filter(({ name, audience = 'public' }) => audience === 'public' && PUBLISHED.includes(name)),
  HEIGHT_SOURCE_PROPERTY,
];

/** Lines are longer than buildings, and a city has many times as many: fewer of them are in the upper levels. */
const NETWORK_SIZES_M: LevelSizes = [200, 140, 100, 70, 40, 0];
/** Thin things are missed from near only: a main of 200 m from about a kilometre. */
const ERROR_SCALE = 0.05;

const NETWORKS: TilesetKind<NetworkRow> = {
  properties: carried,
  featureClass: { schema: 'blizniak_networks', id: 'network', title: 'Uzbrojenie terenu / Utility network' },
  sizesM: NETWORK_SIZES_M,
  errorScale: ERROR_SCALE,
  counted: 'objects',
  write: (rows, layer, map) => {
    const groups = new Map<string, MeshGroup>();
    rows.forEach(({ network, pipe, shaft }, feature) => {
      const name = network ?? 'unidentified';
      const group = groups.get(name) ?? { positions: [], normals: [], features: [], indices: [] };
      groups.set(name, group);
      if (pipe) addPipe(group, pipe, feature, map);
      if (shaft) addShaft(group, shaft, feature, map);
    });
    const painted = [...groups].map(([name, group]) => ({ name, color: colourOf(name), group }));
    const told = rows.map(({ id, properties, heightSource }) => ({
      id,
      properties: { ...properties, [HEIGHT_SOURCE_PROPERTY.name]: heightSource },
    }));
    return writeFeatureGlb(
      painted.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      told,
      carried(layer),
      NETWORKS.featureClass,
    );
  },
};

/** The colours of maps of networks. */
function colourOf(network: string): string {
  const { entries = [] } = UTILITY_LINES.style.classes ?? {};
  return entries.find(({ values }) => values.includes(network))?.stroke ?? UTILITY_LINES.style.stroke;
}

/** Made on demand like `tilesetSource`; layers by name: `utility_lines`, `utility_devices`. */
export const networkTileset = (store: TiledStore<NetworkRow>, undulation: Undulation): DocumentSource =>
  tilesetOf(store, NETWORKS, undulation);
