import { describe, expect, test } from 'vitest';
import { type Command, type Where, commandOf } from './keys';

const grid: Where = { typing: false, inGrid: true, singleKeys: true };

/** `Ctrl+Shift+z` as a press. */
function press(keys: string) {
  const parts = keys.split('+');
  return {
    key: parts.at(-1) ?? '',
    ctrlKey: parts.includes('Ctrl'), metaKey: parts.includes('Meta'),
    altKey: parts.includes('Alt'), shiftKey: parts.includes('Shift'),
  };
}
function check(keys: string, where: Where, expected: Command | null) {
  expect(commandOf(press(keys), where)).toEqual(expected);
}

describe('in the grid', () => {
  test.each<[string, Command | null]>([
    ['t', { do: 'today' }], ['j', { do: 'next' }], ['n', { do: 'next' }], ['k', { do: 'previous' }],
    ['p', { do: 'previous' }], ['c', { do: 'create' }], ['e', { do: 'open' }], ['Enter', { do: 'open' }],
    ['g', { do: 'goto' }], ['Ctrl+k', { do: 'palette', mode: 'all' }], ['/', { do: 'palette', mode: 'search' }], ['q', { do: 'palette', mode: 'book' }], ['d', { do: 'view', view: 'day' }], ['w', { do: 'view', view: 'week' }], ['a', { do: 'view', view: 'agenda' }], ['x', { do: 'nextConflict' }], ['f', { do: 'weekend' }], ['Shift+?', { do: 'help' }],
    ['Ctrl+z', { do: 'undo' }], ['Ctrl+Shift+Z', { do: 'redo' }], ['Meta+z', { do: 'undo' }], ['Delete', { do: 'delete' }],
    ['ArrowLeft', { do: 'focus', columns: -1, rows: 0 }], ['ArrowDown', { do: 'focus', columns: 0, rows: 1 }],
    ['Alt+ArrowDown', { do: 'move', minutes: 15, days: 0, environments: 0 }],
    ['Alt+ArrowLeft', { do: 'move', minutes: 0, days: -1, environments: 0 }],
    ['Alt+Shift+ArrowUp', { do: 'resize', minutes: -15 }],
    ['Alt+Shift+ArrowRight', { do: 'move', minutes: 0, days: 0, environments: 1 }],
    ['Alt+t', null], ['Ctrl+c', null], ['Tab', null], ['z', null],
  ])('%s', (keys, expected) => check(keys, grid, expected));
});

test('single letters can be switched off, the rest stays', () => {
  const off = { ...grid, singleKeys: false };
  for (const letter of ['t', 'c', 'e', 'x']) check(letter, off, null);
  check('Enter', off, { do: 'open' });
  check('Ctrl+z', off, { do: 'undo' });
});

test('in a field only Escape is ours', () => {
  const typing = { ...grid, typing: true };
  for (const keys of ['t', 'Ctrl+z', 'Delete', 'ArrowLeft']) check(keys, typing, null);
  check('Escape', typing, { do: 'escape' });
});

test('outside the grid the arrows belong to the page', () => {
  check('ArrowDown', { ...grid, inGrid: false }, null);
  check('Enter', { ...grid, inGrid: false }, null);
  check('t', { ...grid, inGrid: false }, { do: 'today' });
});
