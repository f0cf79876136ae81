// Environments in rows: where each booking stands between the first instant shown and the last,
// as fractions of that time, and in which line of its row.
import type { Conflict } from '$lib/bindings/Conflict';
import type { Environment } from '$lib/bindings/Environment';
import type { Occurrence } from '$lib/bindings/Occurrence';
import { clamp } from '$lib/week/geometry';

export interface TimelineBar {
  occurrence: Occurrence;
  from: number;
  to: number;
  /** Line of the row, from 0. */
  line: number;
  before: boolean;
  after: boolean;
}

export interface TimelineRow {
  environment: Environment;
  lines: number;
  bars: TimelineBar[];
  marks: { key: string; from: number; to: number }[];
}

export interface Range {
  start: number;
  end: number;
}

export function fraction(instant: number, { start, end }: Range): number {
  return clamp((instant - start) / (end - start), 0, 1);
}

/** `need` is the time that the words of a booking take up, so that short ones can be read too. */
export function rows(
  environments: Environment[], occurrences: Occurrence[], conflicts: Conflict[], range: Range,
  need: (occurrence: Occurrence) => number = () => 0,
): TimelineRow[] {
  return environments.map((environment) => {
    const bars = placed(occurrences.filter((one) => one.environmentId === environment.id), range, need);
    const marks = conflicts
      .filter((one) => one.environmentId === environment.id && !one.accepted && one.severity !== 'info' && touches(one, range))
      .map((one) => ({ key: `${one.id}@${one.start}`, from: fraction(one.start, range), to: fraction(one.end, range) }));
    return { environment, bars, marks, lines: Math.max(1, ...bars.map((bar) => bar.line + 1)) };
  });
}

/** Each in the first line that is free where it begins. */
function placed(occurrences: Occurrence[], range: Range, need: (occurrence: Occurrence) => number): TimelineBar[] {
  const ends: number[] = [];
  return occurrences
    .filter((one) => touches(one, range))
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .map((occurrence) => {
      const free = ends.findIndex((end) => end <= occurrence.start);
      const line = free < 0 ? ends.length : free;
      ends[line] = Math.max(occurrence.end, Math.max(occurrence.start, range.start) + need(occurrence));
      return {
        occurrence, line, from: fraction(occurrence.start, range), to: fraction(occurrence.end, range),
        before: occurrence.start < range.start, after: occurrence.end > range.end,
      };
    });
}

function touches(one: { start: number; end: number }, range: Range): boolean {
  return one.start < range.end && one.end > range.start;
}
