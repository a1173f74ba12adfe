import type { Ask, Protocol } from './protocol.ts';

/** The same protocol in a folder: `/kieg/wms`. Its links, which begin with the public address, lead there. */
export function underFolder(folder: string, { prefix, routes, explain, name }: Protocol): Protocol {
  const inside = (ask: Ask): Ask => ({
    ...ask,
    path: ask.path.slice(folder.length + 1),
    publicUrl: `${ask.publicUrl}/${folder}`,
  });
  return {
    name: `${folder} ${name}`,
    prefix: `/${folder}${prefix}`,
    routes: routes.map(({ method, path, handle }) => ({
      method,
      path: `/${folder}${path}`,
      handle: (ask) => handle(inside(ask)),
    })),
    explain: (error, ask) => explain(error, inside(ask)),
  };
}
