import type { Services } from '../../services.ts';

/** What maps are made of. */
export type WmsServices = Pick<
  Services,
  'cascade' | 'catalogue' | 'documents' | 'featuresFor' | 'keptPictures' | 'maps' | 'pictures'
>;
