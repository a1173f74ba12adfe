import type { DigAnswer, DigLineAnswer, DigRule, DigVerdict } from '../../core/wire/dig-check.ts';
import { DIG_VERDICTS } from '../../core/wire/dig-check.ts';
import { formatQuantity } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { layerNamed, select, selection } from '../state/twin-state.ts';
import { said, t, type Word } from '../text/text.ts';
import { codeWords } from '../whatif/edits/code-words.ts';
import { digTableAddress } from './dig-answer.ts';

const VERDICTS: Readonly<Record<DigVerdict, readonly [sign: string, word: Word]>> = {
  'in-excavation': ['✕', 'digIn'],
  'may-be-in-excavation': ['?', 'digMayBe'],
  'under-bottom': ['↓', 'digUnder'],
  'too-near': ['!', 'digTooNear'],
  overhead: ['⌃', 'digOverhead'],
  near: ['○', 'digNear'],
};
const STATES: Readonly<Record<DigRule['state'], Word>> = {
  broken: 'digRuleBroken',
  'within-accuracy': 'digRuleTouches',
  'to-agree': 'digRuleAgree',
  'not-assessed': 'digRuleUnknown',
};
const SOURCES: Readonly<Record<DigLineAnswer['heightSource'], Word>> = {
  heights: 'digByHeights',
  depth: 'digByDepth',
  assumed: 'digAssumed',
  unknown: 'digUnknownHeight',
};

