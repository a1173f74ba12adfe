/** The root element as the first kilobytes of a document show it; undefined when they do not show one. */
export function rootInHead(head: string): { readonly local: string; readonly tag: string } | undefined {
  const withoutComments = head.replaceAll(/<!--[\s\S]*?(-->|$)/g, '');
  const match = /<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)([\s/>][^>]*)/.exec(withoutComments);
  if (match === null) return undefined;
  return { local: match[1] ?? '', tag: match[0] };
}
