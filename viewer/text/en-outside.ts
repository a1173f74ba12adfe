/** English words of outside services. */
import type { plOutside } from './pl-outside.ts';

export const enOutside: Record<keyof typeof plOutside, string> = {
  outsideTitle: 'Outside services',
  outsideHint:
    'Layers of somebody else’s services may stand in the catalogue beside those of the city: on the map and in our WMS and WMTS, with owner and terms.',
  outsideNone: 'There is no outside service yet.',
  outsideNew: 'New outside service',
  outsideUrl: 'Address of the service',
  outsideRead: 'Read its layers',
  outsideReading: 'Waiting for the service',
  outsideSave: 'Take into the catalogue',
  outsideProblem: 'It did not work. {reason}',
  outsideOffered: '{title}: layers to choose from: {n}.',
  outsideSaved: 'The layers of {name} are in the catalogue.',
  outsideRemoved: 'The layers of {name} are gone from the catalogue.',
  outsideName: 'Service',
  outsideNameHint: 'Name here: small letters, digits and underscores',
  outsideLayers: 'Layers',
  outsideState: 'State',
  outsideRemove: 'Remove',
  outsideShort: 'outside',
  outsideDownShort: 'source down',
  outsideUnasked: 'The service has not been asked yet.',
  outsideWorks: 'The service works since {since}.',
  outsideDown: 'The service is down since {since}: {reason}.',
  outsideKept: 'What was kept is shown: {n} answers, the oldest of {since}.',
  outsideNothingKept: 'Nothing of it is kept.',
  outsideLastGood: 'Last good answer',
  outsideLegend: 'Legend: {name}',
};
