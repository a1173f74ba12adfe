import { reprojectBbox } from '../../core/geo/bbox.ts';
import type { WireSearchHit } from '../../core/wire/search.ts';
import { fetchHits } from '../api/city-api.ts';
import { parseCoordinates, readCoordinates } from '../format/coordinates.ts';
import { said, t, tn } from '../text/text.ts';
import { announce } from './announcer.ts';
import { foundHere } from './selected-item.ts';
import { flyTo, layerNamed, select } from './twin-state.ts';

const LIMIT = 12;
const TYPING_PAUSE_MS = 140;
const POINT_BOX_M = 60;

export type Answer =
  | { readonly kind: 'start' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'found'; readonly query: string; readonly hits: readonly Choice[] };

/** One line of the list: an object of a layer, or a typed point of EPSG:2177. */
export interface Choice {
  readonly key: string;
  readonly label: string;
  readonly kind: string;
  readonly hit: WireSearchHit | undefined;
  readonly at: readonly [number, number] | undefined;
}

/** Asks the service after a pause in typing. Returns the way to call it off. */
export function askChoices(
  typed: string,
  answer: { value: Answer },
  active: { value: number },
): (() => void) | undefined {
  const query = typed.trim();
  active.value = -1;
  if (query === '') {
    answer.value = { kind: 'start' };
    return undefined;
  }
  const controller = new AbortController();
  const point = pointChoice(query);
  if (answer.value.kind !== 'found') answer.value = { kind: 'busy' };
  const timer = setTimeout(() => {
    fetchHits(query, LIMIT, controller.signal).then(
      ({ hits }) => {
        if (controller.signal.aborted) return;
        const choices = [...(point ? [point] : []), ...hits.map(hitChoice)];
        answer.value = { kind: 'found', query, hits: choices };
        active.value = choices.length > 0 ? 0 : -1;
        announce(
          choices.length > 0
            ? tn('searchFound', choices.length, { n: choices.length })
            : t('searchEmpty', { q: query }),
        );
      },
      () => {
        if (controller.signal.aborted) return;
        answer.value = point ? { kind: 'found', query, hits: [point] } : { kind: 'failed' };
      },
    );
  }, TYPING_PAUSE_MS);
  return () => {
    clearTimeout(timer);
    controller.abort();
  };
}

function hitChoice(hit: WireSearchHit): Choice {
  const layer = layerNamed(hit.layer);
  return {
    key: `${hit.layer}/${hit.id}`,
    label: hit.label,
    kind: layer ? said(layer.title) : hit.layer,
    hit,
    at: undefined,
  };
}

function pointChoice(query: string): Choice | undefined {
  const at = parseCoordinates(query);
  if (!at) return undefined;
  const [n, e] = readCoordinates(at, 2177);
  return { key: 'point', label: t('searchPoint', { n, e }), kind: t('searchPointKind'), hit: undefined, at };
}

/** Shows what was chosen: selects the object and flies to it. */
export function goTo({ hit, at }: Choice): void {
  if (hit) {
    const [minX, minY, maxX, maxY] = hit.bbox;
    const box = reprojectBbox({ minX, minY, maxX, maxY, srid: hit.srid }, 2177);
    foundHere.value = [];
    select({ layer: hit.layer, id: hit.id });
    flyTo([box.minX, box.minY, box.maxX, box.maxY]);
  } else if (at) {
    flyTo([at[0] - POINT_BOX_M, at[1] - POINT_BOX_M, at[0] + POINT_BOX_M, at[1] + POINT_BOX_M]);
  }
}
