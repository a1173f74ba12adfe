/** What a file of planning acts leaves to be said when its zones are seen together. */
import type { Feature } from '../../core/feature/feature.ts';
import type { ReadEvent } from '../../core/formats/reader.ts';
import { planTopology, type TopologyFault } from '../store/plan-topology.ts';
import type { Pool } from '../store/pool.ts';
import type { LoadNote } from './load-report.ts';

/** Keeps the zones and acts of a general plan as they pass; nothing of other files. */
export class PlanSheetOfFile {
  readonly #zones: Feature[] = [];
  readonly #acts: Feature[] = [];
  #srid: number | undefined;

  async *watch(events: AsyncIterable<ReadEvent>): AsyncGenerator<ReadEvent> {
    for await (const event of events) {
      if (event.kind === 'object' && !event.ended) this.#keep(event.feature, event.srid);
      yield event;
    }
  }

  #keep(feature: Feature, srid: number): void {
    const list = { plan_zones: this.#zones, plan_acts: this.#acts }[feature.layer];
    if (!list || (this.#srid ?? srid) !== srid) return;
    this.#srid = srid;
    list.push(feature);
  }

  /** @param dataset where an act is looked up that the file does not hold */
  async notes(pool: Pool, dataset: string): Promise<readonly LoadNote[]> {
    if (this.#srid === undefined || this.#zones.length === 0) return [];
    const sheet = { zones: this.#zones, acts: this.#acts, srid: this.#srid, dataset };
    const { faults, unknownActs } = await planTopology(pool, sheet);
    return [
      ...faults.map(noteOf),
      ...unknownActs.map((id) => ({
        code: 'plan-act-unknown',
        message: `The extent of ${id} is not known; whether its zones fill it was not checked. Load the act first`,
        objectId: id,
      })),
    ];
  }
}

const SAID: Readonly<Record<TopologyFault['rule'], (ids: string, m2: string) => string>> = {
  'plan-invalid-geometry': (ids) => `${ids} crosses or touches itself`,
  'plan-outside-act': (ids, m2) => `${m2} m² of ${ids} lie outside the extent of the act`,
  'plan-gap': (ids, m2) => `${m2} m² belong to no zone, beside ${ids}`,
  'plan-overlap': (ids, m2) => `${ids} overlap by ${m2} m²`,
};

function noteOf({ rule, objectIds, areaM2, at }: TopologyFault): LoadNote {
  const message = SAID[rule]((objectIds ?? []).join(', ') || 'the edge', areaM2.toFixed(1));
  const [objectId] = objectIds ?? [];
  return { code: rule, message, at, ...(objectId !== undefined && { objectId }) };
}
