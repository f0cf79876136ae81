import { expect, test } from 'vitest';
import { place } from './placement';

const window = { width: 1000, height: 600 };
const surface = { width: 200, height: 100 };
const box = (left: number, top: number) => ({ left, top, width: 30, height: 20, right: left + 30, bottom: top + 20 });

test.each([
  ['below', box(100, 100), 'start', { left: 100, top: 124 }],
  ['ends with its anchor', box(500, 100), 'end', { left: 330, top: 124 }],
  ['above where there is no room', box(100, 560), 'start', { left: 100, top: 456 }],
  ['inside on the right', box(960, 100), 'start', { left: 792, top: 124 }],
  ['inside on the left', box(0, 100), 'end', { left: 8, top: 124 }],
] as const)('%s', (_, anchor, align, expected) => expect(place(anchor, surface, window, align)).toEqual(expected));
