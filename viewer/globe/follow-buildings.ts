import type { CesiumWidget } from '@cesium/engine';
import { effect } from '@preact/signals';
import { classesOf, classFor } from '../look/look-classes.ts';
import { isSeen, lookAttribute, seenBuildings } from '../state/building-look.ts';
import { tilePrefixOf, tilesKey } from '../state/shown-city.ts';
import { theme } from '../state/theme.ts';
import { layers, settingOf } from '../state/twin-state.ts';
import { homeInks } from '../traffic/painted-traffic.ts';
import { type Buildings, openBuildings } from './buildings.ts';
import { ACCENT } from './scene.ts';

const LAYER = 'buildings_3d';

/** The 3D buildings of the city that is shown, whichever that is at the moment. */
export interface ShownBuildings {
  tilesLoaded(): boolean;
  /** Lights up the building of this 3D id or this register id; undefined for none. */
  highlight(id: string | undefined): void;
  stop(): void;
}

interface Kept extends Buildings {
  readonly prefix: string;
  readonly key: string;
}

/**
 * Opens the buildings anew for each city and each change of them. What was shown stays until what follows is there, and
 * the city shown before is kept, so that comparing the two takes no loading.
 */
export function followBuildings({ scene }: CesiumWidget): ShownBuildings {
  let kept: readonly Kept[] = [];
  let shown: Kept | undefined;
  let opening: string | undefined;
  let lit: string | undefined;
  let isStopped = false;
  const render = () => {
    if (!isStopped) scene.requestRender();
  };

  const show = (next: Kept) => {
    shown = next;
    // One for each of the two cities that are compared.
    const others = kept.filter((other) => other !== next && other.prefix !== next.prefix).slice(0, 1);
    for (const old of kept) if (old !== next && !others.includes(old)) scene.primitives.remove(old.tileset);
    kept = [next, ...others];
    for (const { tileset } of others) tileset.show = false;
    next.highlight(lit);
    dress();
  };
  const dress = () => {
    const layer = layers.peek().find(({ dimension }) => dimension === 3);
    for (const buildings of kept) {
      buildings.paint(theme.peek(), ACCENT[theme.peek()]);
      if (buildings === shown) buildings.tileset.show = layer ? settingOf(layer).visible : false;
    }
    render();
  };
  const tint = (buildings: Kept) => {
    const inks = homeInks.peek();
    const attribute = lookAttribute.peek();
    const classes = attribute && classesOf(attribute);
    // The noise at homes is asked for in a work space of its own, and goes before the look of all buildings.
    buildings.tint(
      (ids, read) =>
        ids.map((id) => inks?.get(id)).find((ink) => ink !== undefined) ??
        (classes && classFor(classes, read(attribute))?.ink),
    );
    buildings.bleach(classes !== undefined);
  };
  const leaveOut = (buildings: Kept) => {
    const seen = seenBuildings.peek();
    buildings.showOnly((ids) => isSeen(seen, ids));
  };
  const open = async (key: string, prefix: string) => {
    opening = key;
    const buildings = await openBuildings(prefix, render).catch(() => undefined);
    if (isStopped || opening !== key || !buildings) {
      buildings?.tileset.destroy();
      if (opening === key) opening = undefined;
      return;
    }
    const next: Kept = { ...buildings, key, prefix };
    kept = [...kept, next];
    scene.primitives.add(next.tileset);
    next.paint(theme.peek(), ACCENT[theme.peek()]);
    tint(next);
    leaveOut(next);
    const reveal = () => {
      stopWaiting();
      if (opening === key) opening = undefined;
      // Meanwhile yet another city may have been asked for.
      if (!isStopped && kept.includes(next) && opening === undefined) show(next);
    };
    const stopWaiting = next.tileset.initialTilesLoaded.addEventListener(reveal);
    // What is hidden loads nothing that could be waited for.
    if (!shown?.tileset.show) reveal();
    render();
  };

  const stop = effect(() => {
    const key = tilesKey(LAYER);
    const layer = layers.value.find(({ dimension }) => dimension === 3);
    const isFilled = layer !== undefined && layer.status.count > 0;
    const known = kept.find((buildings) => buildings.key === key);
    if (known) {
      opening = undefined;
      if (known !== shown) show(known);
    } else if (isFilled && opening !== key) void open(key, tilePrefixOf(LAYER));
    theme.value;
    if (layer) settingOf(layer);
    dress();
  });
  const stopTinting = effect(() => {
    homeInks.value;
    lookAttribute.value;
    for (const buildings of kept) tint(buildings);
  });
  const stopLeavingOut = effect(() => {
    seenBuildings.value;
    for (const buildings of kept) leaveOut(buildings);
  });
  return {
    tilesLoaded: () => opening === undefined && (shown?.tileset.tilesLoaded ?? true),
    highlight: (id) => {
      lit = id;
      for (const buildings of kept) buildings.highlight(id);
    },
    stop: () => {
      isStopped = true;
      stop();
      stopTinting();
      stopLeavingOut();
    },
  };
}
