/** Which zones of plans are law on a day. */
import type { PropertyValue } from '../../feature/feature.ts';
import type { AreaFact, ParcelFacts } from './facts.ts';

export type PlanKind = 'local' | 'general';

/** Whether the act of a zone is in force on a day; without a status it is taken to be. */
export function isInForce(properties: AreaFact['properties'], day: string): boolean {
  const status = properties['status'] ?? 'legalForce';
  const [since, until] = [properties['in_force_since'], properties['in_force_until']];
  return (
    status === 'legalForce' &&
    (typeof since !== 'string' || since <= day) &&
    (typeof until !== 'string' || until >= day)
  );
}

export const zonesOf = ({ areas }: ParcelFacts, kind: PlanKind): readonly AreaFact[] =>
  areas.filter(({ layer, properties }) => layer === 'plan_zones' && properties['plan_kind'] === kind);

export const zonesInForce = (facts: ParcelFacts, kind: PlanKind, day: string): readonly AreaFact[] =>
  zonesOf(facts, kind).filter(({ common, properties }) => common && isInForce(properties, day));

/** Title, number and journal of the act of a zone, as far as they are known. */
export function actOf({ properties }: AreaFact): string {
  const told = ['act_title', 'act_number', 'act_publication', 'title', 'number', 'publication']
    .map((name): PropertyValue | undefined => properties[name])
    .filter((value) => typeof value === 'string' && value !== '');
  return told.join(', ');
}
