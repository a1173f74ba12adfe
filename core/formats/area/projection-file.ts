/** EPSG code of each zone of PL-2000 by its meridian. */
const ZONES: Readonly<Record<string, number>> = { 15: 2176, 18: 2177, 21: 2178, 24: 2179 };

/**
 * The CRS of a `.prj` (WKT 1 or 2): by its own EPSG code, else by the parameters of the systems of Poland.
 * @returns undefined for another
 */
export function sridOfProjection(text: string): number | undefined {
  const codes = [...text.matchAll(/(?:AUTHORITY|ID)\["EPSG",\s*"?(\d+)"?\]/gi)];
  const own = /(?:AUTHORITY|ID)\["EPSG",\s*"?(\d+)"?\]\s*\]\s*$/i.exec(text.trim());
  if (own) return Number(own[1]);
  if (/^\s*(?:PROJCS|PROJCRS)/i.test(text)) {
    const parameter = (name: string) =>
      Number(new RegExp(`PARAMETER\\["${name}",\\s*(-?[\\d.]+)`, 'i').exec(text)?.[1]);
    const [meridian, scale] = [parameter('central_meridian'), parameter('scale_factor')];
    if (Math.abs(scale - 0.999923) < 1e-9) return ZONES[String(meridian)];
    if (Math.abs(scale - 0.9993) < 1e-9 && meridian === 19) return 2180;
    return /pseudo.?mercator|web_mercator|mercator_auxiliary/i.test(text) ? 3857 : undefined;
  }
  if (codes.length > 0) return undefined;
  if (/GCS_WGS_1984|"WGS.?84"/i.test(text)) return 4326;
  return /ETRS_?19?89|ETRF2000/i.test(text) ? 4258 : undefined;
}
