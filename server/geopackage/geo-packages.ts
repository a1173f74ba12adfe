import type { GeoPackages } from '../services/geo-packages.ts';
import { readGeoPackage } from './read-geo-package.ts';
import { writeGeoPackage, writeSmallGeoPackage } from './write-geo-package.ts';

export const geoPackages: GeoPackages = {
  ...{ write: writeGeoPackage, writeSmall: writeSmallGeoPackage, read: readGeoPackage },
};
