/** What became of every rule on the parcel, and what its reader must know. */
import type { Text } from '../../feature/layer.ts';
import type {
  CapacityBody,
  CapacityParameters,
  CapacityResult,
  CapacityRule,
  CapacityUse,
} from '../../wire/capacity.ts';
import type { CapacityFacts } from './capacity-facts.ts';
import { CAPACITY_RULES, type CapacityRuleOf, countsStrip, useOfZone } from './capacity-rules.ts';
import { LIGHT_RULES, lightRow, type ToldLight } from './light-rows.ts';
import { OBLIGATORY_LINE, obligatoryRow } from './obligatory-row.ts';

const MOST_OBJECTS = 20;
/** Less than this is drawing tolerance. */
const SMALL_M2 = 0.5;

type Body = Pick<CapacityBody, 'faces' | 'heightM'>;

/**
 * @param borderM the distance from the border with which the most can be built
 * @param bodies what may stand on the ground that is left
 * @param light what they take of light, and have
 */
export function ruleRows(
  facts: CapacityFacts,
  use: CapacityUse,
  parameters: CapacityParameters,
  borderM: number,
  bodies: readonly Body[],
  light: ToldLight,
): Pick<CapacityResult, 'rules' | 'notes'> {
  return {
    rules: CAPACITY_RULES.map((rule) => rowOf(rule, facts, use, parameters, borderM, { bodies, light })),
    notes: notesOf(facts, use),
  };
}

function rowOf(
  known: CapacityRuleOf,
  facts: CapacityFacts,
  use: CapacityUse,
  parameters: CapacityParameters,
  borderM: number,
  { bodies, light }: { readonly bodies: readonly Body[]; readonly light: ToldLight },
): CapacityRule {
  const { rule, title, law, needs } = known;
  const head = { rule, title, law, objects: [] };
  const missing = needs.filter((layer) => facts.emptyLayers.includes(layer));
  if (missing.length > 0) {
    const names = missing.join(', ');
    return {
      ...head,
      state: 'not-assessed',
      note: { pl: `Brak danych w warstwie ${names}.`, en: `The layer ${names} holds no data.` },
    };
  }
  if (rule === 'plan-use') return planUse(known, facts);
  if (rule === OBLIGATORY_LINE) return { ...head, ...obligatoryRow(facts, bodies) };
  const ofLight = LIGHT_RULES.find((each) => each === rule);
  if (ofLight) return { ...head, ...lightRow(ofLight, facts, use, bodies, light) };
  if (rule === 'fire' && use === 'single-family') {
    return {
      ...head,
      state: 'does-not-apply',
      note: {
        pl: 'Dla niepalnych domów jednorodzinnych wystarczają odległości z § 12 (§ 272 ust. 2).',
        en: 'For single-family houses that do not spread fire the distances of § 12 suffice (§ 272(2)).',
      },
    };
  }
  const strip = facts.strips.find((each) => each.rule === rule && (each.borderM ?? borderM) === borderM);
  const unknown = strip?.unknown ?? [];
  const note = noteOf(rule, unknown);
  if (!strip || (strip.takenM2 < SMALL_M2 && unknown.length === 0))
    return { ...head, state: 'does-not-apply' };
  const told = {
    ...head,
    ...(strip.distanceM !== null && { distanceM: Math.round(strip.distanceM * 100) / 100 }),
    takenM2: Math.round(strip.takenM2 * 10) / 10,
    objects: [...new Set([...strip.objects, ...unknown])].slice(0, MOST_OBJECTS),
    ...(note && { note }),
  };
  if (strip.takenM2 < SMALL_M2) return { ...told, state: 'not-assessed' };
  if (!countsStrip(known, parameters)) {
    return {
      ...told,
      state: 'touches',
      note: {
        pl: 'Nie odjęto: pas nie wynika z aktu ani prawa miejscowego, a pytano tylko o wiążące.',
        en: 'Not taken off: no act or local law sets the strip, and only binding ones were asked for.',
      },
    };
  }
  return { ...told, state: 'applies' };
}

