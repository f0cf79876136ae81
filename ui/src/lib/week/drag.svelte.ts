// A drag under way, by pointer or by keys: where the ghost is and what it would conflict with.
import { Latest } from '$lib/app/latest';
import { backend } from '$lib/backend';
import type { Conflict } from '$lib/bindings/Conflict';
import type { Day } from '$lib/bindings/Day';
import type { Move } from '$lib/bindings/Move';
import type { Occurrence } from '$lib/bindings/Occurrence';
import type { Preview } from '$lib/bindings/Preview';
import type { Scope } from '$lib/bindings/Scope';
import { type DragMode, type Place, type Point, FINE, STEP, dragged, samePlace, stepped } from './drag';
import { MINUTE } from './geometry';

export interface DragOutcome {
  occurrence: Occurrence | null;
  place: Place;
  mode: DragMode;
}

export class Drag {
  mode = $state<DragMode | null>(null);
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
  readonly #previews = new Latest<Move, Preview>(
    (move) => backend.previewMove(move),
    (preview) => {
      this.conflicts = preview.conflicts.filter((conflict) => conflict.severity !== 'info');
      this.previewed();
    },
  );

  constructor(team: () => string | null) {
    this.#team = team;
  }

  get active(): boolean {
    return this.mode !== null;
  }

  /** Takes hold of a booking, or of free time where there is none. */
  begin(mode: DragMode, occurrence: Occurrence | null, from: Point): void {
    this.#was = occurrence ? placeOf(occurrence) : { environmentId: from.environmentId, start: 0, end: 0 };
    this.#from = from;
    this.mode = mode;
    this.keyboard = false;
    this.occurrence = occurrence;
    this.conflicts = [];
  }

  to(point: Point, fine: boolean): void {
    if (!this.mode || !this.#was || !this.#from || this.asking) return;
    this.#put(dragged(this.mode, this.#was, this.#from, point, fine ? FINE : STEP));
  }

  /** By keys: minutes, days, or to another environment. False where there is no room. */
  nudge(occurrence: Occurrence, step: { minutes: number; days: number; environmentId?: string }, days: Day[]): boolean {
    const was = this.#hold(occurrence, 'move');
    const next = stepped(was, step.minutes, step.days, days);
    if (!next) return false;
    this.#put({ ...next, environmentId: step.environmentId ?? next.environmentId });
    return true;
  }

  stretch(occurrence: Occurrence, minutes: number): void {
    const was = this.#hold(occurrence, 'end');
    this.#put({ ...was, end: Math.max(was.start + STEP * MINUTE, was.end + minutes * MINUTE) });
  }

  /** What came of it; null when nothing has moved. */
  drop(): DragOutcome | null {
    const { mode, place, occurrence } = this;
    if (!mode || !place) return null;
    if (occurrence && samePlace(place, placeOf(occurrence))) return null;
    return { mode, place, occurrence };
  }

  end(): void {
    this.#previews.cancel();
    this.mode = null;
    this.keyboard = false;
    this.asking = false;
    this.occurrence = null;
    this.place = null;
    this.conflicts = [];
    this.#was = this.#from = null;
  }

  moveFor(scope: Scope): Move | null {
    const { place, occurrence } = this;
    if (!place) return null;
    return { reference: occurrence?.reference ?? null, scope, teamId: occurrence?.teamId ?? this.#team(), ...place };
  }

  #hold(occurrence: Occurrence, mode: DragMode): Place {
    if (!this.keyboard || this.occurrence?.key !== occurrence.key) {
      this.end();
      this.keyboard = true;
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
