import type { TrafficResult } from '../../wire/traffic.ts';
import type { RoadFact } from './city-facts.ts';
import { LEADS_OUT } from './street-supply.ts';

const MOST_TOLD = 100;
/** Nobody posts less on a main road: 50 km/h are 13.9 m/s, 30 km/h are 8.3 m/s. */
const SLOWEST_MAIN_KMH = 20;
const FASTEST_KMH = 140;
const MOST_LANES = 12;
const SHORTEST_M = 0.5;

/** What looks like a slip in the data; it is used as it stands. */
export function roadWarnings(roads: readonly RoadFact[]): TrafficResult['warnings'] {
  return [...roads.flatMap(oddOf), ...doubled(roads)].slice(0, MOST_TOLD);
}

/** The same street under another id has its capacity twice. */
function doubled(roads: readonly RoadFact[]): TrafficResult['warnings'] {
  const first = new Map<string, string>();
  return roads.flatMap(({ id, from, to, path }) => {
    const [ahead, back] = [path, path.toReversed()].map((each) => each.join(' '));
    const key = from < to ? `${from} ${to} ${ahead}` : `${to} ${from} ${back}`;
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, id);
      return [];
    }
    const text = {
      pl: `Odcinek biegnie tak samo jak ${other}; oba przyjęto, więc przepustowość liczy się dwa razy.`,
      en: `The section runs just as ${other} does; both are taken, so its capacity counts twice.`,
    };
    return [{ road: id, text }];
  });
}

function oddOf({
  id,
  class: roadClass,
  speedKmH,
  lanes,
  lengthM,
  from,
  to,
}: RoadFact): TrafficResult['warnings'] {
  const told: TrafficResult['warnings'] = [];
  const tell = (pl: string, en: string) => void told.push({ road: id, text: { pl, en } });
  if (speedKmH !== null && speedKmH < SLOWEST_MAIN_KMH && LEADS_OUT.includes(roadClass ?? '')) {
    tell(
      `Prędkość ${speedKmH} na drodze głównej wygląda na m/s; oczekiwane są km/h.`,
      `A speed of ${speedKmH} on a main road looks like m/s; km/h are expected.`,
    );
  }
  if (speedKmH !== null && speedKmH > FASTEST_KMH) {
    tell(
      `Prędkość ${speedKmH} km/h jest większa niż dozwolona gdziekolwiek.`,
      `A speed of ${speedKmH} km/h is above any limit there is.`,
    );
  }
  if (lanes !== null && (lanes < 1 || lanes > MOST_LANES)) {
    tell(`Liczba pasów ${lanes} jest nieprawdopodobna.`, `${lanes} lanes are implausible.`);
  }
  if (lengthM < SHORTEST_M) {
    tell('Odcinek jest krótszy niż pół metra.', 'The section is shorter than half a metre.');
  }
  if (from === to) {
    tell(
      'Odcinek zaczyna się i kończy w tym samym węźle; nikt nim nie jedzie dalej.',
      'The section begins and ends at the same node; nobody gets on by it.',
    );
  }
  return told;
}
