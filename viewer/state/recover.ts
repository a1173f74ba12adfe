import { effect } from '@preact/signals';
import { recoveries, suspectOutage } from './connection.ts';
import { reopenCity } from './open-city.ts';
import { reloadSelected, selectedItem } from './selected-item.ts';
import { catalogue, failedTiles, globeView, leader } from './twin-state.ts';

/** A tile that fails may be the first sign of an outage. After the service came back, asks again for everything that it refused; maps reload their tiles themselves. */
export function recoverWithService(): () => void {
  const stopDoubting = effect(() => {
    if (failedTiles.value > 0) suspectOutage();
  });
  const stop = effect(() => {
    if (recoveries.value === 0) return;
    failedTiles.value = 0;
    // The globe is opened anew and must find its eye where it was.
    if (globeView.peek()) leader.value = 'link';
    if (catalogue.peek().kind === 'failed') void reopenCity();
    if (selectedItem.peek().kind === 'failed') reloadSelected();
  });
  return () => {
    stopDoubting();
    stop();
  };
}
