/** The national topographic database over the same plan: land cover, carriageways and natural monuments, generalised by nothing. */
import type { Feature, PropertyValue } from '../../feature/feature.ts';
import type { Geometry } from '../../geo/geometry.ts';
import { uuidOf } from '../random.ts';
import { registerProperties } from '../registers.ts';
import { feature } from './shapes.ts';

const IIP_NAMESPACE_BDOT10K = 'PL.PZGiK.330.BDOT10k';

/** Class and kind of the schema 2.0 by the kind of land cover; what is not here has no class of its own. */
const COVERS: Readonly<Record<string, readonly [className: string, kind: string]>> = {
  residential: ['PTZB', 'zabudowa jednorodzinna'],
  commercial: ['PTZB', 'zabudowa handlowo-usługowa'],
  public: ['PTZB', 'pozostała zabudowa'],
  industrial: ['PTZB', 'zabudowa przemysłowo-składowa'],
  grass: ['PTTR', 'roślinność trawiasta'],
  field: ['PTTR', 'uprawa na gruntach ornych'],
  wood: ['PTLZ', 'las'],
  allotment: ['PTUT', 'ogród działkowy'],
  paved: ['PTPL', 'plac'],
  street: ['PTKM', 'teren pod drogą kołową'],
  railway: ['PTKM', 'teren pod torowiskiem'],
  bare: ['PTGN', 'teren piaszczysty lub żwirowy'],
};

/** The objects themselves, each followed by what BDOT10k has of it. */
export function* alsoIn10k(features: Iterable<Feature>, seed: number): Generator<Feature> {
  for (const one of features) {
    yield one;
    const shown = shownIn10k(one);
    if (shown) yield objectOf(one.id, seed, ...shown);
  }
}

type Shown = readonly [layer: string, geometry: Geometry, properties: Record<string, PropertyValue>];

function shownIn10k({ layer, geometry, properties }: Feature): Shown | undefined {
  if (!geometry) return undefined;
  if (layer === 'land_cover') {
    const [className, kind] = COVERS[String(properties['kind'])] ?? [];
    return className && kind ? ['bdot10k_areas', geometry, { class: className, kind }] : undefined;
  }
  if (layer === 'roads' && geometry.type === 'LineString') {
    const lines: Geometry = { type: 'MultiLineString', coordinates: [geometry.coordinates] };
    const { name = null, width_m = null } = properties;
    return ['bdot10k_lines', lines, { class: 'SKJZ', name, width_m, existence: 'eksploatowany' }];
  }
  if (layer === 'trees' && properties['protection'] === 'monument') {
    return ['bdot10k_points', geometry, { class: 'OIPR', kind: 'drzewo lub grupa drzew' }];
  }
  return undefined;
}

const NOTHING = {
  ...{ class: null, code: null, kind: null, name: null, number: null, use: null, surface: null },
  ...{ width_m: null, storeys: null, existence: null, other: null, remark: null },
} as const;

function objectOf(id: string, seed: number, ...[layer, geometry, properties]: Shown): Feature {
  const localId = uuidOf(seed, 'bdot10k', id);
  const { iip_version, version_since, version_until } = registerProperties(seed, localId);
  return feature(layer, localId, geometry, {
    ...NOTHING,
    ...properties,
    position_source: 'BDOT500',
    ...{ iip_namespace: IIP_NAMESPACE_BDOT10K, iip_local_id: localId },
    ...{ iip_version, version_since, version_until },
  });
}
