/** English words of measured volumes. */
import type { plVolume } from './pl-volume.ts';

export const enVolume: Readonly<Record<keyof typeof plVolume, string>> = {
  measureVolume: 'Volume',
  measureVolumeHint:
    'Point out the corners of a pit, heap or terrace; the volume between ground and level is counted.',
  volumeLevel: 'Level',
  volumeLevelClear: 'Mean of the outline',
  volumeLevelMean: 'mean height of the ground along the outline',
  volumeAbove: 'Ground above the level',
  volumeBelow: 'Missing below the level',
  volumeNet: 'Difference',
  volumeCounting: 'Error of counting',
  volumeDecimetre: 'Change for ± 0.1 m of height',
  volumeGround: 'Ground from – to',
  volumeAsking: 'Counting the volume…',
  volumeFailed: 'The volume could not be counted: {reason}',
  volumeBound:
    'Ground of the terrain model of the city or scenario, heights PL-EVRF2007-NH, {day}. The model states no accuracy.',
  volumeTable: 'Download the table (CSV)',
};
