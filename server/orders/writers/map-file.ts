/** The map in scale on paper, of the ground that was ordered and what lies around it on the sheets. */
import type { MapSheet, PaperMapFile, SheetSign } from '../../../core/documents/map-sheet.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import { PIXEL_M, symbolOf } from '../../../core/feature/symbol.ts';
import type { Geometry } from '../../../core/geo/geometry.ts';
import { ORDER_MAP_WORDS, orderStamp } from '../../../core/order/order-map.ts';
import { orderWatermark } from '../../../core/order/order-note.ts';
import { shapeOf } from '../../../core/style/style-rules.ts';
import { colourOf } from '../../../tiles/picture/colour.ts';
import type { PictureLayer } from '../../../tiles/picture/draw-picture.ts';
import { PX_PER_MM } from '../../../tiles/picture/paper-map.ts';
import type { LayerPlan } from '../../../tiles/picture/plan-layer.ts';
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
    const signs = signsOf(plans, shown, plan.scaleDenominator);
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

/** Of classes that have something on the sheet, the topmost first. */
function signsOf(
  plans: readonly LayerPlan[],
  shown: readonly PictureLayer[],
  scale: number,
): readonly SheetSign[] {
  const onPaper = scale / (PIXEL_M * 1_000 * PX_PER_MM);
  return plans
    .flatMap(({ layer }, index) => {
      const classes = shown[index]?.classes.filter(({ wkb }) => wkb.length > 0) ?? [];
      return classes.map(({ entry }) => signOf(layer, entry, onPaper)).filter((sign) => isVisible(sign));
    })
    .toReversed();
}

function signOf(layer: Layer, entry: number, scale: number): SheetSign {
  const styled = layer.style.classes?.entries[entry];
  const label = styled ? `${layer.title.pl}: ${styled.label.pl}` : layer.title.pl;
  return { label, shape: shapeOf(layer), symbol: symbolOf(layer, styled, scale) };
}

const isVisible = ({ symbol }: SheetSign): boolean => symbol.strokeWidthPx > 0 || symbol.fill !== undefined;

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
