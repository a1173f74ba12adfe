import type { LinkState, SelectedLink, TrafficLink } from '../../core/wire/traffic-link.ts';
import { formatNumber, formatQuantity } from '../format/number.ts';
import { t, type Word } from '../text/text.ts';
import { ComparedHead, HiddenMeasure } from './compared-head.tsx';
import { compassWord } from './compass.ts';
import { chosenRoad } from './painted-traffic.ts';
import { explain, leaveWhy, linksById, trafficAnswer, trafficAsk, whyLink } from './traffic-state.ts';
import { signedText, vehPerH } from './traffic-words.ts';
import { zoneNames } from './zone-names.ts';

const MOST_PAIRS = 8;
const STATES: Readonly<Record<TrafficLink['state'], Word | undefined>> = {
  open: undefined,
  closed: 'trafficStateClosed',
  added: 'trafficStateAdded',
  changed: 'trafficStateChanged',
};

/** The street that is selected: both of its directions, and whose trips they carry. */
export function LinkCard() {
  const road = chosenRoad.value;
  const links =
    road === undefined ? [] : [`${road}+`, `${road}-`].flatMap((id) => linksById.value.get(id) ?? []);
  const [first] = links;
  if (!first) {
    return road === undefined ? (
      <p class="quiet">{t('trafficPickHint')}</p>
    ) : (
      <p class="what-if-note">{t('trafficNoCars')}</p>
    );
  }
  return (
    <section class="traffic-link" aria-labelledby="traffic-link-title">
      <h2 id="traffic-link-title" class="panel-subtitle">
        {first.name ?? first.road}
      </h2>
      <p class="quiet">
        <bdi dir="ltr">{first.road}</bdi> · {formatQuantity(first.freeSpeedKmH, 'km/h', 0)}
      </p>
      {links.map((link) => (
        <Direction key={link.id} link={link} />
      ))}
    </section>
  );
}

const ROWS: readonly (readonly [Word, (state: LinkState) => number | null, number, string])[] = [
  ['trafficFlow', ({ flowVehPerH }) => flowVehPerH, 0, 'trafficUnitVeh'],
  ['trafficTrucks', ({ truckVehPerH }) => truckVehPerH, 0, 'trafficUnitVeh'],
  ['trafficLoad', ({ vOverC }) => 100 * vOverC, 0, '%'],
  ['trafficSpeed', ({ speedKmH }) => speedKmH, 0, 'km/h'],
  ['trafficDelay', ({ delayS }) => delayS, 1, 's'],
  ['trafficSound', ({ soundPowerDbAPerM }) => soundPowerDbAPerM, 1, 'dB'],
];

function Direction({ link }: { link: TrafficLink }) {
  const { before, after, difference, state } = link;
  const word = STATES[state];
  const isScenario = trafficAnswer.value?.result.after !== null;
  const isWhy = trafficAsk.value.why === link.id;
  const cell = (value: number | null | undefined, decimals: number) =>
    value === null || value === undefined ? '–' : formatNumber(value, decimals);
  return (
    <div class="traffic-direction">
      <h3>
        {t('trafficTowards', { where: compassOf(link.path) })}
        {word && <span class="chip scenario">{t(word)}</span>}
      </h3>
      <table class="siting-table">
        <ComparedHead isCompared={isScenario} withDifference={false}>
          <HiddenMeasure />
        </ComparedHead>
        <tbody>
          {ROWS.map(([title, of, decimals, unit]) => (
            <tr key={title}>
              <th scope="row">
                {t(title)} <span class="quiet">{unit === 'trafficUnitVeh' ? t('trafficUnitVeh') : unit}</span>
              </th>
              <td>{cell(before && of(before), decimals)}</td>
              {isScenario && <td>{cell(after && of(after), decimals)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {difference && (
        <p class={difference.isBeyondNoise ? '' : 'quiet'}>
          {difference.isBeyondNoise
            ? t('trafficChange', {
                flow: signedText(difference.flowVehPerH),
                delay: signedText(difference.delayS, 1),
              })
            : t('trafficNoChange')}
        </p>
      )}
      {!isWhy && (
        <button type="button" class="button" onClick={() => void explain(link.id)}>
          {t(state === 'closed' ? 'trafficDetours' : 'trafficWhy')}
        </button>
      )}
      {isWhy && <Why />}
    </div>
  );
}

/** From where to where the vehicles of the link go. */
function Why() {
  const told = whyLink.value;
  return (
    <div class="traffic-why">
      {told.kind === 'loading' && (
        <p class="quiet" role="status">
          {t('trafficWhyBusy')}
        </p>
      )}
      {told.kind === 'failed' && (
        <p class="what-if-refusal" role="alert">
          {told.reason}
        </p>
      )}
      {told.kind === 'ready' && <Pairs selected={told.value} />}
      <button type="button" class="text-button" onClick={leaveWhy}>
        {t('trafficWhyLeave')}
      </button>
    </div>
  );
}

function Pairs({ selected: { pairs, vehPerH: all } }: { selected: SelectedLink }) {
  const nameOf = (id: string) => zoneNames.value.get(id) ?? id;
  // Zones are cells; people know their districts and the roads out of the city.
  const byName = new Map<string, number>();
  for (const { from, to, vehPerH: flow } of pairs) {
    const name = `${nameOf(from)} → ${nameOf(to)}`;
    byName.set(name, (byName.get(name) ?? 0) + flow);
  }
  const rows = [...byName].sort(([, a], [, b]) => b - a).slice(0, MOST_PAIRS);
  return (
    <>
      <p>{t('trafficWhyTells', { n: vehPerH(all) })}</p>
      <ol class="siting-bars">
        {rows.map(([name, flow]) => (
          <li key={name}>
            <span>{name}</span>
            <span>
              {formatNumber(flow, 0)} · {formatNumber((100 * flow) / Math.max(1e-9, all), 0)} %
            </span>
            <span class="siting-bar" style={{ '--share': String(flow / Math.max(1e-9, all)) }} />
          </li>
        ))}
      </ol>
      <p class="quiet">{t('trafficWhyMap')}</p>
    </>
  );
}

/** The way from its first to its last place, by eighths. */
function compassOf(path: TrafficLink['path']): string {
  const [[fromE, fromN], [toE, toN]] = [path[0] ?? [0, 0], path.at(-1) ?? [0, 0]];
  return t(compassWord(toE - fromE, toN - fromN));
}
