import { expect, test } from 'vitest';
import { links } from './links';

test.each([
  ['see https://example.org/a?b=c#d.', ['https://example.org/a?b=c#d']],
  ['(http://x.test/y), and mailto:a@b.test!', ['http://x.test/y', 'mailto:a@b.test']],
  ['https://x.test/w_(z)', ['https://x.test/w_(z)']],
  ['HTTPS://X.TEST', ['HTTPS://X.TEST']],
  ['javascript:alert(1) file:///etc/passwd ftp://x www.x.test http:// x', []],
  ['<a href="https://x.test/">', ['https://x.test/']],
  ['xhttps://x.test', []],
  ['', []],
])('links of %j', (text, found) => {
  const parts = links(text);
  expect(parts.flatMap((part) => part.href ?? [])).toEqual(found);
  expect(parts.map((part) => part.text).join('')).toBe(text);
});
