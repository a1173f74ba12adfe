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
import {
  nowMs,
  selectedSensor,
  sensorFreshness,
  sensors,
  sensorsShown,
  shareLeft,
} from '../live/live-state.ts';
import { SYMBOL_PX, sensorSymbol } from '../live/sensor-symbol.ts';
import { valueText } from '../live/value-words.tsx';
import type { Selection } from '../state/link.ts';
import { SENSORS } from '../state/sensors-name.ts';
import { theme } from '../state/theme.ts';
import { language } from '../text/text.ts';

const LABEL_INK = {
  light: { text: '#1f262d', stale: '#535c64', halo: '#ffffff' },
  dark: { text: '#e7ebee', stale: '#a5b1bc', halo: '#12171d' },
} as const;
/** Farther off, metres a pixel, values would cover each other. */
const LABELS_UP_TO_M = 6;

/** Sensors with their latest value, above the registers. Returns how to ask what is at a pixel, and how to stop. */
export function addSensorLayer(map: OlMap): {
  at(pixel: number[]): Selection | undefined;
  stop(): void;
} {
  const source = new VectorSource<Feature<Point>>();
  const layer = new VectorLayer({ source, zIndex: 950, declutter: 'labels' });
  map.addLayer(layer);
  const stop = effect(() => {
    language.value;
    layer.setVisible(sensorsShown.value);
    const known = new Set<string>();
    for (const sensor of sensors.value) {
      const id = String(sensor.id);
      known.add(id);
      const feature = source.getFeatureById(id) ?? new Feature<Point>();
      feature.setGeometry(new Point([...sensor.at]));
      feature.setStyle(styleOf(sensor));
      if (feature.getId() !== undefined) continue;
      feature.setId(id);
      source.addFeature(feature);
    }
    for (const feature of source.getFeatures()) {
      if (!known.has(String(feature.getId()))) source.removeFeature(feature);
    }
  });
  return {
    at: (pixel) => {
      const found = map.getFeaturesAtPixel(pixel, {
        layerFilter: (each) => each === layer,
        hitTolerance: 2,
      })[0];
      const id = found instanceof Feature ? found.getId() : undefined;
      return id === undefined ? undefined : { layer: SENSORS, id: String(id) };
    },
    stop,
  };
}

function styleOf(sensor: WireSensor): (feature: unknown, resolution: number) => Style {
  const freshness = sensorFreshness(sensor, nowMs.value);
  const isSelected = selectedSensor.value?.id === sensor.id;
  const { canvas } = sensorSymbol({
    kind: sensor.kind,
    freshness,
    left: shareLeft(sensor, nowMs.value),
    theme: theme.value,
    isSelected,
  });
  const [main] = sensor.datastreams;
  const ink = LABEL_INK[theme.value];
  // Symbols always stand; values give way to symbols and to one another.
  const symbol = new Icon({
    img: canvas,
    width: SYMBOL_PX,
    height: SYMBOL_PX,
    declutterMode: 'obstacle',
  });
  const bare = new Style({ image: symbol });
  if (!main?.latest) return () => bare;
  const labelled = new Style({
    image: symbol,
    text: new Text({
      text: valueText(main, main.latest.result),
      font: '600 13px "Source Sans 3 Variable", sans-serif',
      offsetX: SYMBOL_PX / 2 + 2,
      textAlign: 'left',
      fill: new Fill({ color: freshness === 'fresh' ? ink.text : ink.stale }),
      stroke: new Stroke({ color: ink.halo, width: 3.5 }),
    }),
  });
  return (_, resolution) => (resolution <= LABELS_UP_TO_M ? labelled : bare);
}
