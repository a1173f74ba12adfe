/** What a WMTS offers, by its capabilities (1.0.0, 07-057r7, 7.1.1). */
import { notSupported } from '../errors.ts';
import { crsOf, parseCrs } from '../geo/crs.ts';
import type { OfferedLayer, SourceOffer, TileMatrixSet } from '../wire/cascade.ts';
import { childOf, childrenOf, childText, hrefOf, type XmlElement } from '../xml/element.ts';
import { boxOf, ownerAndLicence, requestAddress, serviceAddress, sridOf, titleOf } from './capabilities.ts';

/** With clear ground first. */
const FORMATS = ['image/png', 'image/png8', 'image/webp', 'image/gif', 'image/jpeg', 'image/jpg'];
/** Side of the pixel of a scale denominator, m (07-057r7, 6.1). */
const PIXEL_M = 0.00028;
const METRES_PER_DEGREE = (Math.PI * 6_378_137) / 180;
const MOST_LAYERS = 2_000;
const MOST_SIDE_PX = 4_096;
/** What is said for each tile. */
const PLACES = ['TileMatrixSet', 'TileMatrix', 'TileRow', 'TileCol'];

/**
 * @param root of the capabilities
 * @throws TwinError not-supported when it offers no tiles that could be shown
 */
export function wmtsOffer(root: XmlElement, url: string): SourceOffer {
  const contents = childOf(root, 'Contents') ?? root;
  const sets = childrenOf(contents, 'TileMatrixSet').flatMap((each) => matrixSetOf(each) ?? []);
  const kvp = kvpAddress(root, url);
  const layers = childrenOf(contents, 'Layer').flatMap((each) => layerOf(each, sets, kvp) ?? []);
  if (layers.length === 0) {
    throw notSupported('the service offers no tiles as PNG, JPEG, GIF or WebP in a CRS that is known here');
  }
  const used = new Set(layers.flatMap(({ tiles }) => tiles?.sets.map(({ id }) => id) ?? []));
  return {
    ...{ kind: 'wmts', url: serviceAddress(url), title: titleOf(root) ?? url },
    ...ownerAndLicence(root),
    tileMatrixSets: sets.filter(({ id }) => used.has(id)),
    layers: layers.slice(0, MOST_LAYERS),
  };
}

function layerOf(
  layer: XmlElement,
  known: readonly TileMatrixSet[],
  kvp: string | undefined,
): OfferedLayer | undefined {
  const remote = childText(layer, 'Identifier');
  const offered = childrenOf(layer, 'Format').map(({ text }) => text.trim());
  const format = FORMATS.flatMap((each) => offered.filter((name) => name.toLowerCase() === each))[0];
  const sets = childrenOf(layer, 'TileMatrixSetLink').flatMap((link) => {
    const id = childText(link, 'TileMatrixSet');
    if (id === undefined || !known.some((set) => set.id === id)) return [];
    const limits = limitsOf(childOf(link, 'TileMatrixSetLimits'));
    return [{ id, ...(limits && { limits }) }];
  });
  const styles = childrenOf(layer, 'Style');
  const style = styles.find(({ attributes }) => attributes['isDefault'] === 'true') ?? styles[0];
  const styleName = childText(style, 'Identifier') ?? '';
  const template = format === undefined ? undefined : templateOf(layer, { format, styleName, kvp });
  if (remote === undefined || format === undefined || template === undefined || sets.length === 0)
    return undefined;
  const box = childOf(layer, 'WGS84BoundingBox');
  const corners = ['LowerCorner', 'UpperCorner'].flatMap((name) => (childText(box, name) ?? '').split(/\s+/));
  const legend = childOf(style, 'LegendURL');
  const legendAddress = legend && hrefOf(legend);
  return {
    ...{
      remote,
      title: childText(layer, 'Title') ?? remote,
      description: childText(layer, 'Abstract') ?? '',
    },
    extent: box ? boxOf(corners) : null,
    tiles: {
      ...{ format, style: styleName, template, sets },
      ...(legendAddress !== undefined && { legend: legendAddress }),
    },
  };
}

interface Wanted {
  readonly format: string;
  readonly styleName: string;
  /** Where key-value pairs are taken. */
  readonly kvp: string | undefined;
}

