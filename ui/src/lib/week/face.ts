// What a card looks like at its size, worked out in one pass: a week may hold hundreds of cards,
// and each draws nothing but these words and classes.
import { say } from '$lib/messages';
import type { CardView } from './columns';
import { type Measure, LINE, cardText } from './fit';
import { lane, toPixels } from './geometry';

export interface Face {
  view: CardView;
  /** Classes and place, as their attributes. */
  looks: string;
  place: string;
  code: string;
  title: string;
  small: boolean;
  /** Pixels that code and title may take. */
  height: number;
  word: string;
  time: string;
  /** The time has the sign of a series. */
  series: boolean;
}

/** Pixels that the marked corner of a conflict takes; `.card.conflict` keeps them free. */
const CORNER = 6;

/** Where a card is in its column, in pixels. */
export function box(view: CardView, room: number): { top: number; height: number; left: number; width: number } {
  const { block } = view;
  const height = Math.max(10, toPixels(block.end - block.start) - 1);
  return { top: toPixels(block.start), height, ...lane(room, block.lane, block.lanes, block.span) };
}

/** A piece in a column that gives its cards `room` pixels; `dimmed` is left out by the filter. */
export function face(view: CardView, room: number, measure: Measure, dimmed: boolean): Face {
  const { occurrence, block, conflict } = view;
  const { top, height, left, width } = box(view, room);
  const code = codeOf(view);
  const word = conflict ? say.conflict.words[conflict.kind] : '';
  const text = cardText({ width: width - (conflict ? CORNER : 0), height }, { code, title: occurrence.title, time: occurrence.time, word }, measure);
  const looks = [
    'card', teamClass(view), occurrence.status === 'tentative' && 'tentative', !occurrence.blocks && 'free', conflict && 'conflict',
    block.continuesBefore && 'before', block.continuesAfter && 'after', height < 20 && 'low', width < 40 && 'narrow', width < 32 && 'tiny', dimmed && 'dimmed',
  ];
  return {
    view, code, title: text.title, small: text.small, height: text.lines * LINE,
    looks: looks.filter(Boolean).join(' '),
    place: `top:${top}px;height:${height}px;left:${left}px;width:${width}px`,
    word: text.word ? word : '', time: text.time ? occurrence.time : '', series: text.time && occurrence.inSeries,
  };
}

export function codeOf(view: CardView): string {
  return view.team?.code ?? '?';
}

export function teamClass(view: CardView): string {
  return `team-${(view.team?.colour ?? 7) % 10}`;
}