function planUse({ rule, title, law }: CapacityRuleOf, { pieces }: CapacityFacts): CapacityRule {
  const closed = pieces.filter(({ kind }) => useOfZone(kind) === 'none');
  const takenM2 = closed.reduce((sum, { areaM2 }) => sum + areaM2, 0);
  const objects = closed.flatMap(({ zone }) => (zone === null ? [] : [`plan_zones/${zone}`]));
  if (closed.length > 0) {
    return { rule, title, law, state: 'applies', takenM2: Math.round(takenM2 * 10) / 10, objects };
  }
  if (pieces.every(({ zone }) => zone === null)) {
    return {
      ...{ rule, title, law, state: 'not-assessed', objects: [] },
      note: { pl: 'Żaden plan w mocy nie obejmuje działki.', en: 'No plan in force covers the parcel.' },
    };
  }
  return { rule, title, law, state: 'does-not-apply', objects: [] };
}

function noteOf(rule: string, unknown: readonly string[]): Text | undefined {
  if (unknown.length > 0) {
    return {
      pl: `Obiektów bez danych, od których zależy odległość: ${unknown.length}; przyjęto największą możliwą, a gdzie jej nie ma, nic nie odjęto.`,
      en: `Objects without the attributes that the distance hangs on: ${unknown.length}; the greatest possible is taken, and where there is none, nothing is taken off.`,
    };
  }
  if (rule === 'road') {
    return {
      pl: 'Kategorię drogi przyjęto z jej klasy, krawędź jezdni z osi i szerokości.',
      en: 'The category of the road is taken from its class, the edge of the carriageway from axis and width.',
    };
  }
  if (rule === 'railway') {
    return {
      pl: 'Oś toru nie jest w danych: 20 m od osi nie sprawdzono.',
      en: 'The axis of the track is not in the data: 20 m from it were not checked.',
    };
  }
  return undefined;
}

function notesOf({ pieces, floodM2, protectedPlaces, lawDate }: CapacityFacts, use: CapacityUse): Text[] {
  const notes: Text[] = [];
  const uncovered = pieces.filter(({ zone }) => zone === null);
  if (uncovered.length > 0) {
    const m2 = Math.round(uncovered.reduce((sum, { areaM2 }) => sum + areaM2, 0));
    notes.push({
      pl: `${m2} m² bez planu w mocy w dniu ${lawDate}: wysokość i intensywność ustaliłaby decyzja o warunkach zabudowy.`,
      en: `${m2} m² without a plan in force on ${lawDate}: a decision on building conditions would set height and intensity.`,
    });
  }
  if (pieces.some(({ planKind }) => planKind === 'general')) {
    notes.push({
      pl: 'Część limitów pochodzi z planu ogólnego: wiążą plany miejscowe i decyzje, same nie pozwalają budować.',
      en: 'Some limits come from the general plan: they bind local plans and decisions and do not by themselves allow building.',
    });
  }
  if (floodM2 >= SMALL_M2) {
    notes.push({
      pl: `${Math.round(floodM2)} m² w obszarze szczególnego zagrożenia powodzią: potrzebne uzgodnienie Wód Polskich (PW art. 166); nie odjęto.`,
      en: `${Math.round(floodM2)} m² in the area of special flood hazard: Wody Polskie must agree (PW art. 166); not taken off.`,
    });
  }
  if (protectedPlaces.length > 0) {
    notes.push({
      pl: `Ochrona zabytków lub przyrody na działce (${protectedPlaces.join(', ')}): potrzebna zgoda organu; nie odjęto.`,
      en: `Heritage or nature protection on the parcel (${protectedPlaces.join(', ')}): the authority must agree; not taken off.`,
    });
  }
  notes.push({
    pl: 'Nie liczono kąta dachu ani hałasu; słońce i przesłanianie liczono bez drzew.',
    en: 'The pitch of roofs and noise are not computed; sun and obstruction are, without trees.',
  });
  if (use === 'services' || use === 'production') {
    notes.push({
      pl: 'Plan podaje miejsca postojowe na mieszkanie; dla tego przeznaczenia ich liczby nie ustalono.',
      en: 'The plan gives parking for each dwelling; for this use the number is not known.',
    });
  }
  return notes;
}