/** What an excavation meets: numbers with their bounds, rules, and what nobody can tell. */
export function DigResult({ answer }: { answer: DigAnswer }) {
  const { asked, ground, bottom, counts, lines, devices, notAssessed, sources } = answer;
  const address = digTableAddress();
  return (
    <>
      <dl class="facts">
        <div>
          <dt>{t('digArea')}</dt>
          <dd>{formatQuantity(asked.areaM2, 'm2', 1)}</dd>
        </div>
        <div>
          <dt>{t('digBottom')}</dt>
          <dd>{bottom ? rangeOf(bottom) : t('digUnknown')}</dd>
        </div>
        <div>
          <dt>{t('digGroundHeight')}</dt>
          <dd>{ground ? rangeOf(ground) : t('digUnknown')}</dd>
        </div>
      </dl>
      <ul class="dig-counts" aria-label={t('digCounts')}>
        {DIG_VERDICTS.filter((verdict) => counts[verdict] > 0).map((verdict) => (
          <li key={verdict} data-verdict={verdict}>
            <strong>{counts[verdict]}</strong> {t(VERDICTS[verdict][1])}
          </li>
        ))}
      </ul>
      {lines.length === 0 && <p>{t('digNothing')}</p>}
      <ul class="dig-lines">
        {lines.map((line) => (
          <li key={line.id} data-verdict={line.verdict}>
            <Line line={line} />
          </li>
        ))}
      </ul>
      {devices.length > 0 && (
        <>
          <h3>{t('digDevices')}</h3>
          <ul class="dig-devices">
            {devices.map(({ id, kind, network, operator, distanceM }) => (
              <li key={id}>
                <button type="button" class="link" onClick={() => select({ layer: 'utility_devices', id })}>
                  {codeWords('utility_devices', 'kind', kind ?? '')}
                </button>{' '}
                <span class="quiet">
                  {codeWords('utility_devices', 'network', network ?? '')} ·{' '}
                  {formatQuantity(distanceM, 'm', 2)}
                  {operator ? ` · ${operator}` : ''}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>{t('digNotAssessed')}</h3>
      <ul class="dig-doubts">
        {notAssessed.map((each) => (
          <li key={each.en}>{said(each)}</li>
        ))}
      </ul>
      <p class="quiet">
        {sources.map(({ title, steward }) => `${said(title)}: ${said(steward)}`).join('; ')}.{' '}
        {t('digLaw', { date: asked.lawDate })}
      </p>
      {address && (
        <a class="button" href={address} download="dig-check.csv">
          <Icon name="download" />
          {t('digTable')}
        </a>
      )}
    </>
  );
}

const rangeOf = ({ lowestM, highestM }: { lowestM: number; highestM: number }): string =>
  lowestM === highestM
    ? formatQuantity(lowestM, 'm', 2)
    : `${formatQuantity(lowestM, 'm', 2)} – ${formatQuantity(highestM, 'm', 2)}`;

function Line({ line }: { line: DigLineAnswer }) {
  const { id, network, lineType, diameterMm, material, operator, verdict, rules } = line;
  const [sign, word] = VERDICTS[verdict];
  const isChosen = selection.value?.id === id;
  const what = [
    lineType === null ? undefined : codeWords('utility_lines', 'line_type', lineType),
    diameterMm === null ? undefined : `Ø ${formatQuantity(diameterMm, 'mm', 0)}`,
    material ?? undefined,
  ].filter((part) => part !== undefined);
  return (
    <details open={isChosen}>
      <summary>
        <span class="dig-sign" aria-hidden="true">
          {sign}
        </span>
        <span class="dig-swatch" style={{ background: colourOf(network) }} aria-hidden="true" />
        <span>
          {codeWords('utility_lines', 'network', network ?? 'unidentified')}
          <span class="quiet"> {what.join(', ')}</span>
          <br />
          <span class="dig-verdict">{t(word)}</span>
          <span class="quiet"> {measureOf(line)}</span>
        </span>
      </summary>
      <dl class="facts">
        <Fact word="digDistance" value={plusMinus(line.distanceM, line.distanceErrorM)} />
        <Fact word="digLength" value={formatQuantity(line.lengthM, 'm', 2)} />
        <Fact word="digTop" value={line.top ? rangeOf(line.top) : t('digUnknown')} />
        <Fact
          word="digCover"
          value={line.coverM === null ? t('digUnknown') : formatQuantity(line.coverM, 'm', 2)}
        />
        <Fact word="digHeightFrom" value={t(SOURCES[line.heightSource])} />
        {operator && <Fact word="digOperator" value={operator} />}
      </dl>
      {rules.map(({ law, askedM, measuredM, state, reason }) => (
        <p key={law.provision} class="dig-rule" data-state={state}>
          <strong>{t(STATES[state])}</strong>
          {askedM !== null &&
            ` ${t('digAsks', { asked: formatQuantity(askedM, 'm', 2), is: formatQuantity(measuredM, 'm', 2) })}`}{' '}
          {said(law.paraphrase)} {reason && said(reason)}{' '}
          <span class="quiet">
            {law.act}, {law.unit}, {law.journal}
            {law.certainty === 'to-verify' ? ` · ${t('capToVerify')}` : ''}
          </span>
        </p>
      ))}
      <button type="button" class="button" onClick={() => select({ layer: 'utility_lines', id })}>
        <Icon name="focus" />
        {t('digShow')}
      </button>
    </details>
  );
}

function Fact({ word, value }: { word: Word; value: string }) {
  return (
    <div>
      <dt>{t(word)}</dt>
      <dd>{value}</dd>
    </div>
  );
}

const plusMinus = (value: number, bound: number | null): string =>
  bound === null
    ? formatQuantity(value, 'm', 2)
    : `${formatQuantity(value, 'm', 2)} ± ${formatQuantity(bound, 'm', 2)}`;

/** The number that matters for the verdict. */
function measureOf({ verdict, gapM, gapErrorM, distanceM, distanceErrorM }: DigLineAnswer): string {
  const isBeside = verdict === 'too-near' || verdict === 'near' || verdict === 'overhead';
  if (isBeside) return plusMinus(distanceM, distanceErrorM);
  return gapM === null
    ? t('digUnknown')
    : t(gapM < 0 ? 'digAboveBottom' : 'digBelowBottom', { gap: plusMinus(Math.abs(gapM), gapErrorM) });
}

function colourOf(network: string | null): string {
  const style = layerNamed('utility_lines')?.style;
  const found = style?.classes?.entries.find(({ values }) => values.includes(network ?? ''));
  return found?.stroke ?? style?.stroke ?? 'currentColor';
}
