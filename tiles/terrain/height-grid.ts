/** Heights row by row from the north; NaN where there is none. */
export interface HeightGrid {
  readonly width: number;
  readonly height: number;
  readonly cells: Float32Array;
}

/** The grid at half the resolution: means of 2 × 2 cells, missing ones left out. An odd last row or column stands alone. */
export function halve(grid: HeightGrid): HeightGrid {
  const [width, height] = [Math.ceil(grid.width / 2), Math.ceil(grid.height / 2)];
  const cells = new Float32Array(width * height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      let [sum, count] = [0, 0];
      for (let y = 2 * row; y < Math.min(2 * row + 2, grid.height); y++) {
        for (let x = 2 * column; x < Math.min(2 * column + 2, grid.width); x++) {
          const value = grid.cells[y * grid.width + x] ?? Number.NaN;
          if (Number.isNaN(value)) continue;
          sum += value;
          count++;
        }
      }
      cells[row * width + column] = count === 0 ? Number.NaN : sum / count;
    }
  }
  return { width, height, cells };
}

/** Lowest, highest and mean height; all 0 when there is none. */
export function statisticsOf(cells: Float32Array): { minM: number; maxM: number; meanM: number } {
  let [minM, maxM, sum, count] = [Infinity, -Infinity, 0, 0];
  for (const value of cells) {
    if (Number.isNaN(value)) continue;
    if (value < minM) minM = value;
    if (value > maxM) maxM = value;
    sum += value;
    count++;
  }
  return count === 0 ? { minM: 0, maxM: 0, meanM: 0 } : { minM, maxM, meanM: sum / count };
}
