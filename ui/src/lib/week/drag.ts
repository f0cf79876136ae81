// Where a booking goes while it is dragged: pure arithmetic on instants and minutes.
import type { Day } from '$lib/bindings/Day';
import { MINUTE, clamp, endOf, instantAt, sameClock, snap } from './geometry';

export type DragMode = 'create' | 'move' | 'start' | 'end';

/** A stretch on an environment. */
export interface Place {
  environmentId: string;
  start: number;
  end: number;
}

/** A point of the grid. */
export interface Point {
  day: Day;
  environmentId: string;
  minute: number;
}

/** How far a press may wander and still be a click, in pixels. */
export const SLACK = 4;
export const STEP = 15;
export const FINE = 5;
/** What a click without a drag books, in minutes. */
export const HOUR_LONG = 60;

/** Where the place goes when what was taken at `from` is now at `to`. */
export function dragged(mode: DragMode, was: Place, from: Point, to: Point, step: number): Place {
  const edge = instantOf(to, step);
  const least = step * MINUTE;
  switch (mode) {
    case 'create': return stretched(was, from, to, step);
    case 'move': return moved(was, from, to, step);
    case 'start': return { ...was, start: Math.min(edge, was.end - least) };
    case 'end': return { ...was, end: Math.max(edge, was.start + least) };
  }
}

function instantOf(point: Point, step: number): number {
  return instantAt(point.day, clamp(snap(point.minute, step), 0, point.day.minutes));
}

/** From where the button went down to where it is, in either direction, on one environment. */
function stretched(was: Place, from: Point, to: Point, step: number): Place {
  const anchor = instantAt(from.day, Math.floor(from.minute / step) * step);
  const edge = instantOf(to, step);
  const least = step * MINUTE;
  if (edge >= anchor) return { ...was, start: anchor, end: Math.max(edge, anchor + least) };
  return { ...was, start: edge, end: anchor + least };
}

/** The start snaps, the length stays. */
function moved(was: Place, from: Point, to: Point, step: number): Place {
  const held = instantAt(from.day, from.minute) - was.start;
  const start = instantAt(to.day, snap((instantAt(to.day, to.minute) - held - to.day.start) / MINUTE, step));
  return { environmentId: to.environmentId, start, end: start + was.end - was.start };
}

/** As `dragged`, for whole days. */
export function daysDragged(mode: DragMode, was: Place, from: Point, to: Point, days: Day[]): Place {
  const at = ({ day }: Point) => days.findIndex(({ date }) => date === day.date);
  const by = at(to) - at(from);
  if (mode === 'move') return { ...daysStepped(mode, was, by, days), environmentId: to.environmentId };
  if (mode !== 'create') return daysStepped(mode, was, by, days);
  const day = { environmentId: from.environmentId, start: from.day.start, end: endOf(from.day) };
  return daysStepped(by < 0 ? 'start' : 'end', day, by, days);
}

/** Whole days, or one of their ends, so many days later. At least one is left. */
export function daysStepped(mode: 'move' | 'start' | 'end', was: Place, by: number, days: Day[]): Place {
  const edges = [...days.map((day) => day.start), ...days.slice(-1).map(endOf)];
  // Beyond the days that are known each has 24 hours, which is near enough to tell the day.
  const later = (instant: number, n: number) => {
    const at = Math.max(0, edges.findLastIndex((edge) => edge <= instant));
    const to = edges[at + n];
    return to === undefined ? instant + n * 1440 * MINUTE : to + instant - edges[at]!;
  };
  const start = mode === 'end' ? was.start : later(was.start, by);
  const end = mode === 'start' ? was.end : later(was.end, by);
  if (start < end) return { ...was, start, end };
  return mode === 'end' ? { ...was, end: later(start, 1) } : { ...was, start: later(end, -1) };
}

/** One step by keyboard: minutes, or days at the same time of the clock. Null leaves the days shown. */
export function stepped(was: Place, minutes: number, days: number, shown: Day[]): Place | null {
  const length = was.end - was.start;
  if (days === 0) return { ...was, start: was.start + minutes * MINUTE, end: was.end + minutes * MINUTE };
  const at = shown.findIndex((day) => was.start >= day.start && was.start < endOf(day));
  const from = shown[at];
  const to = shown[at + days];
  if (!from || !to) return null;
  const start = instantAt(to, sameClock((was.start - from.start) / MINUTE, from, to));
  return { ...was, start, end: start + length };
}

/** The hour around a click. */
export function hourAt(point: Point): Place {
  const minute = Math.min(Math.floor(point.minute / 30) * 30, Math.max(0, point.day.minutes - HOUR_LONG));
  const start = instantAt(point.day, minute);
  return { environmentId: point.environmentId, start, end: start + HOUR_LONG * MINUTE };
}

export function samePlace(a: Place, b: Place): boolean {
  return a.environmentId === b.environmentId && a.start === b.start && a.end === b.end;
}
