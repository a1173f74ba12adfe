import type { Surfaces } from './surfaces.ts';

const EWKB_Z = 0x80000000;
const EWKB_SRID = 0x20000000;

/**
 * Reads Polygon, MultiPolygon, PolyhedralSurface or TIN (with or without Z) in WKB or EWKB (OGC 06-103r4, 8.2).
 * @throws RangeError for other types and for bytes that end early; such bytes cannot come from the store.
 */
export function surfacesOfWkb(bytes: Uint8Array): Surfaces {
  const reader = new WkbReader(bytes);
  reader.geometry();
  return {
    coordinates: Float64Array.from(reader.coordinates),
    ringEnds: Uint32Array.from(reader.ringEnds),
    polygonEnds: Uint32Array.from(reader.polygonEnds),
  };
}

class WkbReader {
  readonly coordinates: number[] = [];
  readonly ringEnds: number[] = [];
  readonly polygonEnds: number[] = [];
  private readonly view: DataView;
  private at = 0;
  private littleEndian = true;

  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  geometry(): void {
    this.littleEndian = this.view.getUint8(this.at) === 1;
    this.at += 1;
    const code = this.uint();
    if ((code & EWKB_SRID) !== 0) this.at += 4;
    const iso = code & 0xfff_ffff;
    const hasZ = (code & EWKB_Z) !== 0 || Math.floor(iso / 1000) === 1;
    const type = iso % 1000;
    // Polygon 3, Triangle 17; MultiPolygon 6, PolyhedralSurface 15, TIN 16.
    if (type === 3 || type === 17) this.polygon(hasZ);
    else if (type === 6 || type === 15 || type === 16) {
      for (let n = this.uint(); n > 0; n--) this.geometry();
    } else throw new RangeError(`WKB type ${type} is not a surface`);
  }

  private polygon(hasZ: boolean): void {
    for (let rings = this.uint(); rings > 0; rings--) {
      for (let n = this.uint(); n > 0; n--) {
        const [x, y] = [this.double(), this.double()];
        this.coordinates.push(x, y, hasZ ? this.double() : 0);
      }
      this.ringEnds.push(this.coordinates.length / 3);
    }
    this.polygonEnds.push(this.ringEnds.length);
  }

  private uint(): number {
    this.at += 4;
    return this.view.getUint32(this.at - 4, this.littleEndian);
  }

  private double(): number {
    this.at += 8;
    return this.view.getFloat64(this.at - 8, this.littleEndian);
  }
}
