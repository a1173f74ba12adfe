/** What a request weighs beside a tile, as far as its address tells. */

export interface WeighedRequest {
  /** Name of the protocol. */
  readonly door: string;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Requests of this weight and more are the first to be refused under load. */
const HEAVY = 10;

export const isHeavy = (cost: number): boolean => cost >= HEAVY;

/** Probes and measures are answered always. */
const FREE = new Set(['health', 'metrics', 'operations']);
const LIGHT = new Set(['tiles', 'wmts', 'twin', 'events', 'tokens']);
/** Each computes, or reads a part of the city as a whole. */
const COMPUTING = new Set([
  ...['orders', 'download', 'parcel-documents', 'runs', 'ogc-processes', 'siting', 'sites', 'capacity'],
  ...['comparison', 'consequences', 'dig-check', 'parcel-checks', 'traffic', 'changes', 'dossier', 'atom'],
]);

/** In tiles: 0 for what is never limited, 1 for a tile, 5 for a picture, 20 for objects of WFS. */
export function requestCost({ door, method, path, query }: WeighedRequest): number {
  if (FREE.has(door)) return 0;
  if (LIGHT.has(door)) return 1;
  const asked = [...query].find(([name]) => name.toLowerCase() === 'request')?.[1].toLowerCase();
  if (/(^| )wfs$/.test(door))
    return method === 'POST' || /feature$|propertyvalue$/.test(asked ?? '') ? 20 : 2;
  if (/(^| )wms$/.test(door))
    return method === 'POST' || asked === 'getmap' || asked === 'getfeatureinfo' ? 5 : 1;
  if (door === 'ogc-features') return path.endsWith('/items') ? 10 : 1;
  return COMPUTING.has(door) ? 20 : 2;
}
