export const GEO_PACKAGE = 'application/geopackage+sqlite3';
export const CHECK_FORMATS = ['json', 'csv', 'gpkg'] as const;
