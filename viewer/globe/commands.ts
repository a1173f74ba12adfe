import { Cartographic, Math as CesiumMath, type CesiumWidget } from '@cesium/engine';
import { transformBetween } from '../../core/geo/crs.ts';
import type { MapView } from '../state/map-view.ts';
import { lookAt, lookAtPoint, rangeOf, readGlobeView, targetOf } from './camera.ts';
import { flyToBox } from './follow-camera.ts';
import type { Pointing } from './pointing.ts';

/** What buttons and keys do to the globe. */
export function commandsOf({ scene, canvas }: CesiumWidget, pointing: Pointing, groundM: number): MapView {
  /** Changes distance, heading or pitch around what the view looks at. */
  const around = (change: (now: { rangeM: number; headingDeg: number; pitchDeg: number }) => typeof now) => {
    const target = targetOf(scene);
    if (!target) return;
    scene.camera.cancelFlight();
    const { headingDeg, pitchDeg } = readGlobeView(scene.camera);
    const next = change({ rangeM: target.rangeM, headingDeg, pitchDeg });
    lookAtPoint(scene, target.at, next.rangeM, next.headingDeg, next.pitchDeg);
    scene.requestRender();
  };
  return {
    panBy: (rightPx, upPx) => {
      const target = targetOf(scene);
      if (!target) return;
      const perPixel = target.rangeM / Math.max(1, canvas.clientHeight);
      const heading = scene.camera.heading;
      const [right, up] = [rightPx * perPixel, upPx * perPixel];
      const { longitude, latitude, height } = Cartographic.fromCartesian(target.at);
      const [e, n] = transformBetween(
        4326,
        2177,
      )([CesiumMath.toDegrees(longitude), CesiumMath.toDegrees(latitude)]);
      const east = right * Math.cos(heading) + up * Math.sin(heading);
      const north = up * Math.cos(heading) - right * Math.sin(heading);
      const view = readGlobeView(scene.camera);
      lookAt(scene, [e + east, n + north], height, target.rangeM, view);
      scene.requestRender();
    },
    zoomBy: (steps) => around((now) => ({ ...now, rangeM: now.rangeM / 2 ** steps })),
    turnBy: (degrees) => around((now) => ({ ...now, headingDeg: now.headingDeg + degrees })),
    tiltBy: (degrees) => around((now) => ({ ...now, pitchDeg: now.pitchDeg + degrees })),
    northUp: () => around((now) => ({ ...now, headingDeg: 0 })),
    showScale: (scale) => around((now) => ({ ...now, rangeM: rangeOf(scene, scale) })),
    showBox: (box) => flyToBox(scene, box, groundM),
    identify: (offset) => pointing.identify(pointing.pixelAt(offset)),
    topAt: (offset) => pointing.topAt(pointing.pixelAt(offset)),
    placeAt: (offset) => pointing.placeAt(pointing.pixelAt(offset)),
    pixelOf: pointing.pixelOf,
  };
}
