// A week as a picture of one A4 page on its side: shapes, drawn by whoever prints or copies them.
import type { Week } from '$lib/bindings/Week';
import { say } from '$lib/messages';
import type { Formats } from '$lib/time/format';
import type { CardView, Column } from '$lib/week/columns';
import { lane, spans } from '$lib/week/geometry';

export type Shape =
  | { kind: 'rect'; x: number; y: number; width: number; height: number; fill: string; line?: string; dashed?: boolean }
  | { kind: 'text'; x: number; y: number; text: string; size: number; weight: number; fill: string };

/** How wide a text is. */
export type Measure = (text: string, size: number, weight: number) => number;

/** A4 at 96 pixels to the inch, without its margins of 8 mm. */
export const PAGE = { width: 1062, height: 733 };

const INK = '#1b1f27';
const MUTED = '#535b69';
const LINE = '#dfe3e9';
const STRONG = '#9aa2ae';
const OVERLAP = '#a14600';
const AXIS = 40;
const HEAD = 30;
const BAR = 16;
const FOOT = 22;

export interface Sheet {
  week: Week;
  columns: Column[];
  formats: Formats;
  /** The colour of each team's index. */
  colours: string[];
  measure: Measure;
}

export function sheet(sheet: Sheet): Shape[] {
  const { columns, formats } = sheet;
  const first = columns[0];
  const last = columns.at(-1);
  if (!first || !last) return [];
  const across = spans(PAGE.width - AXIS, columns.map(({ share }) => ({ share, least: 24 }))).map((span) => ({ ...span, left: span.left + AXIS }));
  const lines = Math.max(0, ...columns.flatMap((column) => column.bars.map((view) => view.bar.line + 1)));
  const top = 28 + HEAD + lines * BAR + 4;
  const bottom = PAGE.height - FOOT;
  const hours = hoursOf(columns);
  const y = (minute: number) => top + ((clampTo(minute, hours) - hours.from) / (hours.to - hours.from)) * (bottom - top);
  return [
    { kind: 'rect', x: 0, y: 0, ...PAGE, fill: '#ffffff' },
    text(0, 18, formats.range(first.day.date, last.day.date), 17, 650),
    text(PAGE.width - sheet.measure(say.app.name, 12, 600), 18, say.app.name, 12, 600, MUTED),
    ...axis(sheet, hours, y),
    ...columns.flatMap((column, i) => drawn(sheet, column, across[i]!, { top, bottom, y })),
    ...legend(sheet),
  ];
}

interface Hours { from: number; to: number }
interface Room { left: number; width: number }
interface Frame { top: number; bottom: number; y: (minute: number) => number }

const clampTo = (minute: number, { from, to }: Hours) => Math.min(Math.max(minute, from), to);

/** The working hours, and all in which something is booked: whole hours of the longest day. */
function hoursOf(columns: Column[]): Hours {
  const cards = columns.flatMap((column) => column.cards.map((view) => view.block));
  const folds = columns.flatMap((column) => column.folds);
  const starts = [...cards, ...folds].map((one) => one.start);
  const ends = [...cards, ...folds].map((one) => one.end);
  const work = columns.filter(({ day }) => day.workEnd > day.workStart).map(({ day }) => day);
  const from = Math.min(8 * 60, ...starts, ...work.map((day) => day.workStart));
  const to = Math.max(18 * 60, ...ends, ...work.map((day) => day.workEnd));
  return { from: Math.floor(from / 60) * 60, to: Math.ceil(to / 60) * 60 };
}

function axis({ columns, formats, measure }: Sheet, hours: Hours, y: Frame['y']): Shape[] {
  const usual = columns.find(({ day }) => day.minutes === 1440) ?? columns[0]!;
  return usual.day.hours.filter(({ minute }) => minute >= hours.from && minute < hours.to).flatMap(({ minute, hour }) => {
    const name = formats.hour(hour);
    return [
      { kind: 'rect', x: AXIS, y: y(minute), width: PAGE.width - AXIS, height: 0.5, fill: LINE } as const,
      text(AXIS - 5 - measure(name, 9, 400), y(minute) + (minute === hours.from ? 9 : 3), name, 9, 400, MUTED),
    ];
  });
}

