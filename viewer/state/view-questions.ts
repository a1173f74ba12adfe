/** What is asked of views: places that people set on the map; part of a link. */
import { signal } from '@preact/signals';
import type { Xy } from '../../core/geo/plane.ts';

export type ViewKind = 'sky' | 'sight' | 'corridor' | 'viewshed' | 'section';

/**
 * A sky and a viewshed have one place; a sight its eye and its target; a section its ends; a corridor its eye and both
 * ends of what is to be seen.
 */
export interface ViewQuestion {
  readonly kind: ViewKind;
  /** EPSG:2177, easting first. */
  readonly places: readonly Xy[];
  /** Of what is looked at, above its ground; of a corridor the lower edge of it; of a viewshed its point. */
  readonly aboveM: number;
  /** Of a viewshed: so far around its point ground is looked at. */
  readonly radiusM?: number;
}

/** Of the model `views`, and what is looked at where nobody asks for more or less. */
export const VIEWSHED_RADIUS_M = { least: 50, most: 1_000, usual: 500 } as const;

/** How many places each kind has. */
export const PLACES_OF_VIEW: Readonly<Record<ViewKind, number>> = {
  sky: 1,
  sight: 2,
  corridor: 3,
  viewshed: 1,
  section: 2,
};

/** More of them make links that programs cut. */
export const MOST_VIEWS = 20;

export const viewQuestions = signal<readonly ViewQuestion[]>([]);

/** Whether the work space is open: only then is anything drawn over the map, and said in the link. */
export const viewsOpen = signal(false);
