/** The catalogue as the capabilities list it, before it is written in the form of a version. */
import type { Layer, LayerGroup, LayerStatus, Text } from '../../../core/feature/layer.ts';
import { type Bbox, reprojectBbox, widenBbox } from '../../../core/geo/bbox.ts';
import { type AxisOrder, crsOf, SERVED_CRS } from '../../../core/geo/crs.ts';
import { withStaleness } from '../../../core/metadata/metadata-record.ts';
import { updateSequenceOf } from '../../../core/metadata/update-sequence.ts';
import { type TimeExtent, timeExtent } from '../../access/time-dimension.ts';
import type { Ask } from '../../http/protocol.ts';
import type { WmsServices } from './wms-services.ts';

/** A box as it is written: corners in the order of the CRS at this version. */
export interface WrittenBox {
  readonly crs: string;
  readonly minX: string;
  readonly minY: string;
  readonly maxX: string;
  readonly maxY: string;
}

export interface LayerNode {
  readonly layer: Layer;
  /** What it is, and that it is stale where it is. */
  readonly abstract: Text;
  /** Undefined while the layer is empty: then it inherits that of the root. */
  readonly extent: Bbox | undefined;
  readonly time: TimeExtent | undefined;
}

export interface GroupNode {
  readonly group: LayerGroup;
  readonly layers: readonly LayerNode[];
}

export interface LayerTree {
  readonly groups: readonly GroupNode[];
  readonly statuses: readonly LayerStatus[];
  readonly updateSequence: number;
  /** Around all layers, degrees WGS 84. */
  readonly extent: Bbox;
}

/** Where nothing is loaded yet: Poland. */
const POLAND: Bbox = { minX: 14, minY: 49, maxX: 24.2, maxY: 54.9, srid: 4326 };
/** A single point has no area, but a bounding box must. */
const LEAST_EXTENT_M = 1;
const LEAST_EXTENT_DEG = 1e-5;

export async function layerTree(services: WmsServices, ask: Ask): Promise<LayerTree> {
  const layers = await services.catalogue.layers(ask.view);
  const now = new Date();
  const nodes = await Promise.all(
    layers.map(async (layer) => {
      const status = await services.catalogue.status(layer.name, ask.view);
      const abstract = withStaleness(layer.description, layer, status, now);
      const time = timeExtent(status, ask.view, now);
      return { layer, status, abstract, extent: extentOf(layer, status), time };
    }),
  );
  const statuses = nodes.map(({ status }) => status);
  const groups = new Map<string, { group: LayerGroup; layers: LayerNode[] }>();
  for (const node of nodes) {
    const { group } = node.layer;
    const known = groups.get(group.name);
    if (known) known.layers.push(node);
    else groups.set(group.name, { group, layers: [node] });
  }
  return {
    // Clients show the first on top of the list.
    groups: [...groups.values()]
      .toSorted((a, b) => a.group.order - b.group.order)
      .map(({ group, layers: inside }) => ({
        group,
        layers: inside.toSorted((a, b) => b.layer.drawOrder - a.layer.drawOrder),
      })),
    statuses,
    updateSequence: updateSequenceOf(statuses, ask.view.scenario?.revision),
    extent: unionOf(nodes),
  };
}

function extentOf(layer: Layer, { extent }: LayerStatus): Bbox | undefined {
  if (!extent) return undefined;
  const [minX, minY, maxX, maxY] = extent;
  const box = { minX, minY, maxX, maxY, srid: layer.srid };
  const least = crsOf(layer.srid).unit === 'degree' ? LEAST_EXTENT_DEG : LEAST_EXTENT_M;
  return maxX - minX < least || maxY - minY < least ? widenBbox(box, least) : box;
}

function unionOf(nodes: readonly LayerNode[]): Bbox {
  const boxes = nodes.flatMap(({ extent }) => (extent ? [reprojectBbox(extent, 4326)] : []));
  if (boxes.length === 0) return POLAND;
  return {
    minX: Math.min(...boxes.map(({ minX }) => minX)),
    minY: Math.min(...boxes.map(({ minY }) => minY)),
    maxX: Math.max(...boxes.map(({ maxX }) => maxX)),
    maxY: Math.max(...boxes.map(({ maxY }) => maxY)),
    srid: 4326,
  };
}

/** Names of every CRS that pictures come in. */
export const CRS_NAMES: readonly string[] = [...SERVED_CRS.map(({ srid }) => `EPSG:${srid}`), 'CRS:84'];

/** A box in every CRS; 1.3.0 writes EPSG codes in the order of the authority, 1.1.1 easting first. */
export function writtenBoxes(box: Bbox, isAuthorityOrder: boolean): readonly WrittenBox[] {
  const boxes = SERVED_CRS.map(({ srid, authorityOrder }) =>
    writeBox(
      `EPSG:${srid}`,
      reprojectBbox(box, srid),
      isAuthorityOrder ? authorityOrder : 'easting-northing',
    ),
  );
  return [...boxes, writeBox('CRS:84', reprojectBbox(box, 4326), 'easting-northing')];
}

/** West, south, east and north in degrees, rounded outwards. */
export const geographicBox = (box: Bbox): WrittenBox =>
  writeBox('CRS:84', reprojectBbox(box, 4326), 'easting-northing');

function writeBox(crs: string, box: Bbox, order: AxisOrder): WrittenBox {
  const scale = crsOf(box.srid).unit === 'degree' ? 1e7 : 100;
  const digits = Math.round(Math.log10(scale));
  const down = (value: number) => (Math.floor(value * scale) / scale).toFixed(digits);
  const up = (value: number) => (Math.ceil(value * scale) / scale).toFixed(digits);
  const [minE, minN, maxE, maxN] = [down(box.minX), down(box.minY), up(box.maxX), up(box.maxY)];
  return order === 'easting-northing'
    ? { crs, minX: minE, minY: minN, maxX: maxE, maxY: maxN }
    : { crs, minX: minN, minY: minE, maxX: maxN, maxY: maxE };
}
