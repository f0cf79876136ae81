// Six weeks of days, and in each who holds which environment.
import type { Day } from '$lib/bindings/Day';
import type { Environment } from '$lib/bindings/Environment';
import type { Occurrence } from '$lib/bindings/Occurrence';
import { agenda } from './agenda';

/** The days of the six weeks around any month. */
export const MONTH = 42;

export interface MonthLine {
  environment: Environment;
  chips: Occurrence[];
  /** How many more there are. */
  more: number;
}

export interface MonthDay {
  /** Index into the days. */
  index: number;
  day: Day;
  /** How many bookings touch it. */
  count: number;
  lines: MonthLine[];
  /** How many bookings of the environments that have no line. */
  folded: number;
}

/** Beside more than so many in a line, each has no room for its code. */
const ABREAST = 3;

/** The days by week, with at most `room` lines each, one of them for what is folded. */
export function month(days: Day[], environments: Environment[], occurrences: Occurrence[], room: number): MonthDay[][] {
  const all = agenda(days, occurrences).map(({ day, entries }, index) => {
    const held = environments
      .map((environment) => line(environment, entries.map((entry) => entry.occurrence).filter((one) => one.environmentId === environment.id)))
      .filter((one) => one.chips.length > 0);
    const lines = held.length > room ? held.slice(0, Math.max(room - 1, 0)) : held;
    const folded = held.slice(lines.length).reduce((sum, one) => sum + one.chips.length + one.more, 0);
    return { index, day, count: entries.length, lines, folded };
  });
  return Array.from({ length: Math.ceil(all.length / 7) }, (_, week) => all.slice(week * 7, week * 7 + 7));
}

function line(environment: Environment, all: Occurrence[]): MonthLine {
  const chips = all.length > ABREAST ? all.slice(0, ABREAST - 1) : all;
  return { environment, chips, more: all.length - chips.length };
}
