// The days as a list: what is on each of them, in order.
import type { Day } from '$lib/bindings/Day';
import type { Occurrence } from '$lib/bindings/Occurrence';
import { endOf } from '$lib/week/geometry';

export interface AgendaDay {
  day: Day;
  entries: { occurrence: Occurrence; began: boolean }[];
}

/** What touches each day, whole days first, then by start. `began` says that it started before. */
export function agenda(days: Day[], occurrences: Occurrence[]): AgendaDay[] {
  return days.map((day) => {
    const end = endOf(day);
    const entries = occurrences
      .filter((one) => one.start < end && (one.end > day.start || one.start === day.start))
      .map((occurrence) => ({ occurrence, began: occurrence.start < day.start }))
      .sort((a, b) => rank(a) - rank(b) || a.occurrence.start - b.occurrence.start);
    return { day, entries };
  });
}

function rank({ occurrence, began }: { occurrence: Occurrence; began: boolean }): number {
  if (occurrence.allDay) return 0;
  return began ? 1 : 2;
}
