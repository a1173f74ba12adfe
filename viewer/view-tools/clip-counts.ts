/** How many objects of the city stand on the ground of the box, counted by the service. */
import { signal } from '@preact/signals';
import { crsUri } from '../../core/geo/crs.ts';
import { countItems } from '../api/city-api.ts';
import { type ClipBox, clipBox } from '../state/clip.ts';
import { LOADING, type Load, loadAlong } from '../state/load.ts';
import { cityPrefix } from '../state/shown-city.ts';
import { layerNamed } from '../state/twin-state.ts';
import { said } from '../text/text.ts';

/** Those that the globe draws as bodies. */
const COUNTED = ['buildings_3d', 'trees', 'utility_lines', 'utility_devices'] as const;
const CRS = crsUri(2177);

/** A box that is being moved is not counted at every step. */
const RESTED_MS = 300;

interface Count {
  readonly layer: string;
  readonly title: string;
  /** null: more than the service counts. */
  readonly count: number | null;
}

export const clipCounts = signal<Load<readonly Count[]>>(LOADING);

/** Counts anew for each box and city, while the panel is open. Returns how to stop. */
export const followClipCounts = (): (() => void) =>
  loadAlong(
    clipCounts,
    () => {
      const [box, prefix] = [clipBox.value, cityPrefix.value];
      return box && ((abort) => countsIn(box, prefix, abort));
    },
    RESTED_MS,
  );

async function countsIn({ at, sizeM }: ClipBox, prefix: string, abort: AbortSignal): Promise<Count[]> {
  const [[e, n], [east, north]] = [at, sizeM];
  const bbox = [n - north / 2, e - east / 2, n + north / 2, e + east / 2];
  const within = { bbox: bbox.map((metres) => metres.toFixed(2)).join(), 'bbox-crs': CRS };
  const shown = COUNTED.flatMap((name) => layerNamed(name) ?? []).filter(({ status }) => status.count > 0);
  return Promise.all(
    shown.map(async ({ name, title }) => ({
      ...{ layer: name, title: said(title) },
      count: await countItems(name, within, abort, prefix),
    })),
  );
}
