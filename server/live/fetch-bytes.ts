/**
 * The body of an answer, no more than `mostBytes`.
 * @throws Error in words for people: no connection, an error status, too slow, too large
 */
export async function fetchBytes(
  address: string,
  {
    timeoutMs,
    mostBytes,
    signal,
  }: { readonly timeoutMs: number; readonly mostBytes: number; readonly signal: AbortSignal },
): Promise<Uint8Array> {
  const late = AbortSignal.timeout(timeoutMs);
  try {
    const reply = await fetch(address, { signal: AbortSignal.any([signal, late]), redirect: 'follow' });
    if (!reply.ok) {
      await reply.body?.cancel();
      throw new Error(`answered with status ${reply.status}`);
    }
    const pieces: Uint8Array[] = [];
    let length = 0;
    for await (const piece of reply.body ?? []) {
      length += piece.length;
      if (length > mostBytes) throw new Error(`sent more than ${mostBytes} bytes`);
      pieces.push(piece);
    }
    return Buffer.concat(pieces);
  } catch (error) {
    if (late.aborted) throw new Error(`did not answer within ${timeoutMs / 1000} s`);
    // Node says "fetch failed" and why in the cause.
    const { cause } = error instanceof Error ? error : {};
    throw cause instanceof Error ? new Error(`no connection: ${cause.message}`) : error;
  }
}
