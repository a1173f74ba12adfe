/** Styles of every layer in other programs' languages: SLD by the schemas of OGC, SLD and QML by QGIS. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import { PARCELS } from '../../core/catalogue/parcels.ts';
import type { Ink, LayerDeclaration } from '../../core/feature/layer.ts';
import { qmlOf } from '../../core/style/qml.ts';
import { sldOf } from '../../core/style/sld.ts';
import { shapeOf, styleRules } from '../../core/style/style-rules.ts';
import { describeWithSharedData, sharedData } from '../support/shared-data.ts';
import { askQgis, HAS_QGIS, QGIS_NOTE } from './outside-qgis.ts';
import { tool } from './outside-tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'blizniak-style-'));
const at = (layer: LayerDeclaration, ending: string) => join(folder, `${layer.name}.${ending}`);
beforeAll(() => {
  for (const layer of REGISTERS) {
    writeFileSync(at(layer, 'sld'), sldOf(layer, 'pl'));
    writeFileSync(at(layer, 'qml'), qmlOf(layer, 'pl'));
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

/**
 * The schema of documents of styles. libxml2 reads a schema twice that is named by its address and by its place, and
 * stumbles over it: here all are named by their place. What is left out describes requests, not documents.
 */
function sldSchema(): string {
  const root = sharedData('ogc-schemas', 'ogc');
  const path = join(folder, 'sld.xsd');
  const schema = readFileSync(join(root, 'sld', '1.1.0', 'StyledLayerDescriptor.xsd'), 'utf8')
    .replace('<xsd:include schemaLocation="sldAll.xsd"/>', '')
    .replaceAll('http://schemas.opengis.net', root)
    .replace('base/feature.xsd', 'base/gml.xsd');
  writeFileSync(path, schema);
  return path;
}

describeWithSharedData('the SLD of a layer', () => {
  it('is valid SLD 1.1 for every layer', async () => {
    const catalog = { XML_CATALOG_FILES: sharedData('ogc-schemas', 'catalog.xml') };
    const validate = (...files: readonly string[]) =>
      tool('xmllint', ['--nonet', '--noout', '--schema', sldSchema(), ...files], catalog);
    await validate(...REGISTERS.map((layer) => at(layer, 'sld')));
    const planted = join(folder, 'planted.sld');
    writeFileSync(planted, sldOf(PARCELS, 'pl').replaceAll('se:Halo', 'se:Hollow'));
    await expect(validate(planted)).rejects.toThrow('Hollow');
  });
});

/** What QGIS makes of both files of each layer, with a column for each property. */
const SCRIPT = `
KINDS = {'text': 'string', 'integer': 'integer', 'number': 'double', 'boolean': 'bool', 'date': 'date', 'datetime': 'datetime'}
def told(symbol):
  layers = [symbol.symbolLayer(i) for i in range(symbol.symbolLayerCount())] if symbol else []
  return [[each.layerType(), each.fillColor().name() if each.layerType() == 'SimpleMarker' else each.color().name(), each.strokeColor().name() if each.layerType() != 'SimpleLine' else each.color().name(), round(each.width(), 3) if each.layerType() == 'SimpleLine' else None] for each in layers]
answer = {}
for one in json.load(open(sys.argv[1])):
  found = {}
  for ending in ('sld', 'qml'):
    fields = ''.join('&field=%s:%s' % (name, KINDS[kind]) for name, kind in one['properties'])
    layer = QgsVectorLayer('%s?crs=EPSG:2177&field=id:string%s' % (one['geometry'], fields), one['name'], 'memory')
    message, ok = layer.loadSldStyle(one[ending]) if ending == 'sld' else layer.loadNamedStyle(one[ending])
    renderer = layer.renderer()
    if renderer.type() == 'RuleRenderer':
      rules = [[rule.label(), rule.filterExpression(), rule.minimumScale(), rule.maximumScale(), told(rule.symbol())] for rule in renderer.rootRule().children()]
    else:
      rules = [[one['title'], '', 0, 0, told(renderer.symbol())]]
    broken = [rule[1] for rule in rules if rule[1] and QgsExpression(rule[1]).hasParserError()]
    labelling = layer.labeling()
    settings = None
    if labelling and layer.labelsEnabled():
      settings = labelling.settings(labelling.subProviders()[-1])
    label = settings and {'text': settings.fieldName, 'isExpression': settings.isExpression, 'colour': settings.format().color().name(), 'scale': settings.minimumScale if settings.scaleVisibility else None}
    if labelling and labelling.type() == 'rule-based':
      label['scale'] = [rule.minimumScale() for rule in labelling.rootRule().children()][-1]
    found[ending] = {'ok': ok, 'message': message, 'rules': rules, 'broken': broken, 'label': label, 'aliases': [layer.attributeAlias(i) for i in range(1, layer.fields().count())], 'codes': {field.name(): field.editorWidgetSetup().config().get('map') for field in layer.fields() if field.editorWidgetSetup().type() == 'ValueMap'}}
  answer[one['name']] = found`;

