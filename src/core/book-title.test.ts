import { expect, test } from 'vitest';
import { bookTitle } from './book-title.ts';

test.each([
  ['公报', '《公报》'],
  ['关于印发《办法》的通知', '《关于印发〈办法〉的通知》'],
])('%s stands in marks as %s', (title, expected) => expect(bookTitle(title)).toBe(expected));
