import { createCanvas, loadImage } from '@napi-rs/canvas';
import decodeQR from 'qr/decode.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asTwinError } from '../../../core/errors.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { fill } from '../../../test/support/filled-database.ts';
import { flatGround } from '../../../test/support/flat-ground.ts';
import { runModelHere } from '../../../test/support/run-model-here.ts';
import { SAMPLE_ORIGIN, sampleFeatures, sampleParcelId } from '../../../test/support/sample-city.ts';
import { makePicture } from '../../../tiles/picture/picture-maker.ts';
import { ANONYMOUS, type Identity } from '../../access/identity.ts';
import { documentWriter } from '../../documents/document-writer.ts';
import { geoPackages } from '../../geopackage/geo-packages.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import { DOCUMENT_FORMATS } from '../../services/documents.ts';
import { storeCatalogue } from '../../store/catalogue.ts';
import { storeDossiers } from '../../store/dossier/dossiers.ts';
import { postgisSource } from '../../store/features.ts';
import { layersOf } from '../../store/layers.ts';
import { postgisMaps } from '../../store/map-geometry.ts';
import { storeParcelChecks } from '../../store/parcel-checks.ts';
import { relationFor } from '../../store/relation.ts';
import { parcelDocuments } from './protocol.ts';

const STAFF: Identity = { who: 'anna', roles: ['public', 'staff'] };
const PARCEL = sampleParcelId(3);
const NO_SCENARIO = { read: () => Promise.reject(new Error('there are no scenarios here')) };

