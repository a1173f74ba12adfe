import type { CesiumWidget } from '@cesium/engine';
import { reportGlobe, stats } from '../state/stats.ts';
import { globeState } from '../state/twin-state.ts';

/** From then on the globe need not be complete to be shown. */
const PATIENCE_MS = 12_000;

/**
 * Says when the first picture stands, and from then on whether anything is still loading. Until then the plan stays
 * in front: bare ground without a map on it tells nothing, however long a slow machine takes to dress it.
 */
export function reportState({ scene }: CesiumWidget, buildingsLoaded: () => boolean): () => void {
  const since = performance.now();
  const settle = () => {
    const idle = scene.globe.tilesLoaded && buildingsLoaded();
    reportGlobe({ idle });
    const isLate = performance.now() - since > PATIENCE_MS;
    if ((idle || isLate) && isDressed(scene.imageryLayers.length) && globeState.peek().kind === 'loading') {
      globeState.value = { kind: 'ready' };
    }
  };
  // Nothing may be drawn any more by the time when patience ends.
  const timer = setTimeout(() => scene.requestRender(), PATIENCE_MS + 100);
  const unlisten = scene.postRender.addEventListener(settle);
  return () => {
    clearTimeout(timer);
    unlisten();
    reportGlobe({ idle: false });
  };
}

/** Whether the first pieces of the map lie on the ground, or were refused. */
function isDressed(pictures: number): boolean {
  const { drape } = stats().tiles;
  return pictures > 0 && drape.loaded + drape.failed > 0;
}
