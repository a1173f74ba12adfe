/** How the 3D buildings are shown: by which attribute they are coloured, and which are left out. Stands in the link. */
import { computed, signal } from '@preact/signals';

/** Attributes that the tiles carry and that buildings can be coloured by. */
export const LOOK_ATTRIBUTES = [
  'function',
  'height_m',
  'storeys_above',
  'roof_type',
  'state',
  'lod',
] as const;
export type LookAttribute = (typeof LOOK_ATTRIBUTES)[number];

/** Which buildings are seen, by 3D ids or register ids. */
export interface Seen {
  readonly hidden: readonly string[];
  /** Only these are seen; empty = all that are not hidden. */
  readonly only: readonly string[];
}

export const EVERY_BUILDING: Seen = { hidden: [], only: [] };

export const lookOpen = signal(false);
export const lookAttribute = signal<LookAttribute | undefined>(undefined);
export const seenBuildings = signal<Seen>(EVERY_BUILDING);
/** What was seen before, for undoing; the latest last. */
const before = signal<readonly Seen[]>([]);

export const canUndoSeen = computed(() => before.value.length > 0);
export const isLookChanged = computed(
  () =>
    lookAttribute.value !== undefined ||
    seenBuildings.value.hidden.length > 0 ||
    seenBuildings.value.only.length > 0,
);

/** Longer lists make links that programs cut. */
export const MOST_SEEN = 100;

export function toggleLook(): void {
  lookOpen.value = !lookOpen.peek();
}

export function hideBuildings(ids: readonly string[]): void {
  const { hidden, only } = seenBuildings.peek();
  const others = only.filter((id) => !ids.includes(id));
  // Where only some are seen, those are hidden by leaving them out; the last one of them is hidden by name.
  if (others.length > 0) see({ hidden, only: others });
  else see({ hidden: [...new Set([...hidden, ...ids])], only });
}

/** These alone, beside those that already are alone. */
export function isolateBuildings(ids: readonly string[]): void {
  const { hidden, only } = seenBuildings.peek();
  see({ hidden: hidden.filter((id) => !ids.includes(id)), only: [...new Set([...only, ...ids])] });
}

/** Takes one off the list that it stands in. */
export function unlistBuilding(id: string): void {
  const { hidden, only } = seenBuildings.peek();
  see({ hidden: hidden.filter((other) => other !== id), only: only.filter((other) => other !== id) });
}

export const showAllBuildings = (): void => see(EVERY_BUILDING);

export function undoSeen(): void {
  const last = before.peek().at(-1);
  if (!last) return;
  before.value = before.peek().slice(0, -1);
  seenBuildings.value = last;
}

function see(next: Seen): void {
  const now = seenBuildings.peek();
  if (next.hidden.join() === now.hidden.join() && next.only.join() === now.only.join()) return;
  before.value = [...before.peek(), now];
  seenBuildings.value = next;
}

/** @param ids of one building: its 3D id and its register id */
export const isSeen = ({ hidden, only }: Seen, ids: readonly string[]): boolean =>
  !ids.some((id) => hidden.includes(id)) && (only.length === 0 || ids.some((id) => only.includes(id)));

/** `height_m;hide:a,b;only:c`; undefined while buildings look as ever. Lists too long for a link are left out. */
export function lookText(): string | undefined {
  const { hidden, only } = seenBuildings.value;
  const list = (name: string, ids: readonly string[]) =>
    ids.length > 0 && ids.length <= MOST_SEEN ? [`${name}:${ids.map(encodeURIComponent).join()}`] : [];
  const by = lookAttribute.value;
  const parts = [...(by ? [by] : []), ...list('hide', hidden), ...list('only', only)];
  return parts.length > 0 ? parts.join(';') : undefined;
}

/** Shows what a link says of it; whatever is not understood is left out. */
export function readLook(text: string | undefined): void {
  const parts = (text ?? '').split(';');
  const ids = (name: string) =>
    (parts.find((part) => part.startsWith(`${name}:`))?.slice(name.length + 1) ?? '')
      .split(',')
      .filter((id) => id !== '')
      .slice(0, MOST_SEEN)
      .map(decodedId);
  lookAttribute.value = LOOK_ATTRIBUTES.find((name) => parts.includes(name));
  seenBuildings.value = { hidden: ids('hide'), only: ids('only') };
  before.value = [];
  if (isLookChanged.peek()) lookOpen.value = true;
}

function decodedId(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
