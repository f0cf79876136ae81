// A drag under way, by pointer or by keys: where the ghost is and what it would conflict with.
import { Latest } from '$lib/app/latest';
import { backend } from '$lib/backend';
import type { Conflict } from '$lib/bindings/Conflict';
import type { Day } from '$lib/bindings/Day';
import type { Move } from '$lib/bindings/Move';
import type { Occurrence } from '$lib/bindings/Occurrence';
import type { Preview } from '$lib/bindings/Preview';
import type { Scope } from '$lib/bindings/Scope';
import { INSIDE } from '$lib/time/format';
import { type DragMode, type Place, type Point, FINE, STEP, dragged, daysDragged, daysStepped, samePlace, stepped } from './drag';
import { MINUTE, pieces } from './geometry';

export interface DragOutcome {
  occurrence: Occurrence | null;
  place: Place;
  mode: DragMode;
  wholeDays: boolean;
}

export class Drag {
  mode = $state<DragMode | null>(null);
  /** Whole days go by days, in the row above the hours. */
  wholeDays = $state(false);
  /** By keys: the ghost waits for Alt to be let go. */
  keyboard = $state(false);
  occurrence = $state.raw<Occurrence | null>(null);
  place = $state.raw<Place | null>(null);
  conflicts = $state.raw<Conflict[]>([]);
  /** The drop waits for an answer: this one, or all of the series. */
  asking = $state(false);

  /** Called when it is known what the place would conflict with. */
  previewed: () => void = () => {};

  #was: Place | null = null;
  #from: Point | null = null;
  readonly #team: () => string | null;
  readonly #days: () => Day[];
  readonly #previews = new Latest<Move, Preview>(
    (move) => backend.previewMove(move),
    (preview) => {
      this.conflicts = preview.conflicts.filter((conflict) => conflict.severity !== 'info');
      this.previewed();
    },
  );

  constructor(team: () => string | null, days: () => Day[]) {
    this.#team = team;
    this.#days = days;
  }

  get active(): boolean {
    return this.mode !== null;
  }

  /** Takes hold of a booking, or of free time where there is none. */
  begin(mode: DragMode, occurrence: Occurrence | null, from: Point, wholeDays = false): void {
    this.#was = occurrence ? placeOf(occurrence) : { environmentId: from.environmentId, start: 0, end: 0 };
    this.#from = from;
    this.mode = mode;
    this.wholeDays = wholeDays;
    this.keyboard = false;
    this.occurrence = occurrence;
    this.conflicts = [];
  }

  /** To another day at the same time of the clock; nowhere where that is not shown. */
  toDay(point: Point): void {
    const { occurrence } = this;
    const days = this.#days();
    const at = (one: Point) => days.findIndex(({ date }) => date === one.day.date);
    if (!occurrence || !this.#from || this.asking) return;
    const was = placeOf(occurrence);
    const by = at(point) - at(this.#from);
    const next = this.wholeDays ? daysStepped('move', was, by, days) : stepped(was, 0, by, days);
    if (next) this.#put(next);
  }

  to(point: Point, fine: boolean): void {
    if (!this.mode || !this.#was || !this.#from || this.asking) return;
    if (this.wholeDays) this.#put(daysDragged(this.mode, this.#was, this.#from, point, this.#days()));
    else this.#put(dragged(this.mode, this.#was, this.#from, point, fine ? FINE : STEP));
  }

  /** By keys: minutes, days, or to another environment. False where there is no room. */
  nudge(occurrence: Occurrence, step: { minutes: number; days: number; environmentId?: string }, days: Day[]): boolean {
    const was = this.#hold(occurrence, 'move');
    const next = this.wholeDays ? daysStepped('move', was, step.days, this.#days()) : stepped(was, step.minutes, step.days, days);
    if (!next || (this.wholeDays && pieces(next.start, next.end, days).length === 0)) return false;
    this.#put({ ...next, environmentId: step.environmentId ?? next.environmentId });
    return true;
  }

  /** By keys: the end by minutes; of whole days by one day. */
  stretch(occurrence: Occurrence, minutes: number): void {
    const was = this.#hold(occurrence, 'end');
    if (this.wholeDays) this.#put(daysStepped('end', was, Math.sign(minutes), this.#days()));
    else this.#put({ ...was, end: Math.max(was.start + STEP * MINUTE, was.end + minutes * MINUTE) });
  }

  /** What came of it; null when nothing has moved. */
  drop(): DragOutcome | null {
    const { mode, place, occurrence, wholeDays } = this;
    if (!mode || !place) return null;
    if (occurrence && samePlace(place, placeOf(occurrence))) return null;
    return { mode, place, occurrence, wholeDays };
  }

  end(): void {
    this.#previews.cancel();
    this.mode = null;
    this.wholeDays = false;
    this.keyboard = false;
    this.asking = false;
    this.occurrence = null;
    this.place = null;
    this.conflicts = [];
    this.#was = this.#from = null;
  }

  moveFor(scope: Scope): Move | null {
    const { occurrence } = this;
    const place = occurrence && this.wholeDays && this.place
      ? { ...this.place, start: this.place.start + INSIDE, end: this.place.end - INSIDE }
      : this.place;
    if (!place) return null;
    return { reference: occurrence?.reference ?? null, scope, teamId: occurrence?.teamId ?? this.#team(), ...place };
  }

  #hold(occurrence: Occurrence, mode: DragMode): Place {
    if (!this.keyboard || this.occurrence?.key !== occurrence.key) {
      this.end();
      this.keyboard = true;
      this.wholeDays = occurrence.allDay;
      this.occurrence = occurrence;
    }
    this.mode = mode;
    return this.place ?? placeOf(occurrence);
  }

  #put(place: Place): void {
    if (this.place && samePlace(this.place, place)) return;
    this.place = place;
    const move = this.moveFor(this.occurrence?.inSeries ? 'this' : 'all');
    if (move) this.#previews.push(move);
  }
}

function placeOf(occurrence: Occurrence): Place {
  return { environmentId: occurrence.environmentId, start: occurrence.start, end: occurrence.end };
}
