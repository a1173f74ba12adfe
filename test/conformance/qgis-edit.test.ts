/** QGIS without a screen edits trees over WFS-T, as a gardener's desk does: finds, filters, changes, adds, deletes, commits. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWholeService, type WholeService } from '../support/whole-service.ts';
import { askQgis, HAS_QGIS, QGIS_NOTE } from './outside-qgis.ts';

const SCRIPT = `
url, version, user, password = sys.argv[1:5]
def open_layer(credentials):
  source = QgsDataSourceUri()
  for key, value in dict(url=url + '/wfs', typename='bl:trees', version=version, srsname='EPSG:2177', **credentials).items():
    source.setParam(key, value)
  return QgsVectorLayer(source.uri(False), 'trees', 'WFS')
credentials = dict(username=user, password=password)
layer = open_layer(credentials)
answer = {'valid': layer.isValid(), 'count': layer.featureCount()}
capabilities = layer.dataProvider().capabilities()
answer['can'] = {name: bool(capabilities & getattr(QgsVectorDataProvider, name)) for name in ('AddFeatures', 'DeleteFeatures', 'ChangeAttributeValues', 'ChangeGeometries')}
features = sorted(layer.getFeatures(), key=lambda f: f['id'])
first, second, third = features[:3]
def identify(place):
  box = QgsRectangle(place.x() - 0.01, place.y() - 0.01, place.x() + 0.01, place.y() + 0.01)
  return [f['id'] for f in layer.getFeatures(QgsFeatureRequest(box))]
place = first.geometry().asPoint()
answer['identified'] = identify(place)
answer['first'] = first['id']
species = second['species']
layer.setSubsetString('"species" = \\'' + species + '\\'')
answer['filtered'] = [layer.featureCount(), len([f for f in features if f['species'] == species])]
layer.setSubsetString('')
layer.startEditing()
layer.changeAttributeValue(first.id(), layer.fields().indexOf('species'), 'dąb „Bartek” & syn')
layer.changeGeometry(second.id(), QgsGeometry.fromPointXY(QgsPointXY(place.x() + 1, place.y() + 2)))
layer.deleteFeature(third.id())
new = QgsFeature(layer.fields())
new['id'] = 'Q-' + version
new['species'] = 'wierzba'
new['height_m'] = 3.5
new.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(place.x() + 3, place.y() + 4)))
layer.addFeature(new)
answer['committed'] = layer.commitChanges()
answer['errors'] = layer.commitErrors()
answer['ids'] = [first['id'], second['id'], third['id']]
answer['place'] = [place.x(), place.y()]
again = {f['id']: f for f in open_layer(credentials).getFeatures()}
answer['after'] = {id: [again[id]['species'], again[id].geometry().asPoint().x(), again[id].geometry().asPoint().y()] for id in answer['ids'] + ['Q-' + version] if id in again}
public = open_layer({})
public.startEditing()
public.deleteFeature(next(public.getFeatures()).id())
answer['publicCommitted'] = public.commitChanges()`;

interface Answer {
  readonly valid: boolean;
  readonly count: number;
  readonly can: Readonly<Record<string, boolean>>;
  readonly identified: readonly string[];
  readonly first: string;
  readonly filtered: readonly [number, number];
  readonly committed: boolean;
  readonly errors: readonly string[];
  readonly ids: readonly [string, string, string];
  readonly place: readonly [number, number];
  readonly after: Readonly<Record<string, readonly [string, number, number]>>;
  readonly publicCommitted: boolean;
}

describe.skipIf(!HAS_QGIS)(`QGIS${QGIS_NOTE}`, () => {
  let service: WholeService;
  beforeAll(async () => {
    service = await startWholeService();
  }, 120_000);
  afterAll(() => service.close());

  it('edits trees by WFS-T and sees what it has changed; nobody without an account does', async () => {
    const version = 'auto';
    const [name = '', password = ''] = Buffer.from(
      service.staff['authorization']?.replace('Basic ', '') ?? '',
      'base64',
    )
      .toString()
      .split(':');
    const answer = await askQgis<Answer>(SCRIPT, [service.url, version, name, password]);
    expect(answer.valid).toBe(true);
    expect(Object.values(answer.can)).toEqual([true, true, true, true]);
    expect(answer.identified).toContain(answer.first);
    expect(answer.filtered[0]).toBe(answer.filtered[1]);
    expect(answer.filtered[0]).toBeLessThan(answer.count);
    expect([answer.committed, answer.errors.filter((line) => line.startsWith('ERROR'))]).toEqual([true, []]);
    const [changed, moved, deleted] = answer.ids;
    const [x, y] = answer.place;
    expect(answer.after[changed]).toEqual(['dąb „Bartek” & syn', x, y]);
    expect(answer.after[moved]?.slice(1)).toEqual([x + 1, y + 2]);
    expect(answer.after[deleted]).toBeUndefined();
    expect(answer.after[`Q-${version}`]).toEqual(['wierzba', x + 3, y + 4]);
    expect(answer.publicCommitted).toBe(false);
  });
});
