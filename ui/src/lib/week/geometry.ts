// Minutes to pixels and back. All that needs a calendar (how long a day is, where its hours
// stand, which pieces and lanes there are) comes from Rust; nothing here knows a zone.
import type { Day } from '$lib/bindings/Day';

/** Pixels of an hour: half an hour is then a 24 px target (WCAG 2.5.8). */
let hour = 48;

/** Hours take less room; what is drawn must be drawn again. */
export function compact(on: boolean): void {
  hour = on ? 36 : 48;
}

export const MINUTE = 60_000;

export function toPixels(minutes: number): number {
  return (minutes * hour) / 60;
}

export function toMinutes(pixels: number): number {
  return (pixels * 60) / hour;
}

/** The nearest multiple of `step`. */
export function snap(minutes: number, step: number): number {
  return Math.round(minutes / step) * step;
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** A stretch of one day's column. */
export interface Piece {
  /** Index into the days. */
  day: number;
  /** Minutes after the day's first instant. */
  start: number;
  end: number;
}

/** The pieces of `[start, end)`, instants, in the days that it touches. */
export function pieces(start: number, end: number, days: Day[]): Piece[] {
  const found: Piece[] = [];
  days.forEach((day, index) => {
    const from = clamp((start - day.start) / MINUTE, 0, day.minutes);
    const to = clamp((end - day.start) / MINUTE, 0, day.minutes);
    if (from < to) found.push({ day: index, start: from, end: to });
  });
  return found;
}

/** The instant at a minute of a day. */
export function instantAt(day: Day, minute: number): number {
  return day.start + minute * MINUTE;
}

/** The first instant after a day. */
export function endOf(day: Day): number {
  return instantAt(day, day.minutes);
}

/** What the wall clock shows at a minute of a day, in minutes since 00:00. */
export function wallMinute(minute: number, { change }: Day): number {
  return change && minute >= change.minute ? minute + change.by : minute;
}

/**
 * The minute of another day at which its wall clock shows the same time. A time that the other
 * day leaves out moves on by the gap; one that it shows twice is the first.
 */
export function sameClock(minute: number, from: Day, { change }: Day): number {
  const wall = wallMinute(minute, from);
  return change && wall >= change.minute + Math.max(change.by, 0) ? wall - change.by : wall;
}

/** The hours of the axis: those of the first day without a clock change. */
export function axisHours(days: Day[]): Day['hours'] {
  return (days.find((day) => !day.change) ?? days[0])?.hours ?? [];
}

/** The height of the grid: that of its longest day. */
export function gridMinutes(days: Day[]): number {
  return Math.max(0, ...days.map((day) => day.minutes));
}

/** Which of the columns, given their right edges, a point falls into. */
export function columnAt(x: number, rights: number[]): number {
  const found = rights.findIndex((right) => x < right);
  return found < 0 ? rights.length - 1 : found;
}

/** Which rows of equal height a window of `height` shows, with some to spare on both sides. */
export function visibleRows(scroll: number, height: number, row: number, count: number): [number, number] {
  const spare = 8;
  const first = clamp(Math.floor(scroll / row) - spare, 0, count);
  const last = clamp(Math.ceil((scroll + height) / row) + spare, 0, count);
  return [first, last];
}

/** A column's place across, in whole pixels. */
export interface Span {
  left: number;
  width: number;
}

/** How much all least widths shrink before the week scrolls sideways instead. */
const SQUEEZED = 0.77;

/**
 * Columns by their shares of a width, on whole pixels, none below its least; wider than the window
 * where even the least have no room.
 */
export function spans(width: number, columns: { share: number; least: number }[]): Span[] {
  const least = columns.reduce((sum, column) => sum + column.least, 0);
  const squeeze = clamp(width / least, SQUEEZED, 1);
  const widths = columns.map((column) => column.least * squeeze);
  const wide = growing(width, columns, widths);
  const rest = width - widths.reduce((sum, each, i) => (wide.has(i) ? sum : sum + each), 0);
  const shares = [...wide].reduce((sum, i) => sum + columns[i]!.share, 0);
  let at = 0;
  return columns.map((column, i) => {
    const left = Math.round(at);
    at += wide.has(i) ? (rest * column.share) / shares : widths[i]!;
    return { left, width: Math.round(at) - left };
  });
}

/** Those that get more than their least when they share what the others leave. */
function growing(width: number, columns: { share: number }[], least: number[]): Set<number> {
  const wide = new Set(columns.keys());
  for (;;) {
    const taken = least.reduce((sum, each, i) => (wide.has(i) ? sum : sum + each), 0);
    const shares = [...wide].reduce((sum, i) => sum + columns[i]!.share, 0);
    const narrow = [...wide].filter((i) => ((width - taken) * columns[i]!.share) / shares < least[i]!);
    if (narrow.length === 0) return wide;
    for (const i of narrow) wide.delete(i);
  }
}

/** A lane's place inside the room of its column. */
export function lane(room: number, at: number, of: number, covers: number): Span {
  const left = Math.round((room * at) / of);
  const right = Math.round((room * Math.min(at + covers, of)) / of);
  return { left, width: right - left - (at + covers < of ? 2 : 0) };
}
