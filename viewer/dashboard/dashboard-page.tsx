import { SignDialog } from '../account/sign-dialog.tsx';
import { AlertInbox } from '../alerts/alert-inbox.tsx';
import { openAlerts } from '../alerts/alerts-state.ts';
import { formatDate } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { PageHead } from '../frame/page-head.tsx';
import { ConnectionState } from '../live/connection-state.tsx';
import { nowMs } from '../live/live-state.ts';
import { announcement } from '../state/announcer.ts';
import { t } from '../text/text.ts';
import { CityNow } from './city-now.tsx';
import { layersRead } from './dashboard-state.ts';
import { DataState } from './data-state.tsx';
import { ObstructionsNow } from './obstructions-now.tsx';
import { Tile } from './tile.tsx';
import { VehiclesNow } from './vehicles-now.tsx';

/** The whole page: alerts first, then the city now, then how far the data can be trusted. */
export function DashboardPage() {
  const read = layersRead.value;
  return (
    <>
      <PageHead
        city={read.kind === 'ready' ? read.value.city.name : undefined}
        actions={
          <a class="button" href="./">
            <Icon name="map" /> {t('dashboardToMap')}
          </a>
        }
      />
      <main class="dashboard">
        <div class="dashboard-head">
          <h1>{t('dashboardTitle')}</h1>
          <time dateTime={new Date(nowMs.value).toISOString()}>
            {formatDate(new Date(nowMs.value).toISOString(), true)}
          </time>
          <ConnectionState />
          {read.kind === 'ready' && read.value.synthetic && (
            <span class="chip warning">{t('dashboardSynthetic')}</span>
          )}
        </div>
        <Tile title={t('alertsTitle')} note={String(openAlerts.value.length)} kind="wide">
          <AlertInbox />
        </Tile>
        <CityNow />
        <Tile title={t('dashboardTransit')}>
          <VehiclesNow />
        </Tile>
        <Tile title={t('dashboardObstructions')}>
          <ObstructionsNow />
        </Tile>
        <Tile title={t('dashboardData')} kind="wide">
          <DataState />
        </Tile>
      </main>
      <SignDialog />
      <div class="visually-hidden" role="status" aria-live="polite">
        {announcement.value}
      </div>
    </>
  );
}
