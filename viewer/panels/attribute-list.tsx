import { measurePlane } from '../../core/geo/plane-measures.ts';
import type { WireLayer } from '../../core/wire/city.ts';
import type { ItemFeature } from '../api/city-api.ts';
import { formatDate, formatNumber, formatQuantity } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { copyText } from '../state/copy-text.ts';
import { flyToSelected } from '../state/fly-to-selected.ts';
import { select } from '../state/twin-state.ts';
import { said, t } from '../text/text.ts';

type Property = WireLayer['properties'][number];
type Value = ItemFeature['properties'][string];

/** Drawn from, not read: one letter for each surface of a 3D model, the name of its look. */
const NOT_FOR_READING = new Set(['surface_kinds', 'appearance']);
/** Properties of the record rather than of the thing come last, on demand. */
const RECORD = /^(iip_|version_|object_since)/;

/** Every property of an object with its label, unit and codelist text; measures of its geometry after them. */
export function AttributeList({ layer, item, all }: { layer: WireLayer; item: ItemFeature; all: boolean }) {
  const shown = layer.properties.filter(
    ({ name }) => !NOT_FOR_READING.has(name) && (all || !RECORD.test(name)),
  );
  const measures =
    layer.dimension === 2 && item.geometry !== undefined ? measurePlane(item.geometry) : undefined;
  // Parcels are measured in hectares, buildings in square metres.
  const inHectares = layer.properties.some(({ unit }) => unit === 'ha');
  return (
    <dl class="attributes">
      {shown.map((property) => (
        <Attribute key={property.name} property={property} value={item.properties[property.name] ?? null} />
      ))}
      {measures && (
        <>
          <div>
            <dt title={t('measuredAreaHint')}>{t('measuredArea')}</dt>
            <dd>
              {formatQuantity(measures.areaM2, 'm2', 2)}
              {inHectares && (
                <span class="quiet"> ({formatQuantity(measures.areaM2 / 10_000, 'ha', 4)})</span>
              )}
            </dd>
          </div>
          <div>
            <dt>{t('perimeter')}</dt>
            <dd>{formatQuantity(measures.perimeterM, 'm', 2)}</dd>
          </div>
        </>
      )}
    </dl>
  );
}

export const hasRecord = (layer: WireLayer): boolean =>
  layer.properties.some(({ name }) => RECORD.test(name));

function Attribute({ property, value }: { property: Property; value: Value }) {
  return (
    <div>
      <dt>{said(property.label)}</dt>
      <dd>{value === null || value === '' ? <None /> : <Filled property={property} value={value} />}</dd>
    </div>
  );
}

const None = () => <span class="quiet">{t('noValue')}</span>;

function Filled({ property, value }: { property: Property; value: string | number | boolean }) {
  if (property.references) return <References layer={property.references} ids={String(value)} />;
  const coded = property.codelist?.find(({ code }) => code === String(value));
  if (coded) {
    return (
      <>
        {said(coded.label)} <span class="quiet">({coded.code})</span>
      </>
    );
  }
  if (typeof value === 'boolean') return <>{t(value ? 'yes' : 'no')}</>;
  if (typeof value === 'number') {
    const decimals = property.unit === 'ha' ? 4 : undefined;
    return (
      <>{property.unit ? formatQuantity(value, property.unit, decimals) : formatNumber(value, decimals)}</>
    );
  }
  if (property.type === 'date') return <>{formatDate(value) ?? value}</>;
  if (property.type === 'datetime') return <>{formatDate(value, true) ?? value}</>;
  return property.name.endsWith('_id') ? <CopyableId id={value} /> : value;
}

/** Ids of another layer: each opens its object. */
function References({ layer, ids }: { layer: string; ids: string }) {
  return (
    <ul class="references">
      {ids
        .split(/[,;\s]+/)
        .filter((id) => id !== '')
        .map((id) => (
          <li key={id}>
            <button
              type="button"
              class="text-button"
              onClick={() => {
                select({ layer, id });
                flyToSelected();
              }}
            >
              {id}
            </button>
          </li>
        ))}
    </ul>
  );
}

export function CopyableId({ id }: { id: string }) {
  return (
    <span class="copyable">
      <code>{id}</code>
      <button
        type="button"
        class="icon-button small"
        aria-label={t('copyWhat', { what: id })}
        title={t('copyWhat', { what: id })}
        onClick={() => void copyText(id)}
      >
        <Icon name="copy" />
      </button>
    </span>
  );
}
