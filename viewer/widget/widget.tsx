import { AirIndex, AirScale } from '../dashboard/air-index.tsx';
import { ObstructionsNow } from '../dashboard/obstructions-now.tsx';
import { ConnectionState } from '../live/connection-state.tsx';
import { connection, sensors } from '../live/live-state.ts';
import { AgeAndStatus, valueText } from '../live/value-words.tsx';
import { said, t } from '../text/text.ts';

/** One subject in a frame: the air, or what stands in the way of traffic. */
export function Widget({ show }: { show: string }) {
  return (
    <main class="widget">
      {show === 'air' && <Air />}
      {show === 'obstructions' && (
        <>
          <h1>{t('dashboardObstructions')}</h1>
          <ObstructionsNow />
        </>
      )}
      {show !== 'air' && show !== 'obstructions' && (
        <p class="warning" role="alert">
          {t('widgetUnknown', { show })}
        </p>
      )}
      <p class="widget-foot">
        <a href="./" target="_blank" rel="noopener">
          {t('widgetMore')}
        </a>
      </p>
    </main>
  );
}

function Air() {
  const stations = sensors.value.filter(({ kind }) => kind === 'air');
  return (
    <>
      <h1>{t('liveKindAir')}</h1>
      <ConnectionState />
      {stations.length === 0 && (
        <p class="quiet">{t(connection.value.kind === 'live' ? 'liveEmpty' : 'liveWaiting')}</p>
      )}
      {stations.map(({ id, title, provider, synthetic, datastreams }) => (
        <section key={id}>
          <h2>{said(title)}</h2>
          <p class="quiet">
            {provider}
            {synthetic && `, ${t('dashboardSynthetic')}`}
          </p>
          <AirIndex thing={id} />
          <dl>
            {datastreams.map((datastream) => (
              <div key={datastream.id}>
                <dt>{said(datastream.title)}</dt>
                <dd>
                  {datastream.latest && <strong>{valueText(datastream, datastream.latest.result)}</strong>}{' '}
                  <AgeAndStatus datastream={datastream} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <AirScale />
    </>
  );
}
