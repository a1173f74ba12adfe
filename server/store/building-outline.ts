/** What a body of `buildings_3d` covers, as SQL over the columns `geom` and `surface_kinds`. */
import { type Sql, trusted } from './sql.ts';

/** Most bodies have one surface of a kind, which needs no union. */
const covered = (letter: string): string => `case
  when length(surface_kinds) - length(replace(surface_kinds, ${letter}, '')) = 1
  then ST_Force2D(ST_GeometryN(geom, strpos(surface_kinds, ${letter})))
  else (select ST_Union(ST_Force2D(face.geom)) from ST_Dump(geom) as face
    where substr(surface_kinds, face.path[1], 1) = ${letter}) end`;

/** Its ground surfaces; null where nobody says which they are. */
export const GROUND: Sql = trusted(`(${covered("'G'")})`);

/** By its ground surfaces, or by its roofs where it has none. */
export const OUTLINE: Sql = trusted(
  `(case when strpos(surface_kinds, 'G') > 0 then ${covered("'G'")} else ${covered("'R'")} end)`,
);
