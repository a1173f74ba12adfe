/** What an obligatory building line asks of the walls that may be built: the front wall stands on it, not behind it. */
import type { CapacityBody, CapacityRule } from '../../wire/capacity.ts';
import type { CapacityFacts } from './capacity-facts.ts';

export const OBLIGATORY_LINE = 'obligatory-line';

type Row = Pick<CapacityRule, 'state' | 'objects' | 'note'>;

export function obligatoryRow(
  { obligatoryLines }: Pick<CapacityFacts, 'obligatoryLines'>,
  bodies: readonly Pick<CapacityBody, 'faces'>[],
): Row {
  if (obligatoryLines.length === 0) return { state: 'does-not-apply', objects: [] };
  const onParcelM = toTenth(obligatoryLines.reduce((sum, { lengthM }) => sum + lengthM, 0));
  const wallsM = toTenth(
    bodies
      .flatMap(({ faces }) => faces)
      .reduce((sum, { rule, lengthM }) => sum + (rule === OBLIGATORY_LINE ? lengthM : 0), 0),
  );
  const note =
    wallsM > 0
      ? {
          pl: `Ściana frontowa musi stać na linii: z ${onParcelM} m linii na działce bryła może zająć ${wallsM} m.`,
          en: `The front wall must stand on the line: of its ${onParcelM} m on the parcel the body may take ${wallsM} m.`,
        }
      : {
          pl: `Ściana frontowa musi stać na linii (${onParcelM} m na działce), a inne reguły nie zostawiają przy niej gruntu: bez odstępstwa nie da się spełnić obu.`,
          en: `The front wall must stand on the line (${onParcelM} m on the parcel), and other rules leave no ground at it: without a waiver both cannot be met.`,
        };
  return { state: 'applies', objects: obligatoryLines.map(({ id }) => `building_lines/${id}`), note };
}

const toTenth = (lengthM: number): number => Math.round(lengthM * 10) / 10;