function drawn(sheet: Sheet, column: Column, { left, width }: Room, { top, bottom, y }: Frame): Shape[] {
  const { measure, formats, colours } = sheet;
  const shapes: Shape[] = [
    { kind: 'rect', x: left, y: column.firstOfDay ? 28 : 28 + 15, width: column.firstOfDay ? 1 : 0.5, height: bottom - 28 - (column.firstOfDay ? 0 : 15), fill: column.firstOfDay ? STRONG : LINE },
    text(left + 4, 28 + 26, fitted(column.environment.name, width - 6, 9, measure), 9, 600, MUTED),
  ];
  const day = formats.dayName(column.day.date);
  if (column.firstOfDay) shapes.push(text(left + 4, 28 + 12, `${day.weekday} ${day.day}`, 12, 650));
  for (const { bar, occurrence, team, first } of column.bars) {
    const at = 28 + HEAD + bar.line * BAR;
    const colour = colours[(team?.colour ?? 7) % 10]!;
    shapes.push({ kind: 'rect', x: left + 1, y: at, width: width - 1, height: BAR - 2, fill: tint(colour) });
    if (first || column.dayIndex === 0) shapes.push(text(left + 4, at + 10.5, fitted(`${team?.code ?? '?'} ${occurrence.title}`, width - 6, 9, measure), 9, 500));
  }
  for (const view of column.cards) shapes.push(...card(sheet, view, { left: left + 6, width: width - 8 }, { top, bottom, y }));
  for (const { mark, conflict } of column.marks) {
    if (conflict.accepted || conflict.severity === 'info') continue;
    for (let at = y(mark.start); at < y(mark.end); at += 4) shapes.push({ kind: 'rect', x: left + 1.5, y: at, width: 3.5, height: Math.min(2, y(mark.end) - at), fill: OVERLAP });
  }
  for (const fold of column.folds) shapes.push(text(left + width - 22, y(fold.end) - 3, `+${fold.occurrences.length}`, 9, 650, MUTED));
  return shapes;
}

function card({ colours, measure }: Sheet, { block, occurrence, team, conflict }: CardView, room: Room, { y }: Frame): Shape[] {
  const place = lane(room.width, block.lane, block.lanes, block.span);
  const x = room.left + place.left;
  const at = y(block.start);
  const height = Math.max(y(block.end) - at - 1, 6);
  const colour = colours[(team?.colour ?? 7) % 10]!;
  const shapes: Shape[] = [
    { kind: 'rect', x, y: at, width: place.width, height, fill: tint(colour), line: conflict ? OVERLAP : mixed(colour, 0.6), dashed: occurrence.status === 'tentative' },
    { kind: 'rect', x, y: at, width: 3, height, fill: colour },
  ];
  const rows = Math.floor((height - 2) / 11);
  const said = [
    ...wrapped(`${team?.code ?? '?'} ${occurrence.title || say.week.untitled}`, place.width - 8, 9, measure),
    ...(conflict ? wrapped(say.conflict.words[conflict.kind], place.width - 8, 9, measure) : []),
    ...wrapped(occurrence.time, place.width - 8, 9, measure),
  ];
  said.slice(0, Math.max(rows, height >= 10 ? 1 : 0)).forEach((words, i) => {
    shapes.push(text(x + 6, at + 9.5 + i * 11, words, 9, i === 0 ? 650 : 450));
  });
  return shapes;
}

/** Every team by its code and name, for those who print without colours. */
function legend({ week, columns, colours, measure }: Sheet): Shape[] {
  const shown = new Set(columns.flatMap((column) => [...column.cards, ...column.bars].map((view) => view.occurrence.teamId)));
  let x = AXIS;
  return week.teams.filter((team) => shown.has(team.id)).flatMap((team): Shape[] => {
    const words = `${team.code} ${team.name}`;
    const at = x;
    x += measure(words, 10, 500) + 30;
    if (x > PAGE.width) return [];
    return [
      { kind: 'rect', x: at, y: PAGE.height - 13, width: 10, height: 10, fill: colours[team.colour % 10]! },
      text(at + 15, PAGE.height - 4, words, 10, 500),
    ];
  });
}

function text(x: number, y: number, words: string, size: number, weight: number, fill = INK): Shape {
  return { kind: 'text', x, y, text: words, size, weight, fill };
}

/** Whole words in lines; a word without room ends it, unless it is the first. */
function wrapped(words: string, width: number, size: number, measure: Measure): string[] {
  const lines: string[] = [];
  for (const word of words.split(/\s+/).filter(Boolean)) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && measure(longer, size, 650) <= width) lines[lines.length - 1] = longer;
    else if (measure(word, size, 650) <= width) lines.push(word);
    else break;
  }
  return lines;
}

/** The text, or as many of its letters as have room. */
function fitted(words: string, width: number, size: number, measure: Measure): string {
  if (measure(words, size, 600) <= width) return words;
  let letters = Math.min(words.length - 1, 12);
  while (letters > 1 && measure(`${words.slice(0, letters)}.`, size, 600) > width) letters -= 1;
  return letters > 1 ? `${words.slice(0, letters)}.` : '';
}

const tint = (colour: string) => mixed(colour, 0.22);

/** So much of a colour on white. */
export function mixed(colour: string, share: number): string {
  const part = (at: number) => Math.round(255 - (255 - parseInt(colour.slice(at, at + 2), 16)) * share).toString(16).padStart(2, '0');
  return `#${part(1)}${part(3)}${part(5)}`;
}
