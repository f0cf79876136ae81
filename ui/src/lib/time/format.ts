// Instants, dates and numbers as a person reads them: in the language of the window, and as its
// region writes them where the locale is of that language.
import type { Language } from '$lib/messages';
import { civil } from './civil';

/** A date's name of the day and its number, for a column's head. */
export interface DayName {
  weekday: string;
  day: string;
}

export class Formats {
  readonly hour12: boolean;
  readonly #locale: string;

  constructor(locale: string, hour12: boolean, language: Language = 'en') {
    this.#locale = usable(locale, language);
    this.hour12 = hour12;
  }

  /** `14 – 20 September 2026`. */
  range(from: string, to: string): string {
    const format = this.#date({ day: 'numeric', month: 'long', year: 'numeric' });
    return format.formatRange(civil(from), civil(to));
  }

  /** As `range`, of the whole days between two instants. */
  days(place: { start: number; end: number }, zone: string): string {
    return this.range(...datesOf(place, zone));
  }

  /** `Thu` and `17`; the first of a month also names it. */
  dayName(date: string): DayName {
    const day = date.endsWith('-01') ? sep(this.#date({ day: 'numeric', month: 'short' }).format(civil(date))) : `${Number(date.slice(8))}`;
    return { weekday: this.weekday(date), day };
  }

  /** `Thursday, 17 September 2026`. */
  fullDate(date: string): string {
    return this.#date({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(civil(date));
  }

  /** `Thu`. */
  weekday(date: string): string {
    return this.#date({ weekday: 'short' }).format(civil(date));
  }

  /** `September 2026`. */
  month(date: string): string {
    return this.#date({ month: 'long', year: 'numeric' }).format(civil(date));
  }

  /** `09:00` of an instant in a zone. */
  clock(instant: number, zone: string): string {
    return this.#zoned(zone, { hour: this.hour12 ? 'numeric' : '2-digit', minute: '2-digit' }).format(instant);
  }

  /** `09:00–13:00`. */
  span(start: number, end: number, zone: string): string {
    return `${this.clock(start, zone)}–${this.clock(end, zone)}`;
  }

  /** `Thu 17 Sep, 09:00`. */
  moment(instant: number, zone: string): string {
    const format = this.#zoned(zone, {
      weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit',
    });
    return sep(format.format(instant));
  }

  /** `Thu 17 Sep, 09:00–13:00`; the other day too where it ends on another. */
  step(start: number, end: number, zone: string): string {
    const oneDay = dateOf(start, zone) === dateOf(end - 1, zone);
    return `${this.moment(start, zone)}–${oneDay ? this.clock(end, zone) : this.moment(end, zone)}`;
  }

  /** `CEST`, `GMT-4`. */
  zoneName(instant: number, zone: string): string {
    const parts = this.#zoned(zone, { timeZoneName: 'short' }).formatToParts(instant);
    return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
  }

  number(n: number): string {
    return n.toLocaleString(this.#locale);
  }

  /** `Thu 17 Sep 2026, 09:00–13:00`; both days where there are two. */
  when(start: number, end: number, zone: string): string {
    const format = this.#zoned(zone, {
      weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit',
    });
    return sep(format.formatRange(start, end));
  }

  /** A full hour on the axis: `09:00`, `9 am`. */
  hour(hour: number): string {
    if (!this.hour12) return `${String(hour).padStart(2, '0')}:00`;
    return `${hour % 12 || 12} ${hour < 12 ? 'am' : 'pm'}`;
  }

  #date(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    return cached(this.#locale, { ...options, timeZone: 'UTC' });
  }

  #zoned(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    return cached(this.#locale, { ...options, timeZone: zone, hourCycle: this.hour12 ? 'h12' : 'h23' });
  }
}

/**
 * `2026-09-17T09:00`: what the wall clock of a zone shows at an instant; with the offset (`+01:00`)
 * in the second pass of an hour that comes twice.
 */
export function wallOf(instant: number, zone: string): string {
  const wall = shown(instant, zone);
  if (![30, 60, 120].some((ago) => shown(instant - ago * 60_000, zone) === wall)) return wall;
  const offset = Date.parse(`${wall}Z`) - instant;
  return `${wall}${offset < 0 ? '-' : '+'}${new Date(Math.abs(offset)).toISOString().slice(11, 16)}`;
}

/** `2026-09-17`: the day of an instant in a zone. */
export function dateOf(instant: number, zone: string): string {
  return shown(instant, zone).slice(0, 10);
}

/** From the edges of whole days to well inside of them, so that no clock change makes them others. */
export const INSIDE = 11 * 3_600_000;

/** The first and the last date of a stretch of whole days. */
export function datesOf({ start, end }: { start: number; end: number }, zone: string): [first: string, last: string] {
  return [dateOf(start + INSIDE, zone), dateOf(end - INSIDE, zone)];
}

function shown(instant: number, zone: string): string {
  const parts = cached('en-CA', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit',
    hour: '2-digit', minute: '2-digit',
  }).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((p) => p.type === type)?.value ?? '00';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/** Britain's short September has four letters in some editions of the data, and three in ours. */
function sep(text: string): string {
  return text.replaceAll('Sept', 'Sep');
}

/** Making a formatter costs more than using it. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function cached(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let format = formatters.get(key);
  if (!format) formatters.set(key, (format = new Intl.DateTimeFormat(locale, options)));
  return format;
}

function usable(locale: string, language: Language): string {
  const plain = language === 'en' ? 'en-GB' : language;
  if (!locale.toLowerCase().startsWith(language)) return plain;
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(locale)[0] ?? plain;
  } catch {
    return plain;
  }
}
