/** Links of JSON documents (RFC 8288 in the shape of OGC API). */
export interface Link {
  readonly href: string;
  readonly rel: string;
  readonly type?: string;
  readonly title?: string;
  readonly hreflang?: string;
}

/** An absolute address; parameters that are undefined are left out. */
export function href(
  publicUrl: string,
  path: string,
  parameters: Readonly<Record<string, string | number | undefined>> = {},
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) query.append(name, String(value));
  }
  const text = query.toString();
  return `${publicUrl}${path}${text === '' ? '' : `?${text}`}`;
}

/** The same request with some parameters replaced; undefined takes one away. */
export function hrefWith(
  ask: { readonly publicUrl: string; readonly path: string; readonly query: URLSearchParams },
  changes: Readonly<Record<string, string | number | undefined>>,
): string {
  const query = new URLSearchParams(ask.query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) query.delete(name);
    else query.set(name, String(value));
  }
  const text = query.toString();
  return `${ask.publicUrl}${ask.path}${text === '' ? '' : `?${text}`}`;
}
