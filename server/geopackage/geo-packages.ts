import type { GeoPackages } from '../services/geo-packages.ts';
import { readGeoPackage } from './read-geo-package.ts';
import { writeGeoPackage } from './write-geo-package.ts';

export const geoPackages: GeoPackages = { write: writeGeoPackage, read: readGeoPackage };
