import { describe, expect, it } from 'vitest';
import { clamp, drawnArea, nudged } from './areas.ts';

const page = { width: 600, height: 800 };
const area = { x: 100, y: 100, w: 50, h: 20 };
const key = (key: string, more: { shiftKey?: boolean; altKey?: boolean } = {}) => ({
  key,
  shiftKey: false,
  altKey: false,
  ...more,
});

describe('an area', () => {
  it.each([
    ['from its upper left', { x: 10, y: 20 }, { x: 40, y: 60 }],
    ['from its lower right', { x: 40, y: 60 }, { x: 10, y: 20 }],
    ['from its upper right', { x: 40, y: 20 }, { x: 10, y: 60 }],
  ])('is the same drawn %s', (_, from, to) => {
    expect(drawnArea(from, to, page)).toEqual({ x: 10, y: 20, w: 30, h: 40 });
  });

  it('ends with the page', () => {
    expect(drawnArea({ x: 590, y: 790 }, { x: 900, y: -50 }, page)).toEqual({ x: 590, y: 0, w: 10, h: 790 });
    expect(clamp({ x: 590, y: -5, w: 50, h: 1 }, page)).toEqual({ x: 550, y: 0, w: 50, h: 3 });
  });

  it.each([
    [key('ArrowLeft'), { ...area, x: 98 }],
    [key('ArrowDown', { altKey: true }), { ...area, y: 112 }],
    [key('ArrowRight', { shiftKey: true }), { ...area, w: 52 }],
    [key('ArrowUp', { shiftKey: true, altKey: true }), { ...area, h: 8 }],
    [key('Tab'), null],
  ])('%o moves it', (pressed, moved) => {
    expect(nudged(area, pressed)).toEqual(moved);
  });
});
