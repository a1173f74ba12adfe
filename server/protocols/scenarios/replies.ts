/** How a scenario is told: its document with addresses, its revision as ETag. */
import type { Right } from '../../../core/access/rights.ts';
import { notFound } from '../../../core/errors.ts';
import type { Scenario, ScenarioReply } from '../../../core/wire/scenario.ts';
import { requireRight } from '../../access/require-right.ts';
import { revisionOf } from '../../http/changing.ts';
import { jsonReply } from '../../http/json.ts';
import { readKvp } from '../../http/kvp.ts';
import type { Ask, Reply, Route } from '../../http/protocol.ts';

export const PREFIX = '/api/scenarios';
export const UNKEPT = { 'cache-control': 'no-store' };

/** The scenario that the path names. */
export function idOf({ route }: Ask): string {
  const { scenario } = route;
  if (scenario === undefined) throw notFound('There is no scenario without an id', 'scenario');
  return scenario;
}

/** With the revision as its ETag. */
export function reply({ revision }: Scenario, document: object, status = 200): Reply {
  return { ...jsonReply(document, { etag: `"${revision}"` }), status };
}

/** The service itself, whatever state of the city the request stood in. */
export const serviceUrl = ({ publicUrl, view }: Ask): string =>
  view.scenario
    ? publicUrl.slice(0, -`/s/${view.scenario.id}`.length)
    : publicUrl.replace(/\/at\/[^/]+$/, '');

/** With the addresses that show the city in it. */
export function described(ask: Ask, scenario: Scenario): ScenarioReply {
  const root = `${serviceUrl(ask)}/s/${scenario.id}`;
  return {
    ...scenario,
    urls: {
      viewer: `${root}/`,
      wfs: `${root}/wfs`,
      wms: `${root}/wms`,
      ogc: `${root}/ogc`,
      tileset3d: `${root}/tiles/3d/buildings/tileset.json`,
      terrain: `${root}/tiles/terrain/layer.json`,
      vectorTiles: `${root}/tiles/vector/{layer}/{z}/{x}/{y}.mvt`,
    },
  };
}

/** A route that changes a scenario: for who has the right, from a revision that the caller has seen. */
export const changing = (
  method: Route['method'],
  path: string,
  change: (ask: Ask, id: string, revision: number) => Promise<Scenario>,
  right: Right = 'plan',
): Route => ({
  method,
  path,
  handle: async (ask) => {
    requireRight(ask.view.who, right);
    const scenario = await change(ask, idOf(ask), revisionOf(ask));
    return reply(scenario, { scenario: described(ask, scenario) });
  },
});

/** Whether the caller only wants to know what would happen. */
export const isDryRun = ({ query }: Ask): boolean =>
  /^(?:true|1)?$/i.test(readKvp(query).get('dryRun') ?? 'false');
