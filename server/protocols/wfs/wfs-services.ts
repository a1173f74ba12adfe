import type { Services } from '../../services.ts';

/** What features are read and changed by. */
export type WfsServices = Pick<
  Services,
  'catalogue' | 'featureEdits' | 'featureLocks' | 'featuresFor' | 'geoPackages' | 'storedQueries'
>;
