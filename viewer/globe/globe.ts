/** Placeholder until the next step. */
export async function openGlobe(_container: HTMLElement): Promise<() => void> {
  throw new Error('not yet');
}
