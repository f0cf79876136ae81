import { describe, expect, test } from 'vitest';
import type { Block } from '$lib/bindings/Block';
import type { Occurrence } from '$lib/bindings/Occurrence';
import type { CardView } from './columns';
import { face } from './face';

const measure = (text: string) => text.length * 6;

function view(block: Partial<Block>, occurrence: Partial<Occurrence> = {}, colour = 0): CardView {
  return {
    key: 'a@0', conflict: undefined, team: { id: 't', name: 'Infra', code: 'INF', colour, mine: true },
    occurrence: {
      key: 'a', reference: { id: 'a', recurrenceId: null }, uid: 'a', environmentId: 'staging', teamId: 't', title: 'load test',
      start: 0, end: 1, time: '09:00–13:00', allDay: false, status: 'confirmed', blocks: true, kind: 'test', units: null, setUp: 0,
      cleanUp: 0, inSeries: false, plan: null, conflicts: [], label: '', ...occurrence,
    },
    block: {
      occurrence: 0, day: 0, environmentId: 'staging', start: 540, end: 780, lane: 0, lanes: 1, span: 1, continuesBefore: false,
      continuesAfter: false, ...block,
    },
  };
}

describe('face', () => {
  test('has the place and the words of a booking', () => {
    const { place, code, title, time } = face(view({}), 120, measure, false);
    expect([place, code, title, time]).toEqual(['top:432px;height:191px;left:0px;width:120px', 'INF', 'load test', '09:00–13:00']);
  });
  test('says by its classes what kind of booking it is', () => {
    expect(face(view({}), 120, measure, false).looks).toBe('card team-0');
    const all = view({ continuesBefore: true, continuesAfter: true, end: 550 }, { status: 'tentative', blocks: false }, 13);
    expect(face(all, 30, measure, true).looks).toBe('card team-3 tentative free before after low narrow tiny dimmed');
  });
  test('has the sign of a series only beside a time', () => {
    const series = { inSeries: true };
    expect(face(view({}, series), 120, measure, false).series).toBe(true);
    expect(face(view({ end: 560 }, series), 120, measure, false).series).toBe(false);
  });
});
