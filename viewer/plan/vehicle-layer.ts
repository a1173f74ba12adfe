import { effect } from '@preact/signals';
import Feature from 'ol/Feature.js';
import Point from 'ol/geom/Point.js';
import VectorLayer from 'ol/layer/Vector.js';
import type OlMap from 'ol/Map.js';
import VectorSource from 'ol/source/Vector.js';
import Icon from 'ol/style/Icon.js';
import Style from 'ol/style/Style.js';
import { transformBetween } from '../../core/geo/crs.ts';
import { nowMs } from '../live/live-state.ts';
import type { Selection } from '../state/link.ts';
import { theme } from '../state/theme.ts';
import { showsPlan } from '../state/twin-state.ts';
import { VEHICLES } from '../state/vehicles-name.ts';
import { isStale, motions, selectedVehicle, vehicles, vehiclesShown } from '../transit/vehicle-state.ts';
import { VEHICLE_PX, vehicleSymbol } from '../transit/vehicle-symbol.ts';

/** Often enough that no step is seen: at 50 km/h a vehicle moves 0.7 m meanwhile. */
const STEP_MS = 50;

/** Vehicles on their way, above all else. Returns how to ask what is at a pixel, and how to stop. */
export function addVehicleLayer(map: OlMap): {
  at(pixel: number[]): Selection | undefined;
  stop(): void;
} {
  const source = new VectorSource<Feature<Point>>();
  const layer = new VectorLayer({ source, zIndex: 960, updateWhileInteracting: true });
  map.addLayer(layer);
  const toCity = transformBetween(4326, 2177);
  const styles = new Map<string, Style>();
  const place = (id: string) => [...toCity(motions.placeOf(id, performance.now()) ?? [0, 0])];
  const stopShowing = effect(() => {
    layer.setVisible(vehiclesShown.value);
    const known = new Set<string>();
    for (const vehicle of vehicles.value) {
      const { id, line, kind, bearingDeg } = vehicle;
      known.add(id);
      const feature = source.getFeatureById(id) ?? new Feature<Point>(new Point(place(id)));
      const { key, canvas } = vehicleSymbol({
        ...{ line, kind, bearingDeg },
        isStale: isStale(vehicle, nowMs.value),
        isSelected: selectedVehicle.value?.id === id,
        theme: theme.value,
      });
      const style =
        styles.get(key) ??
        new Style({ image: new Icon({ img: canvas, width: VEHICLE_PX, height: VEHICLE_PX }) });
      styles.set(key, style);
      if (feature.getStyle() !== style) feature.setStyle(style);
      if (feature.getId() !== undefined) continue;
      feature.setId(id);
      source.addFeature(feature);
    }
    for (const feature of source.getFeatures()) {
      if (!known.has(String(feature.getId()))) source.removeFeature(feature);
    }
  });
  const move = () => {
    if (document.hidden || !vehiclesShown.peek() || !showsPlan.peek()) return;
    for (const feature of source.getFeatures()) {
      const [e = 0, n = 0] = place(String(feature.getId()));
      const geometry = feature.getGeometry();
      const [oldE, oldN] = geometry?.getCoordinates() ?? [];
      if (e !== oldE || n !== oldN) geometry?.setCoordinates([e, n]);
    }
  };
  const timer = setInterval(move, STEP_MS);
  return {
    at: (pixel) => {
      const found = map.getFeaturesAtPixel(pixel, {
        layerFilter: (each) => each === layer,
        hitTolerance: 4,
      })[0];
      const id = found instanceof Feature ? found.getId() : undefined;
      return id === undefined ? undefined : { layer: VEHICLES, id: String(id) };
    },
    stop: () => {
      stopShowing();
      clearInterval(timer);
    },
  };
}
