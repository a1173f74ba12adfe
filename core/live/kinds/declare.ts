/** What declarations of kinds of sensors are written with. */
import type { Text } from '../../feature/layer.ts';
import type { SensorKind, ThresholdDeclaration } from '../sensor-kind.ts';

export const text = (pl: string, en = pl): Text => ({ pl, en });
export const MINUTE_S = 60;
export const HOUR_S = 3_600;

/** EIONET, the vocabulary of air pollutants in reports to the EU. */
export const POLLUTANT = 'http://dd.eionet.europa.eu/vocabulary/aq/pollutant';
export const QUANTITY = 'http://qudt.org/vocab/quantitykind';
/** What has no address elsewhere. */
export const OWN = 'https://blizniak.pl/def/observed-property';

export const PER_CUBIC_METRE = { ucum: 'ug/m3', symbol: text('µg/m³') };

export const above = (
  severity: ThresholdDeclaration['severity'],
  title: Text,
  [enter, leave]: readonly [number, number],
  afterS: number,
): ThresholdDeclaration => ({ direction: 'above', severity, title, enter, leave, afterS });
export const below = (
  severity: ThresholdDeclaration['severity'],
  title: Text,
  [enter, leave]: readonly [number, number],
  afterS: number,
): ThresholdDeclaration => ({ direction: 'below', severity, title, enter, leave, afterS });

type Given = Omit<SensorKind, 'alsoCalled' | 'thresholds'> &
  Partial<Pick<SensorKind, 'alsoCalled' | 'thresholds'>>;
export const kind = (given: Given): SensorKind => ({ alsoCalled: [], thresholds: [], ...given });
