import type { Layer, LayerStatus, Text } from '../../../core/feature/layer.ts';
import { ageOf } from '../../../core/metadata/metadata-record.ts';
import type { SourceState } from '../../../core/wire/cascade.ts';
import type { LayersReply, WireLayer } from '../../../core/wire/city.ts';
import type { View } from '../../access/view.ts';
import { jsonReply } from '../../http/json.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

export interface CityFacts {
  readonly name: Text;
  /** EPSG code of the cadastral CRS. */
  readonly srid: number;
  /** Degrees WGS 84. */
  readonly home: { readonly lon: number; readonly lat: number };
  readonly geoid: { readonly model: string; readonly undulationM: number };
}

const CITY_DATASET = 'city';

/** Which city this is and what it holds, with the age and source of every layer. */
export async function getLayers(services: Services, city: CityFacts, ask: Ask): Promise<Reply> {
  const layers = await services.catalogue.layers(ask.view);
  const now = new Date();
  const described = await Promise.all(
    layers.map(async (layer) => {
      const status = await services.catalogue.status(layer.name, ask.view);
      const state = layer.cascaded && (await services.cascade.state(layer.name));
      return describe(layer, status, state, now);
    }),
  );
  const ours = described.filter(({ dataset }) => dataset === CITY_DATASET);
  const { geoid, ...facts } = city;
  const reply: LayersReply = {
    state: stateOf(ask.view),
    city: { ...facts, extent: extentOf(ours) },
    synthetic: ours.some(({ status }) => status.synthetic),
    geoid,
    layers: described,
  };
  return jsonReply(reply);
}

function stateOf({ at, scenario }: View): LayersReply['state'] {
  if (!scenario) return at ? { at: at.toISOString() } : {};
  const { id, title, revision, base } = scenario;
  return { scenario: { id, title, revision, baseAt: base.toISOString() } };
}

/** Only what everybody may know: the table and the audience of properties stay inside. */
function describe(layer: Layer, status: LayerStatus, state: SourceState | undefined, now: Date): WireLayer {
  const { table: _table, audience: _audience, derivedFrom: _derivedFrom, keptBy: _keptBy, ...known } = layer;
  const { properties, style, ...open } = known;
  const { ageDays, isStale } = ageOf(status, layer.freshnessDays, now);
  const extent = status.extent === undefined ? undefined : [...status.extent];
  const described = {
    ...open,
    style,
    properties: properties.map(({ audience: _audience, heightSystem: _system, ...property }) => property),
    ...(layer.cascaded && { cascaded: { ...layer.cascaded, state } }),
    status: { ...status, extent, ageDays, stale: isStale },
  };
  return described as unknown as WireLayer;
}

/** Parcels tile a city, so where there are any they say where it lies; rivers and noise run on beyond it. */
function extentOf(layers: readonly WireLayer[]): LayersReply['city']['extent'] {
  const parcels = layers.find(({ name }) => name === 'parcels')?.status.extent;
  return parcels ? union([parcels]) : union(layers.map(({ status }) => status.extent));
}

function union(extents: readonly (readonly number[] | undefined)[]): LayersReply['city']['extent'] {
  const known = extents.filter((extent) => extent !== undefined);
  if (known.length === 0) return null;
  const side = (index: number, pick: (...values: number[]) => number) =>
    pick(...known.map((extent) => extent[index] ?? Number.NaN));
  return [side(0, Math.min), side(1, Math.min), side(2, Math.max), side(3, Math.max)];
}
