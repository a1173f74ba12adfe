import { bboxOf } from '../../core/geo/bbox.ts';
import type { WireLayer } from '../../core/wire/city.ts';
import type { DifferenceFeature } from '../../core/wire/differences.ts';
import { formatNumber, unitSymbol } from '../format/number.ts';
import { said, t, tn } from '../text/text.ts';
import { comparedPlan } from './compare-camera.ts';
import type { Loaded } from './compare-state.ts';

const MOST_LISTED = 200;
const OBJECT_SCALE = 750;

/** Every object that differs, scenario by scenario, as text. */
export function DifferenceList({ value }: { value: Loaded }) {
  return (
    <>
      <ChangeLegend />
      {value.scenarios.map(({ id, title }) => (
        <section key={id}>
          <h2>{title}</h2>
          <Objects scenario={id} value={value} />
        </section>
      ))}
    </>
  );
}

export function ChangeLegend() {
  return (
    <ul class="change-legend">
      <li>
        <i class="change-swatch added" aria-hidden="true" /> {t('compareAdded')}
      </li>
      <li>
        <i class="change-swatch removed" aria-hidden="true" /> {t('compareRemoved')}
      </li>
      <li>
        <i class="change-swatch changed" aria-hidden="true" /> {t('compareChanged')}
      </li>
    </ul>
  );
}

const WORDS = { added: 'compareAdded', removed: 'compareRemoved', changed: 'compareChanged' } as const;

function Objects({ scenario, value }: { scenario: string; value: Loaded }) {
  const all = value.differences.get(scenario) ?? [];
  if (all.length === 0) return <p class="quiet">{t('compareNoDifferences')}</p>;
  const marks = new Map(
    value.cities.flatMap((city) => city.marks.map((mark) => [`${mark.layer} ${mark.id}`, mark])),
  );
  return (
    <>
      <p class="quiet">{tn('compareObjects', all.length, { n: all.length })}</p>
      <ul class="difference-list">
        {all.slice(0, MOST_LISTED).map((feature) => {
          const { layer: name, change } = feature.properties;
          const layer = value.reply.layers.find((each) => each.name === name);
          const mark = marks.get(`${name} ${feature.id}`);
          return (
            <li key={`${name} ${feature.id}`}>
              <i class={`change-swatch ${change}`} aria-hidden="true" />
              <button type="button" class="text-button" onClick={() => mark && look(mark.geometry)}>
                <span class="visually-hidden">{t(WORDS[change])}: </span>
                {layer ? said(layer.title) : name} {feature.id}
              </button>
              {change === 'changed' && layer && <Attributes feature={feature} layer={layer} />}
            </li>
          );
        })}
      </ul>
      {all.length > MOST_LISTED && (
        <p class="quiet">{t('compareMoreObjects', { n: all.length - MOST_LISTED })}</p>
      )}
    </>
  );
}

function look(geometry: Parameters<typeof bboxOf>[0]): void {
  const box = bboxOf(geometry, 2177);
  if (!box) return;
  comparedPlan.value = {
    eastingM: (box.minX + box.maxX) / 2,
    northingM: (box.minY + box.maxY) / 2,
    scaleDenominator: Math.min(OBJECT_SCALE, comparedPlan.peek()?.scaleDenominator ?? OBJECT_SCALE),
  };
}

function Attributes({ feature, layer }: { feature: DifferenceFeature; layer: WireLayer }) {
  const { differs, before, after } = feature.properties;
  const words = (name: string, value: string | number | boolean | null | undefined): string => {
    const property = layer.properties.find((each) => each.name === name);
    const code = property?.codelist?.find((each) => each.code === value);
    if (code) return said(code.label);
    if (typeof value === 'number') {
      return `${formatNumber(value)}${property?.unit ? ` ${unitSymbol(property.unit)}` : ''}`;
    }
    return value === null || value === undefined ? '–' : String(value);
  };
  return (
    <ul class="difference-attributes quiet">
      {differs.map((name) => {
        const label = layer.properties.find((each) => each.name === name)?.label;
        return (
          <li key={name}>
            {name === 'geometry'
              ? t('compareShape')
              : `${label ? said(label) : name}: ${words(name, before[name])} → ${words(name, after[name])}`}
          </li>
        );
      })}
    </ul>
  );
}
