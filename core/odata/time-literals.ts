import { invalidParameter } from '../errors.ts';

/** A moment; without a zone it is UTC. Years 1 to 9999, and days that there are. */
export function readMoment(text: string, parameter: string): Date {
  // A plus sign of an address is a blank when it arrives.
  const plain = text.replace(' ', '+').replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
  const moment = new Date(/(?:Z|[+-]\d\d:\d\d)$/.test(plain) ? plain : `${plain}Z`);
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  const isDay = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text.slice(0, 10));
  if (isDay && !Number.isNaN(moment.getTime()) && moment.getUTCFullYear() > 0) return moment;
  throw invalidParameter(parameter, `${text} is no moment; write one as 2026-06-01T10:00:00Z`);
}

/** `hh:mm:ss` */
export function readTime(text: string, parameter: string): string {
  const [hour = 0, minute = 0, second = 0] = text.split(':').map(Number);
  if (hour < 24 && minute < 60 && second < 60) return text;
  throw invalidParameter(parameter, `${text} is no time of day`);
}

const DURATION = /^(-)?P(?:(\d{1,6})D)?(?:T(?:(\d{1,8})H)?(?:(\d{1,8})M)?(?:(\d{1,10}(?:\.\d{1,9})?)S)?)?$/;

/** Seconds of an ISO 8601 duration of days and less. */
export function readDuration(text: string, parameter: string): number {
  const [, sign, ...parts] = DURATION.exec(text) ?? [];
  if (parts.some((part) => part !== undefined)) {
    const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.map((part) => Number(part ?? 0));
    return (sign === undefined ? 1 : -1) * (((days * 24 + hours) * 60 + minutes) * 60 + seconds);
  }
  throw invalidParameter(parameter, `"${text.slice(0, 60)}" is no duration; write one as P1DT2H30M`);
}
