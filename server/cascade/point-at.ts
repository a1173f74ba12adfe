/** What a WMS tells of a pixel, and its legends. */

import { requestAddress } from '../../core/cascade/capabilities.ts';
import { readInfo, type ToldObject } from '../../core/cascade/read-info.ts';
import { getFeatureInfoAddress } from '../../core/cascade/wms-request.ts';
import { notSupported } from '../../core/errors.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { decodePicture, pictureSize } from '../../tiles/picture/decode-picture.ts';
import { frameIn } from '../../tiles/picture/frame-in.ts';
import { PixelMap } from '../../tiles/picture/pixel-map.ts';
import type { DecodedLegend, PointedObjects, PointedPixel } from '../services/cascade.ts';
import { type Remote, refuseWords } from './remote-pictures.ts';

const MOST_INFO_BYTES = 2_000_000;
const MOST_LEGEND_BYTES = 4_000_000;
const MOST_LEGEND_PX = 4_000_000;

/** Nothing where the source cannot be asked: its pictures have no objects. */
export async function pointedAt(
  { layer, source, declared, line }: Remote,
  { frame, x, y, count }: PointedPixel,
): Promise<PointedObjects> {
  const { maps, remote } = declared;
  const infoFormat = maps?.infoFormat;
  const asked = maps && frameIn(frame, maps);
  if (!maps || infoFormat === undefined || !asked) return { layer, features: [] };
  const perX = (frame.bbox.maxX - frame.bbox.minX) / frame.widthPx;
  const perY = (frame.bbox.maxY - frame.bbox.minY) / frame.heightPx;
  const there = new PixelMap(asked, frame.bbox);
  there.locate(frame.bbox.minX + x * perX, frame.bbox.maxY - y * perY);
  const at = {
    x: Math.min(asked.widthPx - 1, Math.max(0, there.x)),
    y: Math.min(asked.heightPx - 1, Math.max(0, there.y)),
  };
  const address = getFeatureInfoAddress(source.url, remote, { ...maps, infoFormat }, asked, at, count);
  const { answer } = await line.ask(address, ({ bytes }) => void readInfo(bytes, infoFormat, count), {
    mostBytes: MOST_INFO_BYTES,
    isAside: true,
  });
  return asObjects(layer, readInfo(answer.bytes, infoFormat, count));
}

/** The columns of all objects as properties of the layer. */
function asObjects(layer: Layer, told: readonly ToldObject[]): PointedObjects {
  const columns = [...new Set(told.flatMap(({ columns: own }) => [...own.keys()]))];
  const names = new Map(columns.map((column, index) => [column, propertyName(column, index)]));
  const properties = columns.map((column) => ({
    ...{ name: names.get(column) ?? column, type: 'text' as const },
    label: { pl: column, en: column },
  }));
  const features = told.map(({ id, columns: own }) => ({
    ...{ layer: layer.name, id, geometry: undefined },
    properties: Object.fromEntries(
      columns.map((column) => [names.get(column) ?? column, own.get(column) ?? null]),
    ),
  }));
  return { layer: { ...layer, properties }, features };
}

/** A name that stands in XML. */
export function propertyName(column: string, index: number): string {
  const plain = column.normalize('NFD').replaceAll(/[^A-Za-z0-9_]+/g, '_');
  return /^[A-Za-z]/.test(plain) ? plain.slice(0, 60) : `column_${index + 1}`;
}

/** The legend that its capabilities name, else the one of GetLegendGraphic. */
export async function legendOf({ source, declared, line }: Remote): Promise<DecodedLegend | undefined> {
  const { maps, tiles, remote } = declared;
  const address =
    tiles?.legend ??
    maps?.legend ??
    (maps &&
      requestAddress(source.url, {
        ...{ SERVICE: 'WMS', VERSION: maps.version, REQUEST: 'GetLegendGraphic', LAYER: remote },
        ...{ FORMAT: 'image/png', SLD_VERSION: '1.1.0', STYLE: maps.style },
      }));
  if (address === undefined) return undefined;
  let legend: DecodedLegend | undefined;
  const decode = async (bytes: Uint8Array): Promise<DecodedLegend> => {
    const size = pictureSize(bytes);
    if (size.widthPx * size.heightPx > MOST_LEGEND_PX) {
      throw notSupported(`the legend has ${size.widthPx} × ${size.heightPx} pixels`);
    }
    return decodePicture(bytes, size);
  };
  const { answer } = await line.ask(
    address,
    async ({ bytes, contentType }) => {
      refuseWords(bytes, contentType);
      legend = await decode(bytes);
    },
    { mostBytes: MOST_LEGEND_BYTES, isAside: true },
  );
  return legend ?? decode(answer.bytes);
}
