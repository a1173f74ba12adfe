import type { CesiumWidget } from '@cesium/engine';
import { effect } from '@preact/signals';
import { quality } from '../state/quality.ts';
import { sunOver, sunView } from '../state/sun-view.ts';
import { theme } from '../state/theme.ts';
import { lightScene } from './scene.ts';

/** The light of the scene and its shadows as the sun of the shown moment makes them. */
export function followSun(widget: CesiumWidget, lonLat: readonly [number, number]): () => void {
  return effect(() => {
    const sun = sunView.value && sunOver(sunView.value, lonLat);
    lightScene(widget, lonLat, theme.value, sun);
    // Whoever asks for the shadows of a moment gets them from weak graphics too.
    widget.scene.shadowMap.enabled = sun ? sun.altitudeDeg > 0 : quality.value === 'high';
    widget.scene.requestRender();
  });
}
