import type { ConsequenceFacts } from '../../core/analysis/consequences/facts.ts';
import { LIGHT_AROUND_M, LIGHT_REACH_M } from '../../core/analysis/consequences/light.ts';
import { TwinError } from '../../core/errors.ts';
import { boxAround, editedBox, shapesWithin } from './building-shapes.ts';
import type { StudiedCity } from './studied-city.ts';
import { middleOf, targetsIn, widened } from './sun-facts.ts';
import { shapedBox, surroundingsWithin } from './surroundings.ts';

/** Edits farther apart have no common surroundings. */
const MOST_KM2 = 1;

/** What the rows of light are made from; why not, where edits lie too far apart; nothing where neither buildings nor ground are edited. */
export async function lightFacts(city: StudiedCity): Promise<Pick<ConsequenceFacts, 'light'>> {
  const edited = boxAround([await editedBox(city), shapedBox(city)]);
  if (!edited) return {};
  const around = widened(edited, LIGHT_AROUND_M);
  const km2 = ((around[2] - around[0]) * (around[3] - around[1])) / 1e6;
  if (km2 > MOST_KM2) return TOO_WIDE;
  try {
    const targets = await targetsIn(city, around);
    const reach = widened(around, LIGHT_REACH_M);
    const shapes = await shapesWithin(city, reach);
    const surroundings = await surroundingsWithin(city, reach);
    return { light: { place: middleOf(around), around, ...shapes, targets, surroundings } };
  } catch (error) {
    if (error instanceof TwinError && error.kind === 'too-large') return TOO_WIDE;
    throw error;
  }
}

const TOO_WIDE: Pick<ConsequenceFacts, 'light'> = {
  light: {
    reason: {
      pl: 'Zmieniane budynki lub miejsca kształtowania terenu leżą zbyt daleko od siebie (ponad 1 km² z otoczeniem) albo wokół nich stoi ponad 2000 budynków; modele sun-on-windows i sun-hours policzą je po kawałku.',
      en: 'The edited buildings or ground lie too far apart (more than 1 km² with their surroundings), or more than 2,000 buildings stand around them; the models sun-on-windows and sun-hours compute them piece by piece.',
    },
  },
};
