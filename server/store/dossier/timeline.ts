/** When what was begun, decided and ends about a parcel, from the registers that keep such days. */
import type { Layer, Text } from '../../../core/feature/layer.ts';
import { propertyOf } from '../../../core/feature/layer.ts';
import type { DossierEvent, DossierLayer, DossierObject } from '../../../core/wire/parcel-dossier.ts';

/** Steps of an object of each register by the property that holds the day, and what it is called by. */
const KEPT: Readonly<
  Record<
    string,
    { readonly named: readonly string[]; readonly days: Readonly<Record<string, DossierEvent['step']>> }
  >
> = {
  cases: {
    named: ['kind', 'subject', 'number', 'status'],
    days: { applied_on: 'begun', decided_on: 'decided', final_on: 'final', valid_until: 'ends' },
  },
  plan_acts: {
    named: ['title', 'number', 'status'],
    days: { begun_on: 'begun', adopted_on: 'decided', in_force_since: 'final', in_force_until: 'ends' },
  },
};

export function timelineOf(
  described: readonly { readonly layer: Layer; readonly entry: DossierLayer }[],
): DossierEvent[] {
  const events = described.flatMap(({ layer, entry }) => {
    const kept = KEPT[layer.name];
    if (!kept) return [];
    return entry.objects.flatMap((object) =>
      Object.entries(kept.days).flatMap(([property, step]): readonly DossierEvent[] => {
        const on = object.properties[property];
        if (typeof on !== 'string') return [];
        return [{ on, layer: layer.name, id: object.id, step, title: titleOf(layer, object, kept.named) }];
      }),
    );
  });
  return events.toSorted((a, b) => (a.on === b.on ? compare(a.id, b.id) : -compare(a.on, b.on)));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function titleOf(layer: Layer, { id, properties }: DossierObject, names: readonly string[]): Text {
  const words = names.flatMap((name): readonly Text[] => {
    const value = properties[name];
    if (value === null || value === undefined || value === '') return [];
    const label = propertyOf(layer, name)?.codelist?.find(({ code }) => code === value)?.label;
    return [label ?? { pl: String(value), en: String(value) }];
  });
  const joined = (language: keyof Text) => words.map((word) => word[language]).join(', ') || id;
  return { pl: joined('pl'), en: joined('en') };
}
