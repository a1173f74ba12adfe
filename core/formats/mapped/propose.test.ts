import { describe, expect, it } from 'vitest';
import { TREES } from '../../catalogue/greenery.ts';
import { PARCELS } from '../../catalogue/parcels.ts';
import type { Members } from './json-features.ts';
import { MAPPABLE_LAYERS } from './mapping.ts';
import { proposeLayers, proposeMapping } from './propose.ts';
import { sketchColumns } from './table-sketch.ts';

const tableOf = (rows: readonly Members[]) => ({
  ...{
    rows: rows.length,
    columns: [...sketchColumns(rows)],
    source: null,
    geometry: null,
    shapes: ['Point'],
  },
});

describe('a proposed mapping', () => {
  it('matches columns by the names of the twin, by labels, and as a Shapefile cuts them', () => {
    const rows = [
      {
        ID: 'T1',
        Gatunek: 'lipa',
        GIRTH_CM: 120,
        Wysokość: '12,5',
        FORMA: 'Liściaste',
        CROWN_DIAM: 4,
        INSPECTION: 'a',
        INSPECTI_2: 'b',
        UWAGI: 'x',
      },
      {
        ID: 'T2',
        Gatunek: 'sosna',
        GIRTH_CM: 80,
        Wysokość: '20',
        FORMA: 'palma',
        CROWN_DIAM: 5,
        INSPECTION: 'c',
        INSPECTI_2: '',
        UWAGI: '',
      },
    ];
    const { mapping, remarks } = proposeMapping(TREES, tableOf(rows));
    expect(mapping).toEqual({
      layer: 'trees',
      id: '{ID}',
      properties: {
        species: 'Gatunek',
        girth_cm: 'GIRTH_CM',
        height_m: 'Wysokość',
        crown_diameter_m: 'CROWN_DIAM',
        form: { column: 'FORMA', codes: { Liściaste: 'broadleaved', palma: null } },
        inspection_note: { join: ['INSPECTION', 'INSPECTI_2'] },
      },
    });
    expect(remarks.join('\n')).toMatch(/form: "palma" of FORMA become nothing/);
    expect(remarks.join('\n')).toMatch(/Columns that nothing takes: UWAGI/);
    expect(remarks.join('\n')).toMatch(/No column was found for species_latin/);
  });

  it('knows the names of the national services, and takes no id that repeats', () => {
    const rows = [
      { gml_id: '1', ID_DZIALKI: '306401_1.0021.AR_10.1', NUMER_DZIALKI: '1', POLE_EWIDENCYJNE: 0.1 },
      { gml_id: '1', ID_DZIALKI: '306401_1.0021.AR_10.2', NUMER_DZIALKI: '2', POLE_EWIDENCYJNE: 0.2 },
    ];
    expect(proposeMapping(PARCELS, tableOf(rows)).mapping).toMatchObject({
      id: '{ID_DZIALKI}',
      properties: { parcel_number: 'NUMER_DZIALKI', registered_area_ha: 'POLE_EWIDENCYJNE' },
    });
    const { mapping, remarks } = proposeMapping(TREES, tableOf([{ id: 1 }, { id: 1 }]));
    expect(mapping.id).toBe('{id}');
    expect(remarks[0]).toContain('No column looks like an identifier');
  });

  it('tells which layer a table may be by its name and its columns, and never one of other shapes', () => {
    const rows = [{ ID: 1, GATUNEK: 'lipa', OBWOD: 100 }];
    const likely = (name: string, shapes: string[], of = rows) =>
      proposeLayers(MAPPABLE_LAYERS, { ...tableOf(of), shapes }, name).map(({ layer }) => layer);
    expect(likely('inwentaryzacja.csv', ['Point'])[0]).toBe('trees');
    expect(likely('drzewa_2026.gpkg', ['Point'])[0]).toBe('trees');
    expect(likely('drzewa_2026.gpkg', ['MultiPolygon'])).not.toContain('trees');
    expect(likely('xyz.csv', ['Point'], [{ QQ: 1 }] as never)).toEqual([]);
  });

  it('takes the columns of the place for nothing else, and says when nobody can tell it', () => {
    const table = { ...tableOf([{ id: 'a', X: '1', Y: '2', Gatunek: 'lipa' }]) };
    const placed = proposeMapping(TREES, { ...table, geometry: { x: 'X', y: 'Y' } });
    expect(placed.mapping.geometry).toEqual({ x: 'X', y: 'Y' });
    expect(placed.remarks.join('\n')).not.toMatch(/nothing takes/);
    const lost = proposeMapping(TREES, { ...table, geometry: 'none' });
    expect(lost.remarks.join('\n')).toMatch(/No column looks like a place/);
  });
});