describe('the documents of a parcel', () => {
  let database: TestDatabase;
  let read: (document: string, query?: string, who?: Identity, parcel?: string) => Promise<Reply>;
  let post: (format: string, body: object | string, type?: string) => Promise<Reply>;
  const text = async (document: string, query?: string): Promise<string> =>
    String((await read(document, query)).body);

  beforeAll(async () => {
    database = await testDatabase();
    await fill(database.pool, sampleFeatures(6));
    const { pool } = database;
    const layers = layersOf(pool);
    const catalogue = storeCatalogue(pool, layers);
    const services = {
      catalogue,
      parcelChecks: storeParcelChecks(pool, layers, NO_SCENARIO, flatGround(undefined), runModelHere),
      dossiers: storeDossiers({
        poolFor: () => pool,
        layers,
        catalogue,
        sensors: { overview: async () => [] },
      }),
      featuresFor: (view: Ask['view']) => postgisSource(pool, layers, (layer) => relationFor(layer, view)),
      maps: (view: Ask['view']) => postgisMaps(pool, view),
      pictures: { make: async (order: Parameters<typeof makePicture>[0]) => makePicture(order) },
      documents: documentWriter,
      geoPackages,
    };
    const protocol = parcelDocuments(services, { name: { pl: 'Poznań', en: 'Poznań' }, srid: 2177 });
    const answered = async (ask: Ask, path: string): Promise<Reply> => {
      const route = protocol.routes.find((each) => each.path.endsWith(path) && each.method === ask.method);
      try {
        return await Promise.resolve(route?.handle(ask) ?? Promise.reject(new Error(`no ${path}`)));
      } catch (error) {
        return protocol.explain(asTwinError(error), ask);
      }
    };
    read = async (document, query = 'lang=pl', who = ANONYMOUS, parcel = PARCEL) => {
      const ask: Ask = {
        method: 'GET',
        path: `/api/parcels/${parcel}/${document}`,
        route: { parcel },
        query: new URLSearchParams(query),
        headers: {},
        body: new Uint8Array(),
        view: { who },
        signal: new AbortController().signal,
        requestId: 'test',
        publicUrl: 'https://twin.example',
      };
      return answered(ask, `:parcel/${document}`);
    };
    post = (format, body, type = 'application/json') =>
      answered(
        {
          ...{
            method: 'POST',
            path: `/api/checks/report.${format}`,
            route: {},
            headers: { 'content-type': type },
            requestId: 'test',
          },
          query: new URLSearchParams('lang=pl'),
          body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
          view: { who: ANONYMOUS },
          signal: new AbortController().signal,
          publicUrl: 'https://twin.example/at/2026-01-01',
        },
        `/checks/report.${format}`,
      );
  });
  afterAll(() => database.drop());

  it('show the parcel from the air, its own house in a colour of its own', async () => {
    const [first, again, unknown] = [
      await read('birds-eye.png', '', ANONYMOUS, sampleParcelId(0)),
      await read('birds-eye.png', '', STAFF, sampleParcelId(0)),
      await read('birds-eye.png', '', ANONYMOUS, 'nowhere'),
    ];
    expect([first.status, first.headers['content-type'], unknown.status]).toEqual([200, 'image/png', 404]);
    expect(Buffer.from(first.body as Uint8Array).equals(Buffer.from(again.body as Uint8Array))).toBe(true);
    const picture = await loadImage(Buffer.from(first.body as Uint8Array));
    const canvas = createCanvas(picture.width, picture.height).getContext('2d');
    canvas.drawImage(picture, 0, 0);
    const { data } = canvas.getImageData(0, 0, picture.width, picture.height);
    const isNear = (at: number, colour: readonly number[]) =>
      colour.every((part, n) => Math.abs((data[at + n] ?? 0) - part) < 30);
    let [meant, red] = [0, 0];
    for (let at = 0; at < data.length; at += 4) {
      if (isNear(at, [210, 122, 37])) meant++;
      if (isNear(at, [192, 24, 42])) red++;
    }
    expect(meant).toBeGreaterThan(1_000);
    expect(red).toBeGreaterThan(300);
  });

  it('are the same bytes for the same data and law, for residents and for staff', async () => {
    for (const document of ['report', 'extract'].flatMap((name) =>
      DOCUMENT_FORMATS.map((format) => `${name}.${format}`),
    )) {
      const [first, again, staff] = [
        await read(document),
        await read(document),
        await read(document, 'lang=pl', STAFF),
      ];
      expect(first.status, document).toBe(200);
      expect(Buffer.from(first.body as Uint8Array).equals(Buffer.from(again.body as Uint8Array))).toBe(true);
      expect(Buffer.from(first.body as Uint8Array).equals(Buffer.from(staff.body as Uint8Array))).toBe(true);
    }
  });

  it('say first what was not assessed, then a drawing to scale, in both languages', async () => {
    const polish = await text('report.html');
    expect(polish.indexOf('Czego nie oceniono')).toBeGreaterThan(0);
    expect(polish.indexOf('Czego nie oceniono')).toBeLessThan(polish.indexOf('Rysunek'));
    expect(polish).toContain('Skala 1:500.');
    expect(polish).toContain('Obszar szczególnego zagrożenia powodzią');
    const english = await text('report.html', 'lang=en&lawDate=2024-01-15');
    expect(english).toContain('What was not assessed');
    expect(english).toContain('15 January 2024');
  });

  it('hold a QR code that opens this very answer', async () => {
    const page = await text('report.html');
    const [code] = /[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}/.exec(page) ?? [];
    const pictures = [...page.matchAll(/data:image\/png;base64,([A-Za-z0-9+/=]+)/g)];
    const image = await loadImage(Buffer.from(pictures.at(-1)?.[1] ?? '', 'base64'));
    const context = createCanvas(image.width, image.height).getContext('2d');
    context.drawImage(image, 0, 0);
    const { data, width, height } = context.getImageData(0, 0, image.width, image.height);
    const address = decodeQR({ data, width, height });
    const asked = new URLSearchParams(new URL(String(address)).hash.slice(1));
    expect(Object.fromEntries(asked)).toMatchObject({ parcel: PARCEL, code, lang: 'pl' });
    expect(asked.get('at')).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(asked.get('law')).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it('tell of a list in one document, first of what was not found, with an address that opens it again', async () => {
    const ids = [sampleParcelId(1), sampleParcelId(4), '306401_1.0021.AR_10.9O'];
    const page = String((await post('html', { parcels: ids })).body);
    expect(page).toMatch(
      /Nie ma takich działek.*306401_1\.0021\.AR_10\.9O.*Wynik w skrócie.*Czego nie oceniono/s,
    );
    expect(page).toMatch(/\(2 z 2 działek\)/);
    expect(String((await post('html', `id_dzialki\r\n${ids.join('\r\n')}\r\n`, 'text/csv')).body)).toBe(page);
    for (const id of ids.slice(0, 2)) expect(page).toContain(`<h2>${id}</h2>`);
    const address = /https:\/\/twin\.example\/#[^<"\s]+/.exec(page)?.[0].replaceAll('&amp;', '&') ?? '';
    const { list, law, code } = Object.fromEntries(new URLSearchParams(address.split('#')[1]));
    expect(list?.split(',')).toEqual(ids);
    expect([law, code]).toEqual([
      expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      expect.stringMatching(/^[\dA-F-]{14}$/),
    ]);
    for (const format of DOCUMENT_FORMATS) {
      const [one, two] = [await post(format, { parcels: ids }), await post(format, { parcels: ids })];
      expect(Buffer.from(one.body as Uint8Array).equals(Buffer.from(two.body as Uint8Array)), format).toBe(
        true,
      );
    }
  });

  it('tell of a drawn area as of a parcel, by its corners', async () => {
    const { easting: e, northing: n } = SAMPLE_ORIGIN;
    const ring = [
      [e, n],
      [e + 30, n],
      [e + 30, n + 20],
      [e, n + 20],
      [e, n],
    ];
    const page = String((await post('html', { geometry: { type: 'Polygon', coordinates: [ring] } })).body);
    expect(page).toContain('<h1>Sprawdzenie narysowanego obszaru</h1>');
    expect(page).toContain('granica obszaru');
    expect(page).toMatch(/600 ± [\d,]+ m²/);
    expect(page).toContain(`area=${e},${n};${e + 30},${n};${e + 30},${n + 20};${e},${n + 20}&amp;law=`);
    expect(page).not.toContain('drawn');
  });

  it('open a building again as a building, with the code of its ground too', async () => {
    const page = String((await post('html', { buildings: ['306401_1.0021.4.1_BUD'] })).body);
    expect(page).toContain('building=306401_1.0021.4.1_BUD&amp;law=');
  });

  it('say so when no parcel of a list is there', async () => {
    expect(await post('pdf', { parcels: ['nothing'] })).toMatchObject({ status: 404 });
    expect(await post('pdf', {})).toMatchObject({ status: 400 });
  });

  it('tell of a plan that nobody has loaded that nothing is known, not that there is none', async () => {
    const page = await text('extract.html');
    expect(page).toContain('Nie wczytano:');
    expect(page).toContain('nic nie wiadomo');
  });

  it('are not there for a parcel that is not there, nor for a day that is none', async () => {
    expect(await read('report.pdf', '', ANONYMOUS, '306401_1.0021.AR_10.99')).toMatchObject({ status: 404 });
    expect(await read('report.pdf', 'lawDate=2024-02-31')).toMatchObject({ status: 400 });
  });
});
