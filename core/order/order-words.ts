/** What is said to people in a package. */
import type { Layer } from '../feature/layer.ts';
import { crsOf } from '../geo/crs.ts';
import { crsTitle } from '../geo/crs-title.ts';
import { heightsNote } from './order-heights.ts';
import type { OrderManifest } from './order-manifest.ts';

/** `readme.txt`, in both languages. */
export function orderReadme(manifest: OrderManifest, layers: readonly Layer[]): string {
  const { order, city } = manifest;
  const { name } = crsOf(order.srid);
  const licences = [...new Map(layers.map((layer) => [layer.licence.pl, layer])).values()];
  const steward = [...new Map(layers.map((layer) => [layer.steward.pl, layer])).values()];
  const lines = [
    `${city.pl} – dane zamówione / ${city.en} – data as ordered`,
    '',
    `Układ współrzędnych: ${crsTitle(order.srid, 'pl')}, ${name}. Wysokości: ${order.heights}.`,
    `Coordinate system: ${crsTitle(order.srid, 'en')}, ${name}. Heights: ${order.heights}.`,
    ...heightsNote(order.heights, layers),
    'GML: kolejność osi jak w definicji układu (urn:ogc:def:crs). Pozostałe pliki: najpierw wschód (długość), potem północ (szerokość); listy TXT: N, potem E. KML zawsze w WGS 84.',
    'GML: axes in the order of the definition (urn:ogc:def:crs). Other files: easting (longitude) first; TXT lists: N, then E. KML is always in WGS 84.',
    order.cut === 'clip'
      ? 'Obiekty przycięto do obszaru; bryły budynków są całe. / Objects are cut at the edge of the area; bodies of buildings are whole.'
      : 'Obiekty są całe, także poza obszarem. / Objects are whole, also beyond the area.',
    ...(order.since === undefined
      ? []
      : [
          `Tylko zmiany od ${order.since}: pole change mówi, co dodano (added), zmieniono (changed) i usunięto (removed, obiekt taki, jaki był).`,
          `Changes since ${order.since} only: the field change says what was added, changed, and removed (the object as it was).`,
        ]),
    ...(manifest.synthetic.length > 0
      ? [
          `Dane syntetyczne, nie rejestr: ${manifest.synthetic.join(', ')}. / Synthetic data, no register: the same.`,
        ]
      : []),
    manifest.note.pl,
    manifest.note.en,
    'To samo stoi w każdym pliku; obok plików, których format nie ma na to miejsca, w .note.txt. / The same stands in each file; beside files whose format has no place for it, in .note.txt.',
    '',
    'Warstwy / Layers:',
    ...layers.map(
      (layer) =>
        `  ${layer.name}: ${layer.title.pl} / ${layer.title.en} (${manifest.layers.find((each) => each.layer === layer.name)?.objects ?? 0})`,
    ),
    '',
    'Źródło / Source:',
    ...steward.map((layer) => `  ${layer.steward.pl} / ${layer.steward.en}`),
    'Licencja / Licence:',
    ...licences.map((layer) => `  ${layer.licence.pl} / ${layer.licence.en}`),
    '',
    ...manifest.skipped.map(
      ({ layer, format, reason }) => `Pominięto / Left out: ${layer}, ${format}: ${reason.pl} / ${reason.en}`,
    ),
    'Przy rozpowszechnianiu podaje się źródło: nazwę organu i datę pobrania (art. 40c Prawa geodezyjnego i kartograficznego, dla materiałów zasobu). / Whoever passes the data on names the source: the body and the day of fetching (art. 40c of the Geodetic and Cartographic Law, for material of the resource).',
    'styles: style QGIS (QML) i SLD 1.1. metadata: metadane ISO 19139 warstw i paczki. GeoPackage ma style w sobie, Shapefile obok, pod nazwami swoich pól. / styles: QML for QGIS, and SLD 1.1. metadata: ISO 19139 of the layers and of the package. A GeoPackage holds its styles, a Shapefile has them beside it, by the names of its own fields.',
    'manifest.json: liczby obiektów, układy, wersje i SHA-256 plików. / counts, systems, versions and SHA-256 of the files.',
    '',
  ];
  return lines.join('\r\n');
}
