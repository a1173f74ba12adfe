/** The map in scale on paper, of the ground that was ordered and what lies around it on the sheets. */
import type { MapSheet, PaperMapFile } from '../../../core/documents/map-sheet.ts';
import { PIXEL_M } from '../../../core/feature/symbol.ts';
import type { Geometry } from '../../../core/geo/geometry.ts';
import { ORDER_MAP_WORDS, orderStamp } from '../../../core/order/order-map.ts';
import { orderWatermark } from '../../../core/order/order-note.ts';
import { colourOf } from '../../../tiles/picture/colour.ts';
import { PX_PER_MM } from '../../../tiles/picture/paper-map.ts';
import { signsOf } from '../../../tiles/picture/sheet-signs.ts';
import { vectorDrawing } from '../../../tiles/picture/vector-drawing.ts';
import { sheetsOf } from '../area-box.ts';
import { type OrderedLayer, type OrderWriter, orderFileName, type WrittenOrder } from './order-writer.ts';
import { paperLayers } from './paper-layers.ts';

export const writeMapFile: OrderWriter = function* (layers, order) {
  const { order: asked } = order.settled;
  const { scale = 500 } = asked.map ?? {};
  const name = orderFileName('pdf', `map_1-${scale}`, 'pdf', asked);
  yield { name, srid: asked.srid, bytes: mapFile(layers, order) };
};

async function* mapFile(
  layers: readonly OrderedLayer[],
  { place, settled, date, synthetic }: WrittenOrder,
): AsyncGenerator<Uint8Array> {
  const { order, view, area, signal } = settled;
  const { plan, ground } = sheetsOf(order, area, place.city.srid);
  const maps = place.maps(view);
  const sheets: MapSheet[] = [];
  for (const box of plan.boxes) {
    const frame = {
      ...{ bbox: box, widthPx: plan.frame.widthMm * PX_PER_MM, heightPx: plan.frame.heightMm * PX_PER_MM },
    };
    const { plans, shown } = await paperLayers(layers, frame, maps, signal);
    const signs = signsOf(plans, shown, plan.scaleDenominator / (PIXEL_M * 1_000 * PX_PER_MM), 'pl');
    sheets.push({
      box,
      drawing: vectorDrawing({ frame, background: colourOf('#ffffff'), layers: shown }),
      signs,
    });
  }
  const map: PaperMapFile = {
    ...{ language: 'pl', plan, pxPerMm: PX_PER_MM, sheets, outline: ringsOf(ground), date },
    title: order.map?.title ?? ORDER_MAP_WORDS.title.pl,
    author: place.city.name.pl,
    ...orderStamp(settled.order, {
      ...{ city: place.city.name, layers: layers.map(({ layer }) => layer), date },
      ...{ at: view.at, scenario: view.scenario?.id, areaM2: area.areaM2 },
      isSynthetic: layers.some(({ layer }) => synthetic.includes(layer.name)),
    }),
    watermark: orderWatermark(order),
  };
  yield await place.documents.writeMap(map);
}

/** Outer rings. */
function ringsOf(ground: Geometry): readonly (readonly (readonly [number, number])[])[] {
  const polygons =
    ground.type === 'Polygon'
      ? [ground.coordinates]
      : ground.type === 'MultiPolygon'
        ? ground.coordinates
        : [];
  return polygons.map(([shell = []]) => shell.map(([e, n]): readonly [number, number] => [e, n]));
}
