/** 3D tiles whose objects are those of a layer, shown while they are wanted. */
import { Cesium3DTileFeature, Cesium3DTileset, Resource, type Scene } from '@cesium/engine';
import { effect } from '@preact/signals';
import { addressIn } from '../api/city-api.ts';
import type { Selection } from '../state/link.ts';
import { authorization } from '../state/session.ts';
import { tilePrefixOf } from '../state/shown-city.ts';
import { countTile, type TileKind } from '../state/stats.ts';

const layerOfTileset = new WeakMap<Cesium3DTileset, string>();

/** A tree, or a line or device of a network, under the pointer. */
export function pickedObject(picked: unknown): Selection | undefined {
  if (!(picked instanceof Cesium3DTileFeature)) return undefined;
  const layer = layerOfTileset.get(picked.tileset);
  const id: unknown = picked.getProperty('id');
  return layer !== undefined && typeof id === 'string' ? { layer, id } : undefined;
}

export interface LayerTiles {
  readonly kind: TileKind;
  readonly layers: readonly string[];
  /** Same text = same tiles; undefined while none are wanted. Read in an effect. */
  key(): string | undefined;
  dress(tileset: Cesium3DTileset): void;
  /** Options of the tilesets, read when they are opened. */
  options?(): Cesium3DTileset.ConstructorOptions;
}

/** Opens the tiles anew whenever their key changes. Returns what ends it. */
export function followLayerTiles(
  scene: Scene,
  { kind, layers, key, dress, options }: LayerTiles,
): () => void {
  let shown: readonly Cesium3DTileset[] = [];
  let wanted: string | undefined;
  let isStopped = false;
  const clear = () => {
    for (const tileset of shown) scene.primitives.remove(tileset);
    shown = [];
  };
  const open = async (layer: string, opened: string) => {
    const url = addressIn(tilePrefixOf(layer), `tiles/3d/${layer}/tileset.json`);
    const resource = new Resource({ url, headers: authorization() });
    const tileset = await Cesium3DTileset.fromUrl(resource, {
      maximumScreenSpaceError: 8,
      ...options?.(),
    }).catch(() => undefined);
    if (!tileset) return countTile(kind, 'failed');
    if (isStopped || wanted !== opened) return tileset.destroy();
    layerOfTileset.set(tileset, layer);
    dress(tileset);
    tileset.tileLoad.addEventListener(() => {
      countTile(kind, 'loaded');
      scene.requestRender();
    });
    tileset.tileFailed.addEventListener(() => countTile(kind, 'failed'));
    scene.primitives.add(tileset);
    shown = [...shown, tileset];
    scene.requestRender();
  };
  const stop = effect(() => {
    const next = key();
    if (next === wanted) return;
    wanted = next;
    clear();
    if (next !== undefined) for (const layer of layers) void open(layer, next);
    scene.requestRender();
  });
  return () => {
    isStopped = true;
    stop();
    clear();
  };
}
