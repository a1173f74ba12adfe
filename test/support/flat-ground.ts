/** Ground of one height, or of none that is known, that can be shaped. */
import { frameOver } from '../../core/analysis/sun/ground-grid.ts';
import { countEarthwork } from '../../core/scenario/earthwork.ts';
import { groundShaped } from '../../core/scenario/shaped-ground.ts';
import type { Ground } from '../../server/store/settle/edited-city.ts';

export const flatGround = (heightM: number | undefined): Ground => {
  const flat = () => heightM ?? Number.NaN;
  return {
    async lowestM(outline, shapes) {
      const lowest = Math.min(...outline.map(groundShaped(flat, shapes)));
      return Number.isNaN(lowest) ? undefined : lowest;
    },
    async grid(box, stepM, shapes) {
      if (heightM === undefined) return undefined;
      const frame = frameOver(box, stepM);
      const shaped = groundShaped(flat, shapes);
      const { origin, columns, rows } = frame;
      const post = (n: number) =>
        shaped([origin[0] + (n % columns) * stepM, origin[1] + Math.floor(n / columns) * stepM]);
      return { ...frame, heights: Float32Array.from({ length: columns * rows }, (_, n) => post(n)) };
    },
    earthwork: async (shape, shapes) => countEarthwork(groundShaped(flat, shapes), shape),
  };
};
