import { Cesium3DTileset, type CesiumWidget } from '@cesium/engine';
import { type GlobePicture, globeCamera } from '../state/globe-picture.ts';
import { planOf, readGlobeView } from './camera.ts';

/** What has not come by then is left out, and the picture says so. */
const PATIENCE_MS = 40_000;

/** Offers pictures of the view, finer than the screen. Returns what ends it. */
export function followPictures(widget: CesiumWidget): () => void {
  globeCamera.value = {
    size: () => [widget.canvas.clientWidth, widget.canvas.clientHeight],
    mostPx: longestSide(widget.canvas),
    take: (factor, signal) => takePicture(widget, factor, signal),
  };
  return () => {
    globeCamera.value = undefined;
  };
}

function longestSide(canvas: HTMLCanvasElement): number {
  const gl = canvas.getContext('webgl2') ?? canvas.getContext('webgl');
  if (!gl) return 0;
  const [width = 0, height = 0]: Int32Array = gl.getParameter(gl.MAX_VIEWPORT_DIMS);
  return Math.min(width, height, gl.getParameter(gl.MAX_RENDERBUFFER_SIZE));
}

async function takePicture(widget: CesiumWidget, factor: number, signal: AbortSignal): Promise<GlobePicture> {
  const { canvas, scene } = widget;
  const restore = refine(widget, factor);
  try {
    const isComplete = await untilLoaded(widget, signal);
    scene.requestRender();
    // Drawn and copied in one go: afterwards the browser may clear what was drawn.
    widget.render();
    const copy = document.createElement('canvas');
    [copy.width, copy.height] = [canvas.width, canvas.height];
    const context = copy.getContext('2d');
    if (!context) throw new Error('This browser draws no 2D canvas');
    context.drawImage(canvas, 0, 0);
    const perCssPixel = planOf(scene)?.metresPerPixel;
    return {
      canvas: copy,
      metresPerPixel: perCssPixel && (perCssPixel * canvas.clientWidth) / copy.width,
      headingDeg: readGlobeView(scene.camera).headingDeg,
      isComplete,
    };
  } finally {
    restore();
  }
}

/**
 * More pixels, and as much more of buildings and trees in them. The ground keeps its pieces: which layers are drawn on it
 * depends on their size, and the picture is to show what the view shows. Returns how to go back.
 */
function refine(widget: CesiumWidget, factor: number): () => void {
  const { scene } = widget;
  const { resolutionScale, useBrowserRecommendedResolution } = widget;
  const tilesets: [Cesium3DTileset, number][] = [];
  for (let n = 0; n < scene.primitives.length; n++) {
    const primitive: unknown = scene.primitives.get(n);
    if (primitive instanceof Cesium3DTileset) tilesets.push([primitive, primitive.maximumScreenSpaceError]);
  }
  widget.useBrowserRecommendedResolution = true;
  widget.resolutionScale = factor;
  // Errors are counted in pixels of the screen, whatever the resolution.
  for (const [tileset, errorPx] of tilesets) tileset.maximumScreenSpaceError = errorPx / factor;
  widget.resize();
  return () => {
    if (widget.isDestroyed()) return;
    widget.useBrowserRecommendedResolution = useBrowserRecommendedResolution;
    widget.resolutionScale = resolutionScale;
    for (const [tileset, errorPx] of tilesets) {
      if (!tileset.isDestroyed()) tileset.maximumScreenSpaceError = errorPx;
    }
    widget.resize();
    scene.requestRender();
  };
}

/** @returns whether everything came in time */
function untilLoaded({ scene }: CesiumWidget, signal: AbortSignal): Promise<boolean> {
  const isLoaded = () => {
    for (let n = 0; n < scene.primitives.length; n++) {
      const primitive: unknown = scene.primitives.get(n);
      if (primitive instanceof Cesium3DTileset && primitive.show && !primitive.tilesLoaded) return false;
    }
    return scene.globe.tilesLoaded;
  };
  return new Promise((resolve, reject) => {
    let drawn = 0;
    const end = () => {
      unlisten();
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
    const onAbort = () => {
      end();
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      end();
      resolve(false);
    }, PATIENCE_MS);
    // What a finer picture needs is known only when one has been drawn.
    const unlisten = scene.postRender.addEventListener(() => {
      if (++drawn > 2 && isLoaded()) {
        end();
        resolve(true);
      } else scene.requestRender();
    });
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
    scene.requestRender();
  });
}
