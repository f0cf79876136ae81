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
import { MINUTE, clamp } from './geometry';

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
  /** Its share of the width: more where bookings stand side by side. */
  share: number;
  /** Its least width in pixels, while all columns have room for theirs. */
  least: number;
  cards: CardView[];
  bars: BarView[];
  buffers: BufferView[];
  marks: MarkView[];
  folds: FoldView[];
}

/** What a letter of a title adds to the share of its column, what surrounds the title, and what
 * surrounds the cards: hundredths are about pixels in a window that shows a week. */
const LETTER_SHARE = 0.063;
const CARD_SHARE = 0.22;
const GUTTER_SHARE = 0.15;
/** The marked corner of a conflict. */
const CORNER_SHARE = 0.06;
/** Longer words are not waited for; shorter ones leave room for the time. */
const LETTERS = [6, 13] as const;
const LEAST_SHARE = 0.8;
/** Minutes: a shorter card has one line, in which a long word has no room anyway. */
const TWO_LINES = 45;
/** What is left to a column without bookings. */
const EMPTY_SHARE = 0.55;
const EMPTY_WEEKEND_SHARE = 0.46;
const CRAMPED_WEEKEND_SHARE = 0.34;

/** Pixels: room for a short name above a column; for the name of a day above its only column. */
const LEAST = 50;
const LEAST_WEEKEND = 42;
const LEAST_CRAMPED = 30;
const LEAST_DAY = 64;

/** Pixels: room for a code in a lane, and what surrounds the lanes. */
const LEAST_LANE = 42;
const LEAST_GUTTER = 20;

export function shownDays(week: Week, weekend: boolean): number[] {
  return week.days.flatMap((day, index) => (weekend || !day.isWeekend ? [index] : []));
}

export function layout(week: Week, weekend: boolean, cramped = false, only: string[] = [], narrow = false): Column[] {
  const environments = shownEnvironments(week, only);
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
  const all = [...columns.values()];
  const anything = all.some((column) => !isFree(column));
  for (const column of all) {
    column.share = shareOf(column, anything, cramped);
    column.least = Math.max(leastOf(column, cramped), environments.length === 1 ? LEAST_DAY : 0, narrow ? codesOf(column) : 0);
  }
  return all;
}

/** Pixels from a column's left to its cards: marks of conflicts stand before them. */
export function cardsLeft(column: Column): number {
  return column.marks.length ? 9 : 2;
}

/** Pixels that a column's cards have. Some are kept free at the right, so that there is always a place to begin a drag. */
export function cardsRoom(column: Column, width: number): number {
  return Math.max(12, width - cardsLeft(column) - 6);
}

function isFree({ cards, bars }: Column): boolean {
  return cards.length + bars.length === 0;
}

/** Free columns give their room to those where several bookings stand side by side, as far as
 * the words of their titles ask for it. */
function shareOf(column: Column, anything: boolean, cramped: boolean): number {
  if (!isFree(column)) return Math.max(LEAST_SHARE, ...column.cards.map(needOf));
  if (column.day.change) return 1;
  if (column.day.isWeekend) return cramped ? CRAMPED_WEEKEND_SHARE : EMPTY_WEEKEND_SHARE;
  return anything ? EMPTY_SHARE : 1;
}

function needOf({ block, occurrence, conflict }: CardView): number {
  if (block.end - block.start < TWO_LINES) return (LEAST_SHARE * block.lanes) / block.span;
  const longest = Math.max(...occurrence.title.split(/\s+/).map((word) => word.length));
  return (block.lanes / block.span) * (clamp(longest, ...LETTERS) * LETTER_SHARE + CARD_SHARE + (conflict ? CORNER_SHARE : 0)) + GUTTER_SHARE;
}

function leastOf(column: Column, cramped: boolean): number {
  if (!column.day.isWeekend || !isFree(column)) return LEAST;
  return cramped ? LEAST_CRAMPED : LEAST_WEEKEND;
}

/** Pixels in which each lane has room for the code of its team, also squeezed. */
function codesOf({ cards }: Column): number {
  return Math.max(0, ...cards.map(({ block }) => (block.lanes / block.span) * LEAST_LANE + LEAST_GUTTER));
}

/** Those not hidden, or of them the chosen ones. */
export function shownEnvironments(week: Week, only: string[]): Environment[] {
  const shown = week.environments.filter((environment) => !environment.hidden);
  const chosen = shown.filter((environment) => only.includes(environment.id));
  return chosen.length ? chosen : shown;
}

export function columnKey(day: number, environmentId: string): string {
  return `${day}/${environmentId}`;
}

function empty(key: string, dayIndex: number, day: Day, environment: Environment): Column {
  return {
    key, dayIndex, day, environment, firstOfDay: false, lastOfDay: false,
    share: 1, least: LEAST, cards: [], bars: [], buffers: [], marks: [], folds: [],
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
    const column = columnKey(fold.day, fold.environmentId);
    columns.get(column)?.folds.push({
      key: `${column}+${fold.start}`, start: fold.start, end: fold.end,
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
