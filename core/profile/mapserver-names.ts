import type { XmlNames } from '../feature/layer.ts';

/** In which the state's services and half of the counties' answer; clients of EGiB know it. */
export const MAPSERVER_NAMES: XmlNames = {
  prefix: 'ms',
  namespace: 'http://mapserver.gis.umn.edu/mapserver',
};
