/**
 * Which state of the city an address asks for. It stands in front of any path (`/s/{scenario}/wfs`,
 * `/at/2026-06-30/ogc`) or among the parameters (`?scenario=`, `?at=`) in any case of letters; links in documents
 * carry the first form, so that they stay in that state whatever protocol writes them.
 */
import { invalidParameter, notFound } from '../../core/errors.ts';
import { parseRecordedMoment } from '../../core/scenario/recorded-moment.ts';
import type { Identity } from '../access/identity.ts';
import type { ScenarioState, View } from '../access/view.ts';

/** As written by the caller, not yet looked at. */
export interface StateAsked {
  readonly at: readonly string[];
  readonly scenario: readonly string[];
}

/** Knows the scenarios that a person may read; undefined where there is none of that id for them. */
export type FindScenario = (id: string, who: Identity) => Promise<ScenarioState | undefined>;

const PREFIX = /^\/(s|at)\/([^/?]+)(?=[/?]|$)/;

/** The address as the protocols know it, and the state that stood in front of it. The address must decode. */
export function splitPrefix(url: string): { readonly url: string; readonly asked: StateAsked } {
  const [whole, door, value = ''] = PREFIX.exec(url) ?? [];
  if (whole === undefined) return { url, asked: { at: [], scenario: [] } };
  const rest = url.slice(whole.length);
  const named = decodeURIComponent(value);
  return {
    url: rest.startsWith('/') ? rest : `/${rest}`,
    asked: door === 's' ? { at: [], scenario: [named] } : { at: [named], scenario: [] },
  };
}

/** Takes the state out of the parameters: protocols need not know of it. */
export function splitQuery(
  query: URLSearchParams,
  before: StateAsked,
): { readonly query: URLSearchParams; readonly asked: StateAsked } {
  const rest = new URLSearchParams();
  const at = [...before.at];
  const scenario = [...before.scenario];
  for (const [name, value] of query) {
    const known = name.toLowerCase() === 'at' ? at : name.toLowerCase() === 'scenario' ? scenario : undefined;
    if (!known) rest.append(name, value);
    else if (value !== '') known.push(value);
  }
  return { query: rest, asked: { at, scenario } };
}

/**
 * The view of a request, and what stands in front of the paths of its links.
 * @throws TwinError invalid-parameter for a moment that cannot be read or two different states, not-found for a
 *   scenario that is gone or that this person may not read
 */
export async function viewOf(
  who: Identity,
  asked: StateAsked,
  find: FindScenario,
): Promise<{ readonly view: View; readonly prefix: string }> {
  const at = onlyOne('at', asked.at);
  const id = onlyOne('scenario', asked.scenario);
  if (at !== undefined && id !== undefined) {
    throw invalidParameter(
      'at',
      'A scenario shows the city of the moment that it is based on; give either at or scenario',
    );
  }
  if (at !== undefined) {
    const moment = parseRecordedMoment(at, 'at', new Date());
    return { view: { who, at: moment }, prefix: `/at/${at.replace(' ', '+')}` };
  }
  if (id === undefined) return { view: { who }, prefix: '' };
  const scenario = await find(id, who);
  if (!scenario) {
    throw notFound(
      `There is no scenario "${id.slice(0, 100)}" that you may read; it may have been deleted. Ask its author for a new link`,
      'scenario',
    );
  }
  return { view: { who, scenario }, prefix: `/s/${scenario.id}` };
}

function onlyOne(name: string, values: readonly string[]): string | undefined {
  const [first, ...others] = values;
  if (others.some((other) => other !== first)) {
    throw invalidParameter(name, `${name} is given twice with different values`);
  }
  return first;
}