interface Found {
  readonly ok: boolean;
  readonly message: string;
  readonly broken: readonly string[];
  readonly rules: readonly (readonly [
    label: string,
    filter: string,
    minimumScale: number,
    maximumScale: number,
    symbol: readonly (readonly [kind: string, fill: string, stroke: string, width: number | null])[],
  ])[];
  readonly label: { readonly text: string; readonly colour: string; readonly scale: number | null } | null;
  readonly aliases: readonly string[];
  readonly codes: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
}

const GEOMETRIES = { area: 'MultiPolygon', line: 'LineString', point: 'Point' } as const;

/** What has no fill has whatever colour QGIS thinks of. */
const fillOf = ({ fill, marker }: Ink) => (marker?.shape === 'cross' ? undefined : fill) ?? expect.anything();

describe.skipIf(!HAS_QGIS)(`QGIS reads the styles of every layer${QGIS_NOTE}`, () => {
  let found: Readonly<Record<string, { readonly sld: Found; readonly qml: Found }>>;
  beforeAll(async () => {
    const asked = REGISTERS.map((layer) => ({
      ...{ name: layer.name, title: layer.title.pl, geometry: GEOMETRIES[shapeOf(layer)] },
      properties: layer.properties.map(({ name, type }) => [name, type]),
      ...{ sld: at(layer, 'sld'), qml: at(layer, 'qml') },
    }));
    writeFileSync(join(folder, 'asked.json'), JSON.stringify(asked));
    found = await askQgis(SCRIPT, [join(folder, 'asked.json')]);
  }, 120_000);

  const each = REGISTERS.map((layer) => [layer.name, layer] as const);

  it.each(each)('%s: classes, scales and colours from QML and from SLD', (name, layer) => {
    const wanted = styleRules(layer).flatMap(({ title, ink, scales }) =>
      scales.map(({ minDenominator = 0, maxDenominator = 0 }) => [
        ...[title.pl, maxDenominator, minDenominator],
        ...(shapeOf(layer) === 'line' ? [ink.stroke] : [fillOf(ink), ink.stroke]),
      ]),
    );
    const seenIn = ({ rules }: Found) =>
      rules.flatMap(([label, , most, least, symbol]) => {
        const [, fill, stroke] = symbol.at(-1) ?? [];
        // A rule without a symbol is that of the label.
        return symbol.length === 0
          ? []
          : [[label, most, least, fill, ...(shapeOf(layer) === 'line' ? [] : [stroke])]];
      });
    const { sld, qml } = found[name] ?? {};
    for (const read of [sld, qml]) expect([read?.ok, read?.broken]).toEqual([true, []]);
    expect(qml && seenIn(qml)).toEqual(wanted);
    // Edges of lines are rules of their own there, below all others.
    expect(sld && seenIn(sld).slice(-wanted.length)).toEqual(wanted);
  });

  it.each(each)('%s: its label, names of columns and meanings of codes', (name, layer) => {
    const { label } = layer.style;
    const { sld, qml } = found[name] ?? {};
    const wanted = label && {
      ...{ colour: label.color, scale: label.maxScaleDenominator },
      text: expect.stringContaining(label.property),
    };
    expect(sld?.label ?? undefined).toEqual(wanted && expect.objectContaining(wanted));
    expect(qml?.label ?? undefined).toEqual(
      wanted &&
        expect.objectContaining({
          ...wanted,
          ...(label?.suffixProperty && { text: expect.stringContaining(label.suffixProperty) }),
        }),
    );
    expect(qml?.aliases).toEqual(layer.properties.map((property) => property.label.pl));
    for (const { name: column, codelist } of layer.properties) {
      expect(qml?.codes[column]).toEqual(codelist?.map(({ code, label: words }) => ({ [words.pl]: code })));
    }
  });
});
