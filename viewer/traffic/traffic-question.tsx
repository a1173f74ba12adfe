import { useSignal } from '@preact/signals';
import { purposeWords } from '../../core/analysis/traffic/purpose-words.ts';
import { DEMAND_PURPOSES } from '../../core/wire/edits/demand.ts';
import { formatNumber } from '../format/number.ts';
import { language, t, type Word } from '../text/text.ts';
import {
  CHOSEN_GAPS,
  LEAST_MINUTES,
  LEAST_PRIOR,
  MOST_MINUTES,
  MOST_PRIOR,
  type TrafficAsk,
} from './traffic-query.ts';
import { changeTraffic, runTraffic, trafficAnswer, trafficAsk } from './traffic-state.ts';
import { gapText, hourText } from './traffic-words.ts';

/** When, and how it is computed; what is seldom changed is folded away. */
export function TrafficQuestion() {
  const asked = trafficAsk.value;
  return (
    <form
      class="traffic-question"
      aria-label={t('trafficQuestion')}
      onSubmit={(event) => event.preventDefault()}
    >
      <HourField hour={asked.hour} />
      <Roadworks at={asked.obstructionsAt} />
      <label class="check-field">
        <input
          type="checkbox"
          checked={asked.isMapped}
          onChange={({ currentTarget: { checked } }) => changeTraffic({ isMapped: checked })}
        />
        <span>{t('trafficWithNoiseMap')}</span>
      </label>
      <details>
        <summary>{t('trafficMore')}</summary>
        <div class="traffic-fields">
          <Choice
            name="gap"
            word="trafficGap"
            options={CHOSEN_GAPS.map((gap) => [String(gap), gapText(gap)])}
          />
          <Choice
            name="principle"
            word="trafficPrinciple"
            options={[
              ['user', t('trafficUser')],
              ['system', t('trafficSystem')],
            ]}
          />
          <Choice
            name="delay"
            word="trafficDelayCurve"
            options={[
              ['bpr', 'BPR'],
              ['conical', t('trafficConical')],
            ]}
          />
          <div class="traffic-pair">
            <Amount name="demand" word="trafficDemand" usual={1} most={10} step={0.05} />
            <Amount name="elasticity" word="trafficElasticity" usual={0} most={3} step={0.1} />
          </div>
          <Choice
            name="fit"
            word="trafficFit"
            options={[
              ['none', t('trafficFitNone')],
              ['counts', t('trafficFitCounts')],
              ['matrix', t('trafficFitMatrix')],
            ]}
          />
          {asked.fit === 'matrix' && (
            <>
              <Amount
                name="prior"
                word="trafficPrior"
                usual={1}
                least={LEAST_PRIOR}
                most={MOST_PRIOR}
                step={0.01}
              />
              <p class="quiet">{t('trafficPriorHint')}</p>
            </>
          )}
          <p class="quiet">{t('trafficMoreHint')}</p>
          <TripMinutes minutes={asked.minutes} />
        </div>
      </details>
    </form>
  );
}

/** The hour of a working day; with an answer on the screen that of the new hour follows. */
function HourField({ hour }: { hour: number }) {
  const moved = useSignal<number | undefined>(undefined);
  const shown = moved.value ?? hour;
  return (
    <label class="field traffic-hour">
      <span>
        {t('trafficHour')} <output>{hourText(shown)}</output>
      </span>
      <input
        type="range"
        min={0}
        max={23}
        step={1}
        value={shown}
        aria-valuetext={hourText(shown)}
        onInput={({ currentTarget: { valueAsNumber } }) => {
          moved.value = valueAsNumber;
        }}
        onChange={({ currentTarget: { valueAsNumber } }) => {
          moved.value = undefined;
          if (valueAsNumber === hour) return;
          changeTraffic({ hour: valueAsNumber });
          if (trafficAnswer.peek()) void runTraffic();
        }}
      />
    </label>
  );
}

const minuteNow = (): string => `${new Date().toISOString().slice(0, 16)}Z`;

/** Whether the register of obstructions closes and narrows streets, and when. */
function Roadworks({ at }: { at: string | undefined }) {
  const local = at === undefined ? '' : localOf(new Date(at));
  return (
    <div class="traffic-works">
      <label class="check-field">
        <input
          type="checkbox"
          checked={at !== undefined}
          onChange={({ currentTarget: { checked } }) =>
            changeTraffic({ obstructionsAt: checked ? minuteNow() : undefined })
          }
        />
        <span>{t('trafficWorks')}</span>
      </label>
      {at !== undefined && (
        <label class="field">
          {t('trafficWorksAt')}
          <input
            type="datetime-local"
            value={local}
            onChange={({ currentTarget: { value } }) => {
              const date = new Date(value);
              if (Number.isNaN(date.getTime())) return;
              changeTraffic({ obstructionsAt: `${date.toISOString().slice(0, 16)}Z` });
            }}
          />
        </label>
      )}
    </div>
  );
}

/** As the field of the browser takes it, on the clock of who looks. */
function localOf(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

function Choice<Name extends 'gap' | 'principle' | 'delay' | 'fit'>({
  name,
  word,
  options,
}: {
  name: Name;
  word: Word;
  options: readonly (readonly [value: string, text: string])[];
}) {
  const now = trafficAsk.value[name];
  const known = options.some(([value]) => value === String(now));
  return (
    <label class="field">
      {t(word)}
      <select
        value={String(now)}
        onChange={({ currentTarget: { value } }) => {
          const next = (name === 'gap' ? Number(value) : value) as TrafficAsk[Name];
          changeTraffic({ [name]: next });
        }}
      >
        {!known && <option value={String(now)}>{gapText(Number(now))}</option>}
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

function Amount(props: {
  readonly name: 'demand' | 'elasticity' | 'prior';
  readonly word: Word;
  readonly usual: number;
  readonly least?: number;
  readonly most: number;
  readonly step: number;
}) {
  const { name, word, usual, least = 0, most, step } = props;
  return (
    <label class="field">
      {t(word)}
      <input
        type="number"
        inputMode="decimal"
        {...{ min: least, max: most, step }}
        placeholder={formatNumber(usual)}
        value={trafficAsk.value[name]}
        onChange={({ currentTarget: { value, valueAsNumber } }) => {
          if (value === '' || !Number.isFinite(valueAsNumber)) return;
          changeTraffic({ [name]: Math.min(most, Math.max(least, valueAsNumber)) });
        }}
      />
    </label>
  );
}

/** How long generated trips take on average, where a survey says so; what is left empty keeps what is assumed. */
function TripMinutes({ minutes }: { minutes: TrafficAsk['minutes'] }) {
  return (
    <fieldset class="traffic-minutes">
      <legend>{t('trafficTripMinutes')}</legend>
      <div class="traffic-pair">
        {DEMAND_PURPOSES.map((purpose) => (
          <label key={purpose} class="field">
            {purposeWords(purpose, language.value)}
            <input
              type="number"
              inputMode="decimal"
              {...{ min: LEAST_MINUTES, max: MOST_MINUTES, step: 0.5 }}
              placeholder="–"
              value={minutes[purpose] ?? ''}
              onChange={({ currentTarget: { valueAsNumber } }) => {
                const { [purpose]: _, ...others } = minutes;
                const mean = Math.min(MOST_MINUTES, Math.max(LEAST_MINUTES, valueAsNumber));
                changeTraffic({
                  minutes: Number.isFinite(mean) ? { ...others, [purpose]: mean } : others,
                });
              }}
            />
          </label>
        ))}
      </div>
      <p class="quiet">{t('trafficTripMinutesHint')}</p>
    </fieldset>
  );
}
