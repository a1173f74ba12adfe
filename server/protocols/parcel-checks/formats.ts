export const CHECK_FORMATS = ['json', 'csv', 'gpkg'] as const;
