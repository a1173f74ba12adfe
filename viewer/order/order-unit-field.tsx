import { signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { getJson } from '../api/city-api.ts';
import { LOADING, type Load, lastOf, loadAlong } from '../state/load.ts';
import { cityPrefix } from '../state/shown-city.ts';
import { t } from '../text/text.ts';
import { placeName } from './order-state.ts';

interface Unit {
  readonly id: string;
  readonly properties: { readonly name?: string | null };
}

const LAYERS = { district: 'districts', precinct: 'precincts' } as const;
const MOST_UNITS = 1_000;

/** A district or precinct by its name. */
export function OrderUnitField({ kind }: { kind: keyof typeof LAYERS }) {
  const units = useMemo(() => signal<Load<readonly Unit[]>>(LOADING), []);
  useEffect(
    () =>
      loadAlong(units, () => {
        const prefix = cityPrefix.value;
        const path = `ogc/collections/${LAYERS[kind]}/items?limit=${MOST_UNITS}&properties=name&f=json`;
        return async (abort) => (await getJson<{ features: readonly Unit[] }>(path, abort, prefix)).features;
      }),
    [kind, units],
  );
  if (units.value.kind === 'failed') {
    return <p class="what-if-note warning">{t('orderUnitFailed', { reason: units.value.reason })}</p>;
  }
  const named = (lastOf(units.value) ?? []).map(({ id, properties }) => ({
    id,
    name: properties.name ?? id,
  }));
  return (
    <label class="field">
      {t('orderUnit')}
      <select
        value={placeName.value}
        onChange={(event) => {
          placeName.value = event.currentTarget.value;
        }}
      >
        <option value="">{t('orderUnitNone')}</option>
        {named
          .toSorted((a, b) => a.name.localeCompare(b.name, 'pl'))
          .map(({ id, name }) => (
            <option key={id} value={id}>
              {name === id ? id : `${name} (${id})`}
            </option>
          ))}
      </select>
    </label>
  );
}
