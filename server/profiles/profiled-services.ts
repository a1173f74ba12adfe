import { notFound, notSupported } from '../../core/errors.ts';
import {
  profileLayers,
  profileSource,
  registerFilter,
  registerStyle,
} from '../../core/profile/profile-source.ts';
import type { ServiceProfile } from '../../core/profile/service-profile.ts';
import type { MapSource } from '../../tiles/picture/map-source.ts';
import type { View } from '../access/view.ts';
import type { Services } from '../services.ts';

async function refuseEdits(): Promise<never> {
  throw notSupported(
    'Objects are read under these names; edit them at /wfs, under those of the city',
    'request',
  );
}

/** Services of which catalogue, objects and maps bear the names of a profile. */
export function profiledServices(services: Services, profile: ServiceProfile): Services {
  const { catalogue } = services;
  const registerOf = (name: string) => {
    const declared = profile.layers.find((each) => each.name === name);
    if (!declared) throw notFound(`There is no layer "${name.slice(0, 100)}"`, 'layer');
    return declared;
  };
  const layers = async (view: View) => profileLayers(profile, await catalogue.layers(view));

  function maps(view: View): MapSource {
    const source = services.maps(view);
    const registers = async () => new Map((await catalogue.layers(view)).map((each) => [each.name, each]));
    const register = (known: Awaited<ReturnType<typeof registers>>, name: string) => {
      const found = known.get(registerOf(name).of);
      if (!found) throw notFound(`There is no layer "${name}"`, 'layer');
      return found;
    };
    return {
      async shapes(ask, signal) {
        const { style: asked, name } = ask.layer;
        const style = registerStyle(registerOf(name), asked);
        const layer = { ...register(await registers(), name), style };
        return source.shapes({ ...ask, layer, filter: registerFilter(registerOf(name), ask.filter) }, signal);
      },
      async versions(areas, signal) {
        const known = await registers();
        const asked = areas.map(({ layer, area }) => ({ layer: register(known, layer.name), area }));
        return source.versions(asked, signal);
      },
    };
  }

  return {
    ...services,
    catalogue: { layers, status: (name, view) => catalogue.status(registerOf(name).of, view) },
    featuresFor: (view) => profileSource(services.featuresFor(view), profile),
    maps,
    featureEdits: { ...services.featureEdits, apply: refuseEdits },
    featureLocks: { lock: refuseEdits, renew: refuseEdits },
    storedQueries: { all: async () => [], create: refuseEdits, drop: refuseEdits },
  };
}
