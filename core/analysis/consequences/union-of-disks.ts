/** The area that disks cover together, exactly: by Green's theorem along the arcs that lie in no other disk. */

export interface Disk {
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

const TURN = 2 * Math.PI;

/** Area of the union, in the square of the unit. Disks without a radius count nothing. */
export function unionOfDisks(disks: readonly Disk[]): number {
  const solid = withoutRepeats(disks.filter(({ r }) => r > 0));
  const near = neighbourhood(solid);
  // About the first disk: products of coordinates in millions would eat the digits.
  const { x: originX = 0, y: originY = 0 } = solid[0] ?? {};
  let twice = 0;
  for (const disk of solid) {
    const [x, y] = [disk.x - originX, disk.y - originY];
    for (const [from, to] of freeArcs(disk, near(disk))) {
      twice +=
        disk.r *
        (x * (Math.sin(to) - Math.sin(from)) - y * (Math.cos(to) - Math.cos(from)) + disk.r * (to - from));
    }
  }
  return twice / 2;
}

/** Of equal disks only one bounds the union. */
function withoutRepeats(disks: readonly Disk[]): readonly Disk[] {
  return [...new Map(disks.map((disk) => [`${disk.x} ${disk.y} ${disk.r}`, disk])).values()];
}

/** Angles of the circle that no other disk covers, as intervals within 0…2π. */
function freeArcs(disk: Disk, others: readonly Disk[]): readonly (readonly [number, number])[] {
  const covered: (readonly [number, number])[] = [];
  for (const other of others) {
    const [dx, dy] = [other.x - disk.x, other.y - disk.y];
    const apart = Math.hypot(dx, dy);
    if (apart >= disk.r + other.r || apart + other.r <= disk.r) continue;
    if (apart + disk.r <= other.r) return [];
    const cosine = (disk.r ** 2 + apart ** 2 - other.r ** 2) / (2 * disk.r * apart);
    const half = Math.acos(Math.min(1, Math.max(-1, cosine)));
    const from = (((Math.atan2(dy, dx) - half) % TURN) + TURN) % TURN;
    const to = from + 2 * half;
    if (to > TURN) covered.push([from, TURN], [0, to - TURN]);
    else covered.push([from, to]);
  }
  const free: (readonly [number, number])[] = [];
  let reached = 0;
  for (const [from, to] of covered.toSorted((a, b) => a[0] - b[0])) {
    if (from > reached) free.push([reached, from]);
    reached = Math.max(reached, to);
  }
  if (reached < TURN) free.push([reached, TURN]);
  return free;
}

/** Which other disks a disk may meet, by a grid of cells of the largest diameter. */
function neighbourhood(disks: readonly Disk[]): (disk: Disk) => readonly Disk[] {
  const side = 2 * disks.reduce((largest, { r }) => Math.max(largest, r), 0);
  const cells = new Map<string, Disk[]>();
  const cellOf = (value: number) => Math.floor(value / side);
  for (const disk of disks) {
    const key = `${cellOf(disk.x)} ${cellOf(disk.y)}`;
    const cell = cells.get(key);
    if (cell) cell.push(disk);
    else cells.set(key, [disk]);
  }
  return (disk) => {
    const found: Disk[] = [];
    for (let i = -1; i <= 1; i++) {
      for (let j = -1; j <= 1; j++) {
        const cell = cells.get(`${cellOf(disk.x) + i} ${cellOf(disk.y) + j}`) ?? [];
        for (const other of cell) if (other !== disk) found.push(other);
      }
    }
    return found;
  };
}
