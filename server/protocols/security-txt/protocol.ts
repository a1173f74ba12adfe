/** `/.well-known/security.txt`: whom to tell of a weakness (RFC 9116). */
import { notFound } from '../../../core/errors.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol } from '../../http/protocol.ts';

const PATH = '/.well-known/security.txt';
const DAY_MS = 86_400_000;
/** The contact is that of the running service: it is as new as the day. RFC 9116, 2.5.5, asks for less than a year. */
const VALID_DAYS = 180;

/** @param contact `mailto:`, `tel:` or `https:` address; undefined = the service names nobody */
export function securityTxt(contact: string | undefined): Protocol {
  return {
    name: 'security-txt',
    prefix: PATH,
    explain: explainAsProblem,
    routes: [{ method: 'GET', path: PATH, handle: (ask) => reply(contact, ask) }],
  };
}

function reply(contact: string | undefined, { publicUrl }: Ask) {
  if (contact === undefined) {
    throw notFound(
      'This service names no contact for weaknesses; its operator sets SECURITY_CONTACT',
      'path',
    );
  }
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const lines = [
    `Contact: ${contact}`,
    `Expires: ${new Date(today + VALID_DAYS * DAY_MS).toISOString()}`,
    'Preferred-Languages: pl, en',
    ...(publicUrl.startsWith('https:') ? [`Canonical: ${publicUrl}${PATH}`] : []),
  ];
  return {
    status: 200,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=86400' },
    body: `${lines.join('\r\n')}\r\n`,
  };
}
