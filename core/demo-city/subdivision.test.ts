import { describe, expect, it } from 'vitest';
import { type Beyond, type Plot, Subdivision } from './subdivision.ts';

const square = (sub: Subdivision, xM: number, sideM = 100): Plot => {
  const [low, high] = [xM * 100, (xM + sideM) * 100];
  const beyond: Beyond[] = ['street', 'plot', 'street', 'plot'];
  return sub.plotOf(
    [
      [low, 0],
      [high, 0],
      [high, sideM * 100],
      [low, sideM * 100],
    ],
    beyond,
  );
};

describe('a subdivision', () => {
  it('cuts a plot in two parts that share the cut and keep the area', () => {
    const sub = new Subdivision();
    const cut = sub.split(square(sub, 0), [
      [35, -50],
      [45, 50],
      [35, 150],
    ]);
    expect(cut).toBeDefined();
    if (!cut) return;
    expect(sub.areaM2(cut.left) + sub.areaM2(cut.right)).toBe(10_000);
    expect(sub.areaM2(cut.left)).toBe(4250);
    const shared = cut.left.corners.filter((corner) => cut.right.corners.includes(corner));
    expect(shared.map((corner) => sub.cm(corner))).toEqual([
      [4000, 0],
      [4500, 5000],
      [4000, 10_000],
    ]);
  });

  it('puts the end of a cut into the neighbour too', () => {
    const sub = new Subdivision();
    const whole = square(sub, 0);
    const halves = sub.split(whole, [
      [50, -5],
      [50, 105],
    ]);
    const quarters =
      halves &&
      sub.split(halves.left, [
        [-5, 30],
        [55, 30],
      ]);
    expect(quarters).toBeDefined();
    if (!halves || !quarters) return;
    expect(halves.right.corners).toHaveLength(4);
    const right = sub.settled(halves.right);
    expect(right.corners.map((corner) => sub.cm(corner))).toContainEqual([5000, 3000]);
    expect(sub.settled(whole).corners.map((corner) => sub.cm(corner))).toContainEqual([0, 3000]);
  });

  it('remembers what lies beyond each side', () => {
    const sub = new Subdivision();
    const cut = sub.split(square(sub, 0), [
      [50, -5],
      [50, 105],
    ]);
    expect(cut && [...cut.left.beyond].sort()).toEqual(['plot', 'plot', 'street', 'street']);
  });

  it('uses a corner that is nearer than 35 cm instead of making a sliver', () => {
    const sub = new Subdivision();
    const cut = sub.split(square(sub, 0), [
      [-2.2, -5],
      [50, 105],
    ]);
    expect(cut?.left.corners).toHaveLength(3);
  });

  it('refuses a path that does not cut through, and parts that are too small', () => {
    const sub = new Subdivision();
    const plot = square(sub, 0);
    expect(
      sub.split(plot, [
        [50, -5],
        [50, 50],
      ]),
    ).toBeUndefined();
    expect(
      sub.split(
        plot,
        [
          [5, -5],
          [5, 105],
        ],
        { minAreaM2: 600 },
      ),
    ).toBeUndefined();
    expect(sub.settled(plot).corners).toHaveLength(4);
  });

  it('cuts a street with splayed corners out of a plot', () => {
    const sub = new Subdivision();
    const cut = sub.cutStreet(
      square(sub, 0),
      [
        [50, -20],
        [50, 120],
      ],
      { halfWidthM: 5, splayM: 3, minAreaM2: 500 },
    );
    expect(cut).toBeDefined();
    if (!cut) return;
    const areas = [cut.left, cut.street.plot, cut.right].map((plot) => sub.areaM2(plot));
    expect(areas.reduce((sum, area) => sum + area)).toBe(10_000);
    // 10 m by 100 m and four splays of 3 m by 3 m.
    expect(areas[1]).toBeCloseTo(1018, 5);
    expect(cut.left.beyond).toContain('street');
    expect(cut.street.centre).toEqual([
      [50, 0],
      [50, 100],
    ]);
  });
});
