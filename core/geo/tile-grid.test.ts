import { describe, expect, it } from 'vitest';
import {
  isInGrid,
  resolutionM,
  scaleDenominator,
  TILE_GRIDS,
  tileBounds,
  tileGridOf,
  tilesInGrid,
} from './tile-grid.ts';

const { WebMercatorQuad, EPSG2177, EPSG2180 } = TILE_GRIDS;

describe('tile grids', () => {
  it('has the scale denominators of WebMercatorQuad in OGC 17-083r4, annex D.1', () => {
    expect(scaleDenominator(WebMercatorQuad, 0)).toBeCloseTo(559082264.0287178, 4);
    expect(scaleDenominator(WebMercatorQuad, 10)).toBeCloseTo(545978.7734655447, 7);
    expect(scaleDenominator(WebMercatorQuad, 18)).toBeCloseTo(2132.729583849784, 9);
    expect(resolutionM(WebMercatorQuad, 0)).toBeCloseTo(156543.03392804097, 8);
  });

  it('has 3200 m per pixel at level 0 of the Polish grids and whole metres below', () => {
    expect(resolutionM(EPSG2177, 0)).toBe(3200);
    expect(tileBounds(EPSG2177, 0, 0, 0)).toEqual({
      minX: 6_100_000,
      minY: 5_400_000,
      maxX: 6_919_200,
      maxY: 6_219_200,
      srid: 2177,
    });
    expect(tileBounds(EPSG2180, 0, 0, 0)).toEqual({
      minX: 100_000,
      minY: 100_000,
      maxX: 919_200,
      maxY: 919_200,
      srid: 2180,
    });
    expect(tileBounds(EPSG2177, 11, 5, 7).maxX - tileBounds(EPSG2177, 11, 5, 7).minX).toBe(400);
  });

  it('puts Poznań into the tile that slippy maps know', () => {
    // lon 16.9252, lat 52.4064 is 10/560/336 on every slippy map.
    const range = tilesInGrid(
      WebMercatorQuad,
      { minX: 1884104.6, minY: 6873938.2, maxX: 1884104.6, maxY: 6873938.2, srid: 3857 },
      10,
    );
    expect(range).toEqual({ minX: 560, minY: 336, maxX: 560, maxY: 336 });
  });

  it('finds exactly the tile whose box it was given, on every grid and level', () => {
    for (const grid of Object.values(TILE_GRIDS)) {
      for (let z = 0; z <= Math.min(grid.maxLevel, 15); z++) {
        const size = 2 ** z;
        for (const share of [0, 0.31, 0.5, 0.77, 0.999]) {
          const [x, y] = [Math.floor(share * size), Math.floor((1 - share) * (size - 1))];
          const box = tileBounds(grid, z, x, y);
          const inset = (box.maxX - box.minX) * 1e-6;
          const inner = {
            minX: box.minX + inset,
            minY: box.minY + inset,
            maxX: box.maxX - inset,
            maxY: box.maxY - inset,
            srid: grid.srid,
          };
          expect(tilesInGrid(grid, inner, z)).toEqual({ minX: x, minY: y, maxX: x, maxY: y });
        }
      }
    }
  });

  it('gives neighbours one edge, to the last bit', () => {
    for (const grid of Object.values(TILE_GRIDS)) {
      for (let x = 0; x < 4095; x += 97) {
        expect(tileBounds(grid, 12, x, 9).maxX).toBe(tileBounds(grid, 12, x + 1, 9).minX);
        expect(tileBounds(grid, 12, 9, x).minY).toBe(tileBounds(grid, 12, 9, x + 1).maxY);
      }
    }
  });

  it('clips to the grid and answers undefined outside it', () => {
    const everywhere = { minX: -1e9, minY: -1e9, maxX: 1e9, maxY: 1e9, srid: 2177 };
    expect(tilesInGrid(EPSG2177, everywhere, 3)).toEqual({ minX: 0, minY: 0, maxX: 7, maxY: 7 });
    expect(
      tilesInGrid(EPSG2177, { minX: 0, minY: 0, maxX: 1000, maxY: 1000, srid: 2177 }, 3),
    ).toBeUndefined();
  });

  it('refuses levels, columns and rows that do not exist', () => {
    expect(isInGrid(EPSG2177, 15, 32767, 32767)).toBe(true);
    for (const [z, x, y] of [
      [16, 0, 0],
      [-1, 0, 0],
      [3, 8, 0],
      [3, 0, -1],
      [1.5, 0, 0],
      [3, Number.NaN, 0],
    ] as const) {
      expect(isInGrid(EPSG2177, z, x, y)).toBe(false);
    }
    expect(tileGridOf('toString')).toBeUndefined();
    expect(tileGridOf('EPSG2180')).toBe(EPSG2180);
  });
});
