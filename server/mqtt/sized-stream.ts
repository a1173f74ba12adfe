import { Duplex } from 'node:stream';

/**
 * A connection on which no MQTT packet may say that it is longer than `mostBytes`: the parser of the broker would
 * gather it whole, up to 256 MB. Whoever says so is cut off.
 */
export class SizedStream extends Duplex {
  readonly #inner: Duplex;
  readonly #mostBytes: number;
  /** Bytes of the present packet still to come; undefined within a header. */
  #left: number | undefined;
  #length = 0;
  #shift = -1;

  constructor(inner: Duplex, mostBytes: number) {
    super();
    this.#inner = inner;
    this.#mostBytes = mostBytes;
    inner.on('data', (chunk: Buffer) => {
      if (!this.#fits(chunk)) this.destroy(new Error(`a packet of more than ${mostBytes} bytes`));
      else if (!this.push(chunk)) inner.pause();
    });
    inner.once('end', () => this.push(null));
    inner.once('close', () => this.destroy());
    inner.on('error', (error) => this.destroy(error));
  }

  /** Follows headers (MQTT 3.1.1, 2.2): a byte for the kind, then the length, seven bits a byte. */
  #fits(chunk: Buffer): boolean {
    let at = 0;
    while (at < chunk.length) {
      if (this.#left !== undefined) {
        const taken = Math.min(this.#left, chunk.length - at);
        at += taken;
        this.#left = this.#left > taken ? this.#left - taken : undefined;
        continue;
      }
      const byte = chunk[at++] ?? 0;
      if (this.#shift < 0) {
        this.#shift = 0;
        this.#length = 0;
        continue;
      }
      this.#length += (byte & 127) * 2 ** this.#shift;
      this.#shift += 7;
      if (this.#shift > 28 || this.#length > this.#mostBytes) return false;
      if ((byte & 128) !== 0) continue;
      this.#shift = -1;
      this.#left = this.#length > 0 ? this.#length : undefined;
    }
    return true;
  }

  override _read(): void {
    this.#inner.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#inner.write(chunk, done);
  }

  override _writev(
    chunks: readonly { readonly chunk: Buffer }[],
    done: (error?: Error | null) => void,
  ): void {
    this.#inner.write(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }

  override _final(done: () => void): void {
    this.#inner.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#inner.destroy();
    done(error);
  }
}
