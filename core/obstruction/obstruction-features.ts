/** An obstruction as the registers of the city have it while it is published. */
import type { Feature } from '../feature/feature.ts';
import type { NewObstruction, Obstruction, TimeWindow } from '../wire/obstruction.ts';

type Published = Pick<
  Obstruction,
  'id' | 'startsAt' | 'endsAt' | 'actualFrom' | 'streets' | 'stretches' | 'lengthM' | 'area'
> &
  Omit<NewObstruction, 'place'> & {
    readonly detourLines: readonly (readonly (readonly [number, number])[])[];
  };

/** The row of `obstructions`, and that of `obstruction_detours` where there is a way round with a line. */
export function obstructionFeatures(each: Published): readonly Feature[] {
  const { id, name, startsAt, endsAt, detour, contact, decision } = each;
  const obstruction: Feature = {
    layer: 'obstructions',
    id,
    geometry: { type: 'MultiPolygon', coordinates: each.area },
    properties: {
      name,
      kind: each.kind,
      impact: each.impact,
      starts_at: startsAt,
      ends_at: endsAt,
      hours: hoursText(each.windows),
      actual_start: each.actualFrom ?? null,
      streets: each.streets.join(', ') || null,
      road_ids: [...new Set(each.stretches.map(({ road }) => road))].join(',') || null,
      length_m: each.lengthM,
      lanes_left: each.lanesLeft ?? null,
      modes: each.modes.join(', '),
      network: each.network ?? null,
      detour: detour?.text ?? null,
      owner: each.owner,
      description: each.description ?? null,
      decision_number: decision?.number ?? null,
      decision_basis: decision?.basis ?? null,
      contact_name: contact?.name ?? null,
      contact_phone: contact?.phone ?? null,
      contact_email: contact?.email ?? null,
    },
  };
  if (!detour || each.detourLines.length === 0) return [obstruction];
  const way: Feature = {
    layer: 'obstruction_detours',
    id,
    geometry: { type: 'MultiLineString', coordinates: each.detourLines },
    properties: { obstruction_id: id, name, description: detour.text, starts_at: startsAt, ends_at: endsAt },
  };
  return [obstruction, way];
}

/** `22:00–06:00 (1-5)` where a window holds only on hours of the day; days as numbers from Monday. */
function hoursText(windows: readonly TimeWindow[]): string | null {
  const texts = windows.flatMap(({ daily }) =>
    daily ? [`${daily.from}–${daily.to}${daily.days ? ` (${daily.days.toSorted().join(',')})` : ''}`] : [],
  );
  return [...new Set(texts)].join('; ') || null;
}
