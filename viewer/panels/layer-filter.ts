import type { WireLayer } from '../../core/wire/city.ts';
import { said } from '../text/text.ts';

/** Small letters without marks: „Łąki” is found by "laki". */
const folded = (text: string): string =>
  text.toLowerCase().replaceAll('ł', 'l').normalize('NFD').replace(/\p{M}/gu, '');

/** Whether a layer bears every typed word in its title, description, group or the names of its classes. */
export function matchesFilter(layer: WireLayer, typed: string): boolean {
  const words = folded(typed)
    .split(/\s+/)
    .filter((word) => word !== '');
  const classes = layer.style.classes?.entries.map(({ label }) => said(label)) ?? [];
  const text = folded(
    [said(layer.title), said(layer.description), said(layer.group.title), layer.name, ...classes].join(' '),
  );
  return words.every((word) => text.includes(word));
}
