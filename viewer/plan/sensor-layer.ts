import { effect } from '@preact/signals';
import Feature from 'ol/Feature.js';
import Point from 'ol/geom/Point.js';
import VectorLayer from 'ol/layer/Vector.js';
import type OlMap from 'ol/Map.js';
import VectorSource from 'ol/source/Vector.js';
import Fill from 'ol/style/Fill.js';
import Icon from 'ol/style/Icon.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';
import Text from 'ol/style/Text.js';
import type { WireSensor } from '../../core/wire/live.ts';
import { atMs, sensorsOnMap } from '../live/live-state.ts';
import { lookOf } from '../live/sensor-look.ts';
import { SYMBOL_PX, sensorSymbol } from '../live/sensor-symbol.ts';
import { valueText } from '../live/value-words.tsx';
import type { Selection } from '../state/link.ts';
import { sensorsShown } from '../state/live-view.ts';
import { SENSORS } from '../state/sensors-name.ts';
import type { Theme } from '../style/ink.ts';
import { language } from '../text/text.ts';

const LABEL_INK = {
  light: { text: '#1f262d', doubtful: '#535c64', halo: '#ffffff' },
  dark: { text: '#e7ebee', doubtful: '#a5b1bc', halo: '#12171d' },
} as const;
/** Farther off, metres a pixel, values would cover each other. */
const LABELS_UP_TO_M = 6;
/** Labels of the plan give way to symbols and to one another in this group. */
const DECLUTTER = 'labels';

/** Sensors with their latest value, above the registers. Returns how to ask what is at a pixel, and how to stop. */
export function addSensorLayer(map: OlMap): {
  at(pixel: number[]): Selection | undefined;
  stop(): void;
} {
  const symbols = new VectorSource<Feature<Point>>();
  const values = new VectorSource<Feature<Point>>();
  // The upper layer takes its place first: every symbol stands before the first value looks for room.
  const symbolLayer = new VectorLayer({ source: symbols, zIndex: 951, declutter: DECLUTTER });
  const valueLayer = new VectorLayer({
    source: values,
    zIndex: 950,
    declutter: DECLUTTER,
    maxResolution: LABELS_UP_TO_M,
  });
  map.addLayer(symbolLayer);
  map.addLayer(valueLayer);
  const drawn = new Map<string, string>();
  const stop = effect(() => {
    language.value;
    symbolLayer.setVisible(sensorsShown.value);
    valueLayer.setVisible(sensorsShown.value);
    const known = new Set<string>();
    for (const sensor of sensorsOnMap.value) {
      const id = String(sensor.id);
      known.add(id);
      const look = lookOf(sensor, atMs.value);
      const { key, canvas } = sensorSymbol(look);
      const label = labelOf(sensor);
      const state = `${key} ${label} ${sensor.at.join()}`;
      // Most sensors look as they did a moment ago.
      if (drawn.get(id) === state) continue;
      drawn.set(id, state);
      place(symbols, id, sensor, symbolStyle(canvas));
      place(
        values,
        id,
        sensor,
        label === undefined ? undefined : labelStyle(label, look.theme, look.status === 'ok'),
      );
    }
    for (const id of drawn.keys()) {
      if (known.has(id)) continue;
      drawn.delete(id);
      for (const source of [symbols, values]) {
        const gone = source.getFeatureById(id);
        if (gone) source.removeFeature(gone);
      }
    }
  });
  return {
    at: (pixel) => {
      const found = map.getFeaturesAtPixel(pixel, {
        layerFilter: (each) => each === symbolLayer || each === valueLayer,
        hitTolerance: 2,
      })[0];
      const id = found instanceof Feature ? found.getId() : undefined;
      return id === undefined ? undefined : { layer: SENSORS, id: String(id) };
    },
    stop,
  };
}

function place(
  source: VectorSource<Feature<Point>>,
  id: string,
  { at }: WireSensor,
  style: Style | undefined,
): void {
  const known = source.getFeatureById(id);
  const feature = known ?? new Feature<Point>();
  feature.setGeometry(new Point([...at]));
  feature.setStyle(style ?? []);
  if (known) return;
  feature.setId(id);
  source.addFeature(feature);
}

function labelOf({ datastreams: [main] }: WireSensor): string | undefined {
  return main?.latest ? valueText(main, main.latest.result) : undefined;
}

/** Symbols always stand. */
const symbolStyle = (canvas: HTMLCanvasElement): Style =>
  new Style({
    image: new Icon({ img: canvas, width: SYMBOL_PX, height: SYMBOL_PX, declutterMode: 'obstacle' }),
  });

const labelStyle = (text: string, inkOf: Theme, isSound: boolean): Style =>
  new Style({
    text: new Text({
      text,
      font: '600 13px "Source Sans 3 Variable", sans-serif',
      offsetX: SYMBOL_PX / 2 + 5,
      textAlign: 'left',
      fill: new Fill({ color: isSound ? LABEL_INK[inkOf].text : LABEL_INK[inkOf].doubtful }),
      stroke: new Stroke({ color: LABEL_INK[inkOf].halo, width: 3.5 }),
    }),
  });
