/** What of an OpenStreetMap extract makes a street network, gathered in the order of its file. */
import { tooLarge } from '../../errors.ts';

export type Tags = Readonly<Record<string, string>>;

export interface OsmNode {
  readonly id: string;
  /** Longitude, latitude, degrees. */
  readonly lonLat: readonly [number, number];
  readonly tags: Tags;
}

export interface OsmWay {
  readonly id: string;
  readonly nodes: readonly string[];
  readonly tags: Tags;
}

export interface OsmRelation {
  readonly id: string;
  readonly members: readonly OsmMember[];
  readonly tags: Tags;
}

export interface OsmMember {
  readonly type: 'node' | 'way' | 'relation';
  readonly ref: string;
  readonly role: string;
}

/** A run of a way between two junctions, in the direction of its line. */
export interface OsmSection {
  readonly id: string;
  readonly way: OsmWay;
  /** All known, two or more; against the way where it is one-way so. */
  readonly nodes: readonly string[];
  readonly isOneway: boolean;
  /** Whether its nodes run against those of the way. */
  readonly isAgainst: boolean;
}

/** A signal as a node tells of it. */
export interface OsmSignal {
  /** Whom it stops, along the way it stands on; undefined where nobody said. */
  readonly direction: string | undefined;
}

/** All of a large city; a country does not fit into memory. */
const MOST_NODES = 10_000_000;

export class OsmExtract {
  readonly places = new Map<string, readonly [number, number]>();
  readonly signals = new Map<string, OsmSignal>();
  readonly ways: OsmWay[] = [];
  readonly restrictions: OsmRelation[] = [];

  /** @throws TwinError too-large */
  addNode({ id, lonLat, tags }: OsmNode): void {
    if (!lonLat.every(Number.isFinite)) return;
    this.places.set(id, lonLat);
    if (tags['highway'] === 'traffic_signals') {
      this.signals.set(id, { direction: tags['traffic_signals:direction'] });
    }
    if (this.places.size > MOST_NODES) {
      throw tooLarge(
        `The extract has more than ${MOST_NODES} nodes; cut it to the city first, as with osmium extract`,
      );
    }
  }

  addWay(way: OsmWay): void {
    if (way.tags['highway'] !== undefined) this.ways.push(way);
  }

  addRelation(relation: OsmRelation): void {
    if (relation.tags['type'] === 'restriction') this.restrictions.push(relation);
  }
}
