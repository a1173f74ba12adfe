/** What clicks and keys on a map do instead of choosing an object. */
import { computed, signal } from '@preact/signals';
import type { Pointed } from './map-view.ts';

export interface MapTool {
  /** @param square whether Shift asks for a right angle */
  point(place: Pointed, square: boolean): void;
  finish(): void;
  /**
   * A key on the map that the tool wants for itself, before the map moves by it; letters small.
   * @returns whether it was taken
   */
  key?(key: string, isFine: boolean): boolean;
  /** Takes the last point back. */
  back(): void;
  /** One level at a time: the points first, then the tool. */
  cancel(): void;
}

const taken = signal<readonly MapTool[]>([]);

/** The tool taken last; dropping it gives the one before it back. */
export const mapTool = computed(() => taken.value.at(-1));

export function takeTool(tool: MapTool): void {
  taken.value = [...taken.peek().filter((other) => other !== tool), tool];
}

export function dropTool(tool: MapTool): void {
  taken.value = taken.peek().filter((other) => other !== tool);
}
