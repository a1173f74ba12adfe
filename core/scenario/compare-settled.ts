/** In what an edit finds another city than the one that it was made in. */
import type { StoredEdit } from '../wire/scenario.ts';
import type { ReplayConflict } from '../wire/scenario-life.ts';
import { objectKey } from './scenario-row.ts';

type Touched = StoredEdit['objects'][number];
type DifferentObject = ReplayConflict['objects'][number];
type Difference = DifferentObject['attributes'][number];

/** Book-keeping of registers: a new version of an object that says the same is the same object. */
const BOOK_KEEPING: ReadonlySet<string> = new Set([
  'iip_version',
  'object_since',
  'version_since',
  'version_until',
]);

/**
 * Objects that were other when an edit was made than now that it is made anew, with the attributes that differ.
 * @param isOwn objects that an earlier edit of the same stack touches: those differ by that one's doing
 */
export function differentObjects(
  was: readonly Touched[],
  becomes: readonly Touched[],
  isOwn: (key: string) => boolean,
): readonly DifferentObject[] {
  const before = new Map(was.map((object) => [objectKey(object), object]));
  const after = new Map(becomes.map((object) => [objectKey(object), object]));
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].flatMap((key) => {
    const [old, renewed] = [before.get(key), after.get(key)];
    const object = old ?? renewed;
    if (!object || isOwn(key)) return [];
    const { layer, id } = object;
    // Touched by one of the two alone: what the edit reaches has changed.
    if (!old || !renewed || old.change !== renewed.change) return [{ layer, id, attributes: [] }];
    const attributes = differences(old.before, renewed.before);
    return attributes.length > 0 ? [{ layer, id, attributes }] : [];
  });
}

function differences(was: Touched['before'], becomes: Touched['before']): Difference[] {
  if (!was || !becomes) return [];
  const names = new Set([...Object.keys(was.properties), ...Object.keys(becomes.properties)]);
  const attributes = [...names].toSorted().flatMap((name): Difference[] => {
    const [old, renewed] = [was.properties[name] ?? null, becomes.properties[name] ?? null];
    return BOOK_KEEPING.has(name) || old === renewed ? [] : [{ name, was: old, becomes: renewed }];
  });
  const isMoved = JSON.stringify(was.geometry) !== JSON.stringify(becomes.geometry);
  return isMoved ? [...attributes, { name: 'geometry' }] : attributes;
}
