import type { Feature, PropertyValue } from '../../feature/feature.ts';
import type {
  AllowTurn,
  BanTurn,
  LowEmissionZone,
  RemoveSignal,
  SetSignal,
  SlowZone,
} from '../../wire/edits/traffic-rules.ts';
import type { Settled } from '../../wire/scenario.ts';
import { changedRows, featureBefore, type ScenarioRow } from '../scenario-row.ts';
import { mainArms } from './main-arms.ts';

/** Of a cycle, when nobody has green: two changes. */
const LOST_S = 8;

/** Rows of `roads`. */
export function trafficRuleRows(
  edit: BanTurn | AllowTurn | SetSignal | RemoveSignal | SlowZone | LowEmissionZone,
  settled: Settled,
): readonly ScenarioRow[] {
  const each = (change: (before: Feature) => Readonly<Record<string, PropertyValue>>) =>
    changedRows(settled, (before) => ({ properties: change(before) }));
  switch (edit.kind) {
    case 'ban-turn':
      return each((before) => ({
        no_turn_to: [...new Set([...bannedFrom(before), edit.to])].toSorted().join(','),
      }));
    case 'allow-turn':
      return each((before) => ({
        no_turn_to:
          bannedFrom(before)
            .filter((id) => id !== edit.to)
            .join(',') || null,
      }));
    case 'set-signal': {
      const main = mainArms(settled.objects.map(featureBefore), settled.junction ?? '');
      const mainGreenS = greenOf(edit);
      const sideGreenS = Math.max(5, edit.cycleS - mainGreenS - LOST_S);
      return each((before) =>
        atJunction(
          before,
          settled.junction,
          `${main.has(before.id) ? mainGreenS : sideGreenS}/${edit.cycleS}`,
        ),
      );
    }
    case 'remove-signal':
      return each((before) => atJunction(before, settled.junction, null));
    case 'slow-zone':
      return each(() => ({ speed_kmh: edit.speedKmH }));
    case 'low-emission-zone': {
      const isThere = edit.sharePct > 0;
      return each(() => ({
        limited_vehicles: isThere ? edit.vehicles : null,
        limited_share_pct: isThere ? edit.sharePct : null,
        entry_charge_pln: isThere ? (edit.chargePln ?? null) : null,
      }));
    }
  }
}

/** Ids of the roads that one may not turn into from a road. */
export function bannedFrom({ properties }: Pick<Feature, 'properties'>): readonly string[] {
  const ids = properties['no_turn_to'];
  return typeof ids === 'string' && ids !== '' ? ids.split(',') : [];
}

const greenOf = ({ cycleS, mainGreenS }: SetSignal): number =>
  mainGreenS ?? Math.round((cycleS - LOST_S) / 2);

/** The signal at each end of a road that is at the junction. */
const atJunction = ({ properties }: Feature, junction: string | undefined, signal: string | null) => ({
  ...(properties['from_node'] === junction && { signal_from: signal }),
  ...(properties['to_node'] === junction && { signal_to: signal }),
});
