// The week as columns: for each day one per environment, with what is drawn in it.
import type { Bar } from '$lib/bindings/Bar';
import type { Block } from '$lib/bindings/Block';
import type { Conflict } from '$lib/bindings/Conflict';
import type { Day } from '$lib/bindings/Day';
import type { Environment } from '$lib/bindings/Environment';
import type { Mark } from '$lib/bindings/Mark';
import type { Occurrence } from '$lib/bindings/Occurrence';
import type { Team } from '$lib/bindings/Team';
import type { Week } from '$lib/bindings/Week';
import { MINUTE, clamp, clockChange } from './geometry';

/** A piece of a booking with everything that its card shows. */
export interface CardView {
  /** Stable over reloads: the occurrence and the day. */
  key: string;
  occurrence: Occurrence;
  block: Block;
  team: Team | undefined;
  conflict: Conflict | undefined;
}

export interface BarView {
  key: string;
  occurrence: Occurrence;
  bar: Bar;
  team: Team | undefined;
  /** The piece of the first day, which carries the title. */
  first: boolean;
  last: boolean;
}

/** Set-up or clean-up beside a booking. */
export interface BufferView {
  key: string;
  start: number;
  end: number;
  lane: number;
  lanes: number;
  span: number;
  team: Team | undefined;
}

export interface MarkView {
  key: string;
  mark: Mark;
  conflict: Conflict;
}

export interface FoldView {
  key: string;
  start: number;
  end: number;
  occurrences: Occurrence[];
}

export interface Column {
  key: string;
  /** Index into `Week.days`. */
  dayIndex: number;
  day: Day;
  environment: Environment;
  /** First or last column of its day. */
  firstOfDay: boolean;
  lastOfDay: boolean;
  /** Its share of the width. */
  share: number;
  cards: CardView[];
  bars: BarView[];
  buffers: BufferView[];
  marks: MarkView[];
  folds: FoldView[];
}

/** How wide a column of the weekend is beside one of a working day: with bookings,
 * without, and without where a panel takes the room. */
const WEEKEND_SHARE = 0.72;
const EMPTY_WEEKEND_SHARE = 0.54;
const CRAMPED_WEEKEND_SHARE = 0.37;

export function shownDays(week: Week, weekend: boolean): number[] {
  return week.days.flatMap((day, index) => (weekend || !day.isWeekend ? [index] : []));
}

export function layout(week: Week, weekend: boolean, cramped = false): Column[] {
  const environments = week.environments.filter((environment) => !environment.hidden);
  const columns = new Map<string, Column>();
  for (const index of shownDays(week, weekend)) {
    environments.forEach((environment, i) => {
      const key = columnKey(index, environment.id);
      columns.set(key, {
        ...empty(key, index, week.days[index]!, environment),
        firstOfDay: i === 0,
        lastOfDay: i === environments.length - 1,
      });
    });
  }
  fill(week, columns);
  const busy = [...columns.values()].some(({ day, cards, bars }) => day.isWeekend && cards.length + bars.length > 0);
  const share = busy ? WEEKEND_SHARE : cramped ? CRAMPED_WEEKEND_SHARE : EMPTY_WEEKEND_SHARE;
  for (const column of columns.values()) if (column.day.isWeekend && !clockChange(column.day)) column.share = share;
  return [...columns.values()];
}

export function columnKey(day: number, environmentId: string): string {
  return `${day}/${environmentId}`;
}

function empty(key: string, dayIndex: number, day: Day, environment: Environment): Column {
  return {
    key, dayIndex, day, environment, firstOfDay: false, lastOfDay: false,
    share: 1, cards: [], bars: [], buffers: [], marks: [], folds: [],
  };
}

function fill(week: Week, columns: Map<string, Column>): void {
  const teams = new Map(week.teams.map((team) => [team.id, team]));
  const conflicts = new Map(week.conflicts.map((conflict) => [conflict.id, conflict]));
  for (const block of week.blocks) {
    const occurrence = week.occurrences[block.occurrence];
    if (!occurrence) continue;
    const team = teams.get(occurrence.teamId);
    addBuffers(week, columns, occurrence, block, team);
    columns.get(columnKey(block.day, block.environmentId))?.cards.push({
      key: `${occurrence.key}@${block.day}`, occurrence, block, team,
      conflict: worst(occurrence, conflicts),
    });
  }
  for (const bar of week.bars) addBar(week, columns, bar, teams);
  for (const mark of week.marks) addMark(week, columns, mark);
  for (const fold of week.folds) {
    columns.get(columnKey(fold.day, fold.environmentId))?.folds.push({
      key: `${fold.start}`, start: fold.start, end: fold.end,
      occurrences: fold.occurrences.flatMap((index) => week.occurrences[index] ?? []),
    });
  }
}

function worst(occurrence: Occurrence, conflicts: Map<string, Conflict>): Conflict | undefined {
  const open = occurrence.conflicts.flatMap((id) => conflicts.get(id) ?? []).filter((c) => !c.accepted);
  return open.find((conflict) => conflict.severity === 'error') ?? open[0];
}

function addBar(week: Week, columns: Map<string, Column>, bar: Bar, teams: Map<string, Team>): void {
  const occurrence = week.occurrences[bar.occurrence];
  if (!occurrence) return;
  for (let day = bar.day; day < bar.day + bar.days; day++) {
    columns.get(columnKey(day, bar.environmentId))?.bars.push({
      key: `${occurrence.key}@${day}`, occurrence, bar, team: teams.get(occurrence.teamId),
      first: day === bar.day && !bar.continuesBefore,
      last: day === bar.day + bar.days - 1 && !bar.continuesAfter,
    });
  }
}

function addMark(week: Week, columns: Map<string, Column>, mark: Mark): void {
  const conflict = week.conflicts[mark.conflict];
  if (!conflict) return;
  columns.get(columnKey(mark.day, mark.environmentId))?.marks.push({
    key: `${conflict.id}@${mark.start}`, mark, conflict,
  });
}

/** Set-up and clean-up may reach into the day before or after. */
function addBuffers(
  week: Week, columns: Map<string, Column>, occurrence: Occurrence, block: Block, team: Team | undefined,
): void {
  const { lane, lanes, span } = block;
  const add = (name: string, from: number, to: number) => {
    for (const index of [block.day - 1, block.day, block.day + 1]) {
      const day = week.days[index];
      if (!day) continue;
      const start = clamp((from - day.start) / MINUTE, 0, day.minutes);
      const end = clamp((to - day.start) / MINUTE, 0, day.minutes);
      if (start >= end) continue;
      columns.get(columnKey(index, block.environmentId))?.buffers.push({
        key: `${occurrence.key}@${block.day}${name}`, start, end, lane, lanes, span, team,
      });
    }
  };
  if (occurrence.setUp && !block.continuesBefore) {
    add('before', occurrence.start - occurrence.setUp * MINUTE, occurrence.start);
  }
  if (occurrence.cleanUp && !block.continuesAfter) {
    add('after', occurrence.end, occurrence.end + occurrence.cleanUp * MINUTE);
  }
}

/** Lines of the all-day row. */
export function barLines(columns: Column[]): number {
  return Math.max(0, ...columns.flatMap((column) => column.bars.map((view) => view.bar.line + 1)));
}
