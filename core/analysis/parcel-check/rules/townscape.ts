/** The landscape resolution: adverts, fences, small architecture. */
import { areaRule } from '../area-rule.ts';
import type { AreaFact } from '../facts.ts';
import { actOf, isInForce } from '../plan-in-force.ts';
import { type Draft, notAssessedBecause, type Rule } from '../rule.ts';

const KINDS: Readonly<Record<string, readonly [pl: string, en: string]>> = {
  old_town: ['staromiejski', 'old town'],
  historic: ['centrum i historyczne dzielnice', 'centre and historic quarters'],
  urban: ['zurbanizowany', 'urbanised'],
  open: ['tereny otwarte', 'open ground'],
};

const mostAdM2 = ({ properties }: AreaFact): number | undefined => {
  const most = properties['max_ad_area_m2'];
  if (properties['ads'] === 'none') return 0;
  return typeof most === 'number' ? most : undefined;
};

/** One finding for each carrier: the strictest area of the parcel counts. */
function carrierDrafts(...[{ areas }, { day }]: Parameters<Rule['find']>): readonly Draft[] {
  const carriers = areas.filter(({ layer }) => layer === 'ad_carriers');
  if (carriers.length === 0) {
    return [
      {
        state: 'does-not-apply',
        reason: {
          pl: 'Inwentaryzacja nie pokazuje tu nośników reklam.',
          en: 'The survey shows no carrier of adverts here.',
        },
      },
    ];
  }
  const limits = areas
    .filter(
      ({ layer, common, properties }) => layer === 'landscape_areas' && common && isInForce(properties, day),
    )
    .map(mostAdM2)
    .filter((most) => most !== undefined);
  if (limits.length === 0) {
    return [
      notAssessedBecause(
        'Na działce jest nośnik reklamy, a zasad uchwały krajobrazowej tu nie ma.',
        'There is a carrier of adverts on the parcel, and no rule of the landscape resolution here.',
        'landscape_areas',
      ),
    ];
  }
  const most = Math.min(...limits);
  return carriers.map(({ id, properties }): Draft => {
    const shown = properties['area_m2'];
    if (typeof shown !== 'number') {
      return {
        ...notAssessedBecause(
          `Nośnik ${id} nie ma zmierzonej powierzchni.`,
          `The area of the carrier ${id} is not known.`,
        ),
        objects: [id],
      };
    }
    const isOver = shown > most;
    return {
      state: isOver ? 'applies' : 'does-not-apply',
      reason: isOver
        ? {
            pl: `Nośnik ${id} (${shown} m²) ${most === 0 ? 'stoi tam, gdzie reklamy są zakazane' : `przekracza ${most} m²`}: do dostosowania lub usunięcia.`,
            en: `The carrier ${id} (${shown} m²) ${most === 0 ? 'stands where adverts are banned' : `exceeds ${most} m²`}: to be adapted or removed.`,
          }
        : {
            pl: `Nośnik ${id} (${shown} m²) mieści się w ${most} m².`,
            en: `The carrier ${id} (${shown} m²) keeps within ${most} m².`,
          },
      objects: [id],
      measured: { value: shown, unit: 'm2' },
      threshold: { must: '<=', value: most, unit: 'm2' },
    };
  });
}

export const TOWNSCAPE_RULES: readonly Rule[] = [
  areaRule({
    id: 'landscape-resolution',
    category: 'planning',
    title: { pl: 'Uchwała krajobrazowa', en: 'Landscape resolution' },
    provisions: ['POZ-UK'],
    layer: 'landscape_areas',
    matches: ({ properties }, { day }) => isInForce(properties, day),
    reason: (area) => {
      const [pl, en] = KINDS[String(area.properties['kind'])] ?? ['', ''];
      const most = mostAdM2(area);
      const fence = area.properties['max_fence_height_m'];
      return {
        pl: `Obszar: ${pl}; reklamy wolno stojące ${most === 0 ? 'zakazane' : `do ${most ?? '?'} m²`}, ogrodzenia do ${fence ?? '?'} m (${actOf(area)}).`,
        en: `Area: ${en}; free-standing adverts ${most === 0 ? 'banned' : `up to ${most ?? '?'} m²`}, fences up to ${fence ?? '?'} m (${actOf(area)}).`,
      };
    },
    none: {
      pl: 'Działka leży poza obszarami uchwały krajobrazowej.',
      en: 'The parcel lies outside the areas of the landscape resolution.',
    },
    followsParcels: true,
  }),
  {
    id: 'ad-carriers',
    category: 'planning',
    title: { pl: 'Nośniki reklam', en: 'Carriers of adverts' },
    provisions: ['POZ-UK'],
    needs: ['ad_carriers', 'landscape_areas'],
    find: carrierDrafts,
  },
];
