import type { WireSensor } from '../../core/wire/live.ts';
import { sensors } from '../live/live-state.ts';
import { AgeAndStatus, kindWords, valueText } from '../live/value-words.tsx';
import { said, tn } from '../text/text.ts';
import { AirIndex, AirScale } from './air-index.tsx';
import { Tile } from './tile.tsx';

/** One tile for each kind of sensor; every value with its age and what may be wrong with it. */
export function CityNow() {
  const kinds = [...new Set(sensors.value.map(({ kind }) => kind))];
  return (
    <>
      {kinds.map((kind) => {
        const members = sensors.value.filter((one) => one.kind === kind);
        const note = tn('liveCount', members.length, { n: members.length });
        return (
          <Tile key={kind} title={kindWords(kind)} note={note}>
            <ul class="now-list">
              {members.map((sensor) => (
                <SensorNow key={sensor.id} sensor={sensor} />
              ))}
            </ul>
            {kind === 'air' && <AirScale />}
          </Tile>
        );
      })}
    </>
  );
}

function SensorNow({ sensor }: { sensor: WireSensor }) {
  return (
    <li>
      <a href={`./#pick=sensors/${sensor.id}`}>{said(sensor.title)}</a>
      {sensor.kind === 'air' && <AirIndex thing={sensor.id} />}
      <dl>
        {sensor.datastreams.map((datastream) => (
          <div key={datastream.id} class={`now-value ${datastream.status}`}>
            <dt>{said(datastream.title)}</dt>
            <dd>
              {datastream.latest && <strong>{valueText(datastream, datastream.latest.result)}</strong>}{' '}
              <AgeAndStatus datastream={datastream} />
            </dd>
          </div>
        ))}
      </dl>
    </li>
  );
}
