import { expect, test, vi } from 'vitest';
import { size, switched } from './export.svelte';

vi.mock('$lib/backend', () => ({ backend: {}, events: {} }));

const all = ['a', 'b', 'c'];

test.each([
  ['switching one off leaves the others', [], 'b', ['a', 'c']],
  ['switching it on again is all', ['a', 'c'], 'b', []],
  ['the last one stays on', ['a'], 'a', ['a']],
])('%s', (_, ids, id, expected) => expect(switched(ids, id, all)).toEqual(expected));

test.each([[412, '412 B'], [45_400, '45 kB'], [1_240_000, '1.2 MB']])('size of %i', (bytes, expected) =>
  expect(size(bytes)).toBe(expected));
