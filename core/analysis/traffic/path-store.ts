import type { PackedPaths } from './packed-paths.ts';

export const NONE = -1;
/** Trips of a path that was added without a pair. */
const UNCHAINED = -1;

/**
 * The paths that trips use. Links of all paths lie in one array, in the order of travel; the paths of a pair are a
 * chain. Paths come and go, and room left by the gone is reclaimed when it is needed. Arrays may be replaced by
 * `addFromTree` and `addAll`: read them anew after these.
 */
export class PathStore {
  /** By pair: its first path, −1 without one. */
  readonly firstPath: Int32Array;
  /** By pair with more than one path: how many links they all begin with, and end with. */
  readonly sharedHead: Int32Array;
  readonly sharedTail: Int32Array;
  /** By path: the next one of its pair, −1 at the end. */
  nextPath: Int32Array;
  /** By path, in vehicles. */
  trips: Float64Array;
  /** By path: its links are `links[start]` up to, without, `links[start + length]`. */
  start: Int32Array;
  length: Int32Array;
  links = new Int32Array(1 << 16);

  private pathCount = 0;
  private used = 0;
  private wasted = 0;
  private readonly free: number[] = [];

  constructor(pairCount: number) {
    const room = Math.max(16, Math.ceil(1.25 * pairCount));
    this.firstPath = new Int32Array(pairCount).fill(NONE);
    this.sharedHead = new Int32Array(pairCount);
    this.sharedTail = new Int32Array(pairCount);
    this.nextPath = new Int32Array(room);
    this.trips = new Float64Array(room);
    this.start = new Int32Array(room);
    this.length = new Int32Array(room);
  }

  /** Adds the path that a tree (last link by node) leads to a node, at the head of the pair's chain. */
  addFromTree(pair: number, destination: number, pred: Int32Array, tail: Int32Array, trips: number): number {
    let count = 0;
    for (let at = pred[destination] as number; at !== NONE; at = pred[tail[at] as number] as number) count++;
    const path = this.newPath(pair, count, trips);
    let place = (this.start[path] as number) + count;
    for (let at = pred[destination] as number; at !== NONE; at = pred[tail[at] as number] as number) {
      this.links[--place] = at;
    }
    this.compare(pair);
    return path;
  }

  /**
   * Adds paths without a pair, for `chain`; `freeUnchained` follows.
   * @returns the first of them; the others come after it in their order
   */
  addAll({ firstLink, links }: PackedPaths): number {
    const first = this.pathCount;
    const count = firstLink.length - 1;
    while (first + count > this.start.length) this.widen();
    if (this.used + links.length > this.links.length) this.makeRoom(links.length);
    this.links.set(links, this.used);
    const { start, length } = this;
    for (let path = 0; path < count; path++) {
      start[first + path] = this.used + (firstLink[path] as number);
      length[first + path] = (firstLink[path + 1] as number) - (firstLink[path] as number);
    }
    this.trips.fill(UNCHAINED, first, first + count);
    this.used += links.length;
    this.pathCount += count;
    return first;
  }

  /** Gives an added path to a pair, at the head of its chain. */
  chain(pair: number, path: number, trips: number): void {
    this.trips[path] = trips;
    this.nextPath[path] = this.firstPath[pair] as number;
    this.firstPath[pair] = path;
    if (this.nextPath[path] !== NONE) this.compare(pair);
  }

  /** Frees paths, `first` and all after it, that were given to no pair. */
  freeUnchained(first: number): void {
    for (let path = first; path < this.pathCount; path++) {
      if (this.trips[path] === UNCHAINED) this.giveBack(path);
    }
  }

  /** Takes a path out of its pair's chain; `before` is the one before it there, −1 for the first. */
  drop(pair: number, before: number, path: number): void {
    const following = this.nextPath[path] as number;
    if (before === NONE) this.firstPath[pair] = following;
    else this.nextPath[before] = following;
    this.giveBack(path);
  }

  /** Whether a path is the one that a tree (last link by node) leads to a node. */
  isOfTree(path: number, destination: number, pred: Int32Array, tail: Int32Array): boolean {
    const begin = this.start[path] as number;
    let place = begin + (this.length[path] as number);
    for (let at = pred[destination] as number; at !== NONE; at = pred[tail[at] as number] as number) {
      if (place === begin || this.links[--place] !== at) return false;
    }
    return place === begin;
  }

  costOf(path: number, cost: Float64Array): number {
    const { links } = this;
    const begin = this.start[path] as number;
    const end = begin + (this.length[path] as number);
    let sum = 0;
    for (let at = begin; at < end; at++) sum += cost[links[at] as number] as number;
    return sum;
  }

  /** Finds what the newest path of a pair shares with the others. */
  private compare(pair: number): void {
    const { links, start, length } = this;
    const path = this.firstPath[pair] as number;
    const other = this.nextPath[path] as number;
    if (other === NONE) return;
    const isSecond = this.nextPath[other] === NONE;
    const [begin, otherBegin] = [start[path] as number, start[other] as number];
    const [end, otherEnd] = [begin + (length[path] as number), otherBegin + (length[other] as number)];
    const shorter = Math.min(end - begin, otherEnd - otherBegin);
    const mostHead = isSecond ? shorter : Math.min(shorter, this.sharedHead[pair] as number);
    let head = 0;
    while (head < mostHead && links[begin + head] === links[otherBegin + head]) head++;
    const mostTail = isSecond ? shorter - head : Math.min(shorter - head, this.sharedTail[pair] as number);
    let tail = 0;
    while (tail < mostTail && links[end - 1 - tail] === links[otherEnd - 1 - tail]) tail++;
    this.sharedHead[pair] = head;
    this.sharedTail[pair] = tail;
  }

  private giveBack(path: number): void {
    this.wasted += this.length[path] as number;
    this.length[path] = 0;
    this.free.push(path);
  }

  private newPath(pair: number, count: number, trips: number): number {
    if (this.used + count > this.links.length) this.makeRoom(count);
    const path = this.free.pop() ?? this.pathCount++;
    if (path >= this.start.length) this.widen();
    this.start[path] = this.used;
    this.length[path] = count;
    this.used += count;
    this.trips[path] = trips;
    this.nextPath[path] = this.firstPath[pair] as number;
    this.firstPath[pair] = path;
    return path;
  }

  private widen(): void {
    const wider = <T extends Int32Array | Float64Array>(made: T, old: T): T => {
      made.set(old);
      return made;
    };
    const room = 2 * this.start.length;
    this.nextPath = wider(new Int32Array(room), this.nextPath);
    this.trips = wider(new Float64Array(room), this.trips);
    this.start = wider(new Int32Array(room), this.start);
    this.length = wider(new Int32Array(room), this.length);
  }

  private makeRoom(more: number): void {
    if (this.wasted * 2 > this.used) this.moveTogether();
    if (this.used + more <= this.links.length) return;
    const wider = new Int32Array(2 * this.links.length + more);
    wider.set(this.links.subarray(0, this.used));
    this.links = wider;
  }

  private moveTogether(): void {
    const inOrder = Array.from({ length: this.pathCount }, (_, path) => path)
      .filter((path) => (this.length[path] as number) > 0)
      .sort((a, b) => (this.start[a] as number) - (this.start[b] as number));
    let at = 0;
    for (const path of inOrder) {
      const begin = this.start[path] as number;
      // Towards the front and in order, so that nothing is overwritten before it is moved.
      this.links.copyWithin(at, begin, begin + (this.length[path] as number));
      this.start[path] = at;
      at += this.length[path] as number;
    }
    this.used = at;
    this.wasted = 0;
  }
}
