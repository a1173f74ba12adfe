import { notSupported } from '../../errors.ts';
import { type HeightShift, shiftAt } from '../../geo/height-systems.ts';
import type { HeightPosts } from './height-texts.ts';

/**
 * Posts in another height system, each by the shift at its place.
 * @param srid of the posts
 * @throws TwinError not-supported where one that has a height lies beyond the grids
 */
export function movedPosts<P extends HeightPosts>(posts: P, srid: number, shift: HeightShift): P {
  const { origin, stepM, columns } = posts;
  const at = shiftAt(shift, srid);
  const heights = posts.heights.map((heightM, post) => {
    if (Number.isNaN(heightM)) return heightM;
    const [x, y] = [origin[0] + (post % columns) * stepM, origin[1] + Math.floor(post / columns) * stepM];
    const moved = heightM + at([x, y]);
    if (!Number.isNaN(moved)) return moved;
    throw notSupported(
      `The ground at ${x}, ${y} (EPSG:${srid}) cannot be said in ${shift.to}: it is not within the grids`,
      'heights',
    );
  });
  return { ...posts, heights };
}
