import { notFound } from '../../../core/errors.ts';
import type { Feature, PropertyValue } from '../../../core/feature/feature.ts';
import { featureText, geometryText } from '../../../core/formats/geojson.ts';
import type { Difference } from '../../../core/scenario/difference.ts';
import type { DifferencesReply } from '../../../core/wire/differences.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

/** Told at once. */
const MOST_TOLD = 5_000;
const WGS84 = 4326;
const STYLE = { order: 'easting-northing', unit: 'degree' } as const;

/** GET `/api/scenarios/{scenario}/differences`. */
export async function getDifferences(
  { scenarios, differences }: Pick<Services, 'scenarios' | 'differences'>,
  { route, view, signal }: Ask,
): Promise<Reply> {
  const id = route['scenario'] ?? '';
  const state = await scenarios.state(id, view.who);
  if (!state) throw notFound(`There is no scenario "${id.slice(0, 100)}" that you may read`, 'scenario');
  const found = await differences.of(state, view.who, { srid: WGS84, limit: MOST_TOLD }, signal);
  const head: Pick<DifferencesReply, 'scenario' | 'counts' | 'more'> = {
    scenario: {
      id: state.id,
      title: state.title,
      revision: state.revision,
      base: state.base.toISOString(),
    },
    counts: countsOf(found.differences),
    more: found.more,
  };
  const features = found.differences.map(differenceText);
  return {
    status: 200,
    headers: { 'content-type': 'application/geo+json', 'cache-control': 'no-store' },
    body: `{"type":"FeatureCollection",${JSON.stringify(head).slice(1, -1)},"features":[\n${features.join(',\n')}\n]}\n`,
  };
}

function differenceText({ layer, id, change, differs, before, after }: Difference): string {
  const names = differs.filter((name) => name !== 'geometry');
  const of = (feature: Feature | undefined): Record<string, PropertyValue> =>
    Object.fromEntries(names.map((name) => [name, feature?.properties[name] ?? null]));
  const properties = { layer, change, differs, before: of(before), after: of(after) };
  const shown = { layer, id, geometry: (after ?? before)?.geometry, properties: {} };
  const text = featureText(shown, STYLE).replace(/"properties":\{\}\}$/, '');
  const was =
    differs.includes('geometry') && before?.geometry
      ? `,"geometryBefore":${geometryText(before.geometry, STYLE)}`
      : '';
  return `${text}"properties":${JSON.stringify(properties)}${was}}`;
}

function countsOf(differences: readonly Difference[]): DifferencesReply['counts'] {
  const counts: DifferencesReply['counts'] = {};
  for (const { layer, change } of differences) {
    const known = counts[layer] ?? { added: 0, removed: 0, changed: 0 };
    counts[layer] = { ...known, [change]: known[change] + 1 };
  }
  return counts;
}
