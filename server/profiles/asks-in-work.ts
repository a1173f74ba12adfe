import type { DoorUses } from '../services/door-uses.ts';

interface LayerUse {
  readonly door: string;
  readonly layer: string;
  handedOut: number;
  isDrawn: boolean;
}

interface AskInWork {
  readonly uses: LayerUse[];
  isAnswered: boolean;
}

/**
 * What requests have taken from layers until their answers begin: then it counts. What still comes while an answer is sent
 * is added as it comes. Requests are told apart by their signals, each having its own.
 */
export class AsksInWork {
  readonly #asks = new WeakMap<object, AskInWork>();
  readonly #uses: DoorUses;

  constructor(uses: DoorUses) {
    this.#uses = uses;
  }

  add(signal: object, door: string, layer: string, handedOut: number): void {
    this.#add(signal, door, layer, handedOut);
  }

  /** However many sheets a picture is drawn in, it is one of each layer. */
  addOnce(signal: object, door: string, layer: string): void {
    const use = this.#add(signal, door, layer, 0);
    if (use.isDrawn) return;
    use.isDrawn = true;
    this.#add(signal, door, layer, 1);
  }

  answered(signal: object): void {
    const ask = this.#askOf(signal);
    if (ask.isAnswered) return;
    ask.isAnswered = true;
    for (const { door, layer, handedOut } of ask.uses) this.#uses.add(door, layer, 1, handedOut);
  }

  #add(signal: object, door: string, layer: string, handedOut: number): LayerUse {
    const ask = this.#askOf(signal);
    let use = ask.uses.find((each) => each.layer === layer && each.door === door);
    const isNew = !use;
    if (!use) {
      use = { door, layer, handedOut: 0, isDrawn: false };
      ask.uses.push(use);
    }
    use.handedOut += handedOut;
    if (ask.isAnswered) this.#uses.add(door, layer, isNew ? 1 : 0, handedOut);
    return use;
  }

  /** Also of a request that has taken nothing yet: all of a streamed answer is read after it has begun. */
  #askOf(signal: object): AskInWork {
    const known = this.#asks.get(signal);
    if (known) return known;
    const ask: AskInWork = { uses: [], isAnswered: false };
    this.#asks.set(signal, ask);
    return ask;
  }
}