/** By address where there is one for the format, else by key-value pairs. Dimensions are at their defaults. */
function templateOf(layer: XmlElement, { format, styleName, kvp }: Wanted): string | undefined {
  const values = new Map([['style', styleName]]);
  for (const dimension of childrenOf(layer, 'Dimension')) {
    values.set(
      (childText(dimension, 'Identifier') ?? '').toLowerCase(),
      childText(dimension, 'Default') ?? '',
    );
  }
  const resource = childrenOf(layer, 'ResourceURL').find(
    ({ attributes }) => attributes['resourceType'] === 'tile' && attributes['format'] === format,
  );
  const given = resource?.attributes['template'];
  if (given !== undefined) {
    const filled = given.replaceAll(/\{([^{}]+)\}/g, (place, name: string) => {
      const value = values.get(name.toLowerCase());
      return PLACES.includes(name) || value === undefined ? place : encodeURIComponent(value);
    });
    const left = [...filled.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name);
    if (left.every((name) => PLACES.includes(name))) return filled;
  }
  if (kvp === undefined) return undefined;
  const address = requestAddress(kvp, {
    ...{ SERVICE: 'WMTS', REQUEST: 'GetTile', VERSION: '1.0.0', LAYER: childText(layer, 'Identifier') ?? '' },
    ...{ STYLE: styleName, FORMAT: format },
  });
  return `${address}&${PLACES.map((name) => `${name.toUpperCase()}={${name}}`).join('&')}`;
}

/** Where GetTile is asked by key-value pairs. */
function kvpAddress(root: XmlElement, url: string): string | undefined {
  const operations = childOf(root, 'OperationsMetadata');
  if (!operations) return /\.xml$/i.test(new URL(url).pathname) ? undefined : serviceAddress(url);
  const tile = childrenOf(operations, 'Operation').find(({ attributes }) => attributes['name'] === 'GetTile');
  const gets = childrenOf(childOf(childOf(tile, 'DCP'), 'HTTP') ?? operations, 'Get');
  const isKvp = (get: XmlElement) => {
    const said = childrenOf(get, 'Constraint').find(({ attributes }) => attributes['name'] === 'GetEncoding');
    if (!said) return true;
    return childrenOf(childOf(said, 'AllowedValues') ?? said, 'Value').some(
      ({ text }) => text.trim() === 'KVP',
    );
  };
  const get = gets.find(isKvp);
  return get && hrefOf(get);
}

function limitsOf(element: XmlElement | undefined): Record<string, number[]> | undefined {
  if (!element) return undefined;
  const sides = ['MinTileRow', 'MaxTileRow', 'MinTileCol', 'MaxTileCol'];
  return Object.fromEntries(
    childrenOf(element, 'TileMatrixLimits').map((limits) => [
      childText(limits, 'TileMatrix') ?? '',
      sides.map((side) => Number(childText(limits, side))),
    ]),
  );
}

/** Undefined for a CRS that we do not know, and for levels that cannot be. */
function matrixSetOf(set: XmlElement): TileMatrixSet | undefined {
  const id = childText(set, 'Identifier');
  const crs = childText(set, 'SupportedCRS') ?? '';
  const srid = sridOf(crs);
  if (id === undefined || srid === undefined) return undefined;
  const unit = crsOf(srid).unit === 'degree' ? METRES_PER_DEGREE : 1;
  const isNorthingFirst = srid !== 3857 && parseCrs(crs).order === 'northing-easting';
  const levels = childrenOf(set, 'TileMatrix').flatMap((matrix) => {
    const number = (name: string) => Number(childText(matrix, name));
    const corner = (childText(matrix, 'TopLeftCorner') ?? '').split(/\s+/).map(Number);
    const [minX = Number.NaN, maxY = Number.NaN] = isNorthingFirst ? corner.toReversed() : corner;
    const level = {
      ...{ id: childText(matrix, 'Identifier') ?? '', perPx: (number('ScaleDenominator') * PIXEL_M) / unit },
      ...{ minX, maxY, tileWidthPx: number('TileWidth'), tileHeightPx: number('TileHeight') },
      ...{ columns: number('MatrixWidth'), rows: number('MatrixHeight') },
    };
    const { perPx, tileWidthPx, tileHeightPx, columns, rows } = level;
    const isSound =
      [perPx, columns, rows].every((value) => Number.isFinite(value) && value > 0) &&
      [minX, maxY].every(Number.isFinite) &&
      [tileWidthPx, tileHeightPx].every((side) => Number.isInteger(side) && side > 0 && side <= MOST_SIDE_PX);
    return isSound ? [level] : [];
  });
  if (levels.length === 0) return undefined;
  return { id, srid, levels: levels.toSorted((a, b) => b.perPx - a.perPx) };
}
