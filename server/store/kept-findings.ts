/** The door to kept findings: what they are, of when, and whether data, rules or the day have left them behind. */
import { RULES_VERSION } from '../../core/analysis/parcel-check/check-parcel.ts';
import { RULES } from '../../core/analysis/parcel-check/rules.ts';
import type { Text } from '../../core/feature/layer.ts';
import type { KeptPage, KeptSummary } from '../../core/wire/kept-findings.ts';
import type { KeptFindings } from '../services/kept-findings.ts';
import { CITY } from './dataset.ts';
import { CHECKED_LAYERS } from './parcel-check-facts.ts';
import { today } from './parcel-checks.ts';
import { countFindings } from './parcel-findings.ts';
import type { Pool } from './pool.ts';
import { sql } from './sql.ts';

interface State {
  readonly rules: string;
  readonly law_day: string;
  readonly version: number;
  readonly refreshed_at: string | null;
  readonly due: number;
  /** Parcels for which the law of today makes a difference. */
  readonly unsteady: number;
  readonly changed: readonly string[];
}

/** @param pool that may read the kept findings; they were made as the public sees the city */
export function storeKeptFindings(pool: Pool): KeptFindings {
  return {
    async summary(signal) {
      const state = await stateOf(pool, signal);
      const [row] = await pool.read<{ parcels: number }>(
        sql`select count(*) as parcels from twin.parcel_finding`,
        signal,
      );
      const titles = new Map(RULES.map(({ id, title }) => [id, title]));
      const counts = await countFindings(pool, signal);
      return {
        parcels: row?.parcels ?? 0,
        ...headOf(state),
        lawDate: state?.law_day ?? null,
        dataVersion: state?.version ?? null,
        rulesVersion: state?.rules ?? null,
        staleBecause: reasonsOf(state),
        rules: counts.map((count) => ({ ...count, title: titles.get(count.rule) ?? null })),
      } satisfies KeptSummary;
    },
    async page({ rule, state: wanted, after, limit }, signal) {
      const column = { applies: sql`applies`, touches: sql`touches`, 'not-assessed': sql`not_assessed` }[
        wanted
      ];
      const rows = await pool.read<KeptPage['parcels'][number]>(
        sql`select parcel_id as parcel, coalesce((select jsonb_agg(finding) from jsonb_array_elements(findings) as finding
            where finding ->> 'rule' = ${rule}::text and finding ->> 'state' = ${wanted}::text), '[]') as findings
          from twin.parcel_finding
          where ${column} @> array[${rule}::text] and parcel_id > ${after ?? ''}::text
          order by parcel_id limit ${limit + 1}::bigint`,
        signal,
      );
      const parcels = rows.slice(0, limit);
      const next = rows.length > limit ? parcels.at(-1)?.parcel : undefined;
      return { ...headOf(await stateOf(pool, signal)), parcels, ...(next !== undefined && { next }) };
    },
  };
}

/** Whether anything that was kept once should be checked again; false where nothing was ever kept. */
export async function areFindingsStale(pool: Pool, signal: AbortSignal): Promise<boolean> {
  const state = await stateOf(pool, signal);
  return state !== undefined && reasonsOf(state).length > 0;
}

async function stateOf(pool: Pool, signal: AbortSignal): Promise<State | undefined> {
  const [state] = await pool.read<State>(
    sql`select rules, law_day::text, version, refreshed_at,
        (select count(*) from twin.parcel_due) as due,
        case when law_day = ${today()}::date then 0 else
          (select count(*) from twin.parcel_finding where not steady @> ${today()}::date) end as unsteady,
        (select coalesce(array_agg(distinct layer order by layer), '{}') from twin.tile_cell as cell
          where dataset = ${CITY}::text and layer = any(${CHECKED_LAYERS}::text[])
            and cell.version > state.version) as changed
      from twin.parcel_check_state as state`,
    signal,
  );
  return state;
}

const headOf = (state: State | undefined): Pick<KeptSummary, 'refreshedAt' | 'isStale'> => ({
  refreshedAt: state?.refreshed_at ?? null,
  isStale: reasonsOf(state).length > 0,
});

function reasonsOf(state: State | undefined): Text[] {
  if (!state) {
    return [
      {
        pl: 'Ustaleń jeszcze nie zebrano: uruchom „blizniak check --refresh”.',
        en: 'Nothing has been kept yet: run "blizniak check --refresh".',
      },
    ];
  }
  const { rules, law_day, due, unsteady, changed } = state;
  const reasons: Text[] = [];
  if (rules !== RULES_VERSION) {
    reasons.push({
      pl: `Zmieniły się reguły lub prawo (zebrano według ${rules}, dziś ${RULES_VERSION}).`,
      en: `Rules or law have changed (kept by ${rules}, now ${RULES_VERSION}).`,
    });
  }
  if (changed.length > 0) {
    const layers = changed.join(', ');
    reasons.push({
      pl: `Dane zmieniły się od ostatniego sprawdzenia w warstwach: ${layers}.`,
      en: `Data have changed since the last refresh in the layers ${layers}.`,
    });
  }
  if (due > 0) {
    reasons.push({
      pl: `Do sprawdzenia zostało działek: ${due}.`,
      en: `Parcels still to be checked: ${due}.`,
    });
  }
  // What has passed its freshness limit since is seen by a refresh too.
  if (law_day !== today()) {
    reasons.push({
      pl: `Zebrano według prawa z ${law_day}; dzisiejsze zmienia coś dla działek: ${unsteady}.`,
      en: `Kept by the law of ${law_day}; that of today makes a difference to parcels: ${unsteady}.`,
    });
  }
  return reasons;
}
